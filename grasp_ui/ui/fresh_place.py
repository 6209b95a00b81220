"""A place in which nothing stays of what stood there before.

Streamlit's browser takes away what a run did not draw again when it hears that the run has ended.
Where a timer's fragment begins before that word is sent (it waits at the end of every slow run),
Streamlit sends another word in its stead, and what was there before stays below what is new.
"""

from collections.abc import Hashable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

PLACES = 3
"""Two would do if each run were sent; a run that follows at once forgets what was not."""


def fresh_place(key: str, shown: Hashable) -> DeltaGenerator:
    """A container for `shown`; what was shown before stood in another one, now empty.

    While `shown` is the same the container is too, so its widgets keep their focus. No fragment
    may be drawn in it: what it draws is sent though its place was not.
    """
    kept: tuple[Hashable, int] = st.session_state.get(key, (shown, 0))
    turn = kept[1] if kept[0] == shown else (kept[1] + 1) % PLACES
    places = [st.container() if at == turn else st.empty() for at in range(PLACES)]
    # Only now: a run that was broken off before has emptied nothing.
    st.session_state[key] = (shown, turn)
    return places[turn]
