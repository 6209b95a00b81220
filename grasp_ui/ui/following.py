"""Widgets that follow a value which may change elsewhere.

Elsewhere is the canvas, the address, another tab.

A widget is drawn with its value as default *and*, where the value has changed elsewhere, with
its state set: a default alone is not followed, and a state alone is lost on a widget that the
browser shows only later (in a popover, in a tab).

What is remembered of all widgets is one entry of the session: Streamlit looks through all entries
for each widget that has a default, so that pages would be the slower the more forms were seen.
"""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

_NOTHING = object()
_KEY = "following"


@dataclass(slots=True)
class _Memory:
    """By a widget's key: the value that was seen last, and the state made of it."""

    seen: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)


def follow(key: str, value: Any, shown: Any) -> None:
    """Let the widget `key` show `shown` where `value` is new.

    Draw the widget with `shown` as its default right afterwards.
    """
    memory = _memory()
    seen = memory.seen.get(key, _NOTHING)
    if seen is not _NOTHING and seen != value and key in st.session_state:
        st.session_state[key] = shown
    if key not in st.session_state or seen != value:
        memory.shown[key] = shown
    memory.seen[key] = value


def settle(key: str, value: Any) -> None:
    """Say that what the widget `key` holds is `value` already: nothing to follow."""
    _memory().seen[key] = value


def touch(key: str, state: Any) -> None:
    """Set the state of the widget `key` as a person did.

    It counts as touched even where it is again what the widget was made to show.
    """
    st.session_state[key] = state
    _memory().shown.pop(key, None)


def is_touched(key: str) -> bool:
    """Whether the widget's state is another than what it was made to show.

    Streamlit also calls back for widgets that nobody has touched.
    """
    state = st.session_state.get(key, _NOTHING)
    return state is not _NOTHING and state != _memory().shown.get(key, _NOTHING)


def _memory() -> _Memory:
    memory: _Memory = st.session_state.setdefault(_KEY, _Memory())
    return memory
