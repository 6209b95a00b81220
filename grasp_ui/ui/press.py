"""Buttons whose press is not lost where a newer rerun breaks off its own.

Streamlit tells a script of a press once. Where the script is run anew before it came to the
button (a timer's fragment, a field left by the same click), `st.button` says no the next time.
"""

from time import monotonic
from typing import Any

import streamlit as st

KEPT_SECONDS = 30.0
"""How long a press waits for a run that comes to its button."""


def pressed(label: str, *, key: str, **look: Any) -> bool:
    """Draw a button; whether it was pressed and nobody has been told yet.

    `look` is what else `st.button` takes, but for a callback.
    """
    st.button(label, key=key, on_click=_keep, args=(key,), **look)
    since = st.session_state.pop(_name(key), None)
    return since is not None and monotonic() - since < KEPT_SECONDS


def _keep(key: str) -> None:
    st.session_state[_name(key)] = monotonic()


def _name(key: str) -> str:
    return f"{key}.pressed"
