"""Widgets that follow a value which may change elsewhere.

Elsewhere is the canvas, the address, another tab.

Where that happens, another widget is drawn, under a key of its own: the browser sends the state of
every widget with every rerun, also what it had before it could hear of the change. Under the same
key that would pass for what a person has just entered, and take the change back.

What is remembered of all widgets is one entry of the session: Streamlit looks through all entries
for each widget that has a default, so that pages would be the slower the more forms were seen.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

_NOTHING = object()
_KEY = "following"


@dataclass(slots=True)
class _Memory:
    """By a widget's key: the value that was seen last, and the state made of it.

    `turns` counts by name how often another widget took a widget's place.
    """

    seen: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    turns: Counter[str] = field(default_factory=Counter)


def key_of(name: str) -> str:
    """The key of the widget `name` as it is drawn now."""
    turn = _memory().turns[name]
    return f"{name}~{turn}" if turn else name


def follow(name: str, value: Any, shown: Any, *, in_place: bool = False) -> str:
    """The key of the widget `name`, another one where `value` is new to it.

    Draw the widget with it, and with `shown` as its default, right afterwards. With `in_place` its
    state is set instead: for what keeps its state itself, or where both states say the same.
    """
    memory, key = _memory(), key_of(name)
    seen = memory.seen.get(name, _NOTHING)
    if seen is not _NOTHING and seen != value:
        is_there = key in st.session_state
        if in_place:
            if is_there:
                st.session_state[key] = shown
        elif not is_there or st.session_state[key] != shown:
            memory.shown.pop(key, None)
            memory.turns[name] += 1
            key = key_of(name)
    if key not in st.session_state or seen != value:
        memory.shown[key] = shown
    memory.seen[name] = value
    return key


def settle(name: str, value: Any) -> None:
    """Say that what the widget `name` holds is `value` already: nothing to follow."""
    _memory().seen[name] = value


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
