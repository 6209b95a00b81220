"""Widgets that follow a value which may change elsewhere.

Elsewhere is the canvas, the address, another tab.

A widget is drawn with its value as default *and*, where the value has changed elsewhere, with
its state set: a default alone is not followed, and a state alone is lost on a widget that the
browser shows only later (in a popover, in a tab).
"""

from typing import Any

import streamlit as st

_NOTHING = object()


def follow(key: str, value: Any, shown: Any) -> None:
    """Let the widget `key` show `shown` where `value` is new.

    Draw the widget with `shown` as its default right afterwards.
    """
    seen = st.session_state.get(f"{key}.seen", _NOTHING)
    if seen is not _NOTHING and seen != value and key in st.session_state:
        st.session_state[key] = shown
    if key not in st.session_state or seen != value:
        st.session_state[f"{key}.shown"] = shown
    st.session_state[f"{key}.seen"] = value


def settle(key: str, value: Any) -> None:
    """Say that what the widget `key` holds is `value` already: nothing to follow."""
    st.session_state[f"{key}.seen"] = value


def touch(key: str, state: Any) -> None:
    """Set the state of the widget `key` as a person did.

    It counts as touched even where it is again what the widget was made to show.
    """
    st.session_state[key] = state
    st.session_state.pop(f"{key}.shown", None)


def is_touched(key: str) -> bool:
    """Whether the widget's state is another than what it was made to show.

    Streamlit also calls back for widgets that nobody has touched.
    """
    state = st.session_state.get(key, _NOTHING)
    return state is not _NOTHING and state != st.session_state.get(f"{key}.shown", _NOTHING)
