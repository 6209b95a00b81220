"""How things look: a colour and an icon for each action, source, state, verdict.

Colours are names of Streamlit's palette, so that light and dark both follow from
`.streamlit/config.toml`; charts, which need numbers, take them from `HEX`.
"""

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from grasp_ui.model.run import RunState
from grasp_ui.model.value import Action, Role, Source

Palette = Literal["red", "orange", "yellow", "green", "blue", "violet", "gray", "primary"]
Ground = Literal["light", "dark"]
VerdictState = Literal["keep", "drop", "disputed"]


@dataclass(frozen=True, slots=True)
class Style:
    """How one thing is shown: its word, its palette colour and its icon."""

    word: str
    color: Palette
    icon: str


ACTIONS: dict[Action, Style] = {
    "reject": Style("reject", "red", ":material/block:"),
    "warn": Style("warn", "orange", ":material/warning:"),
    "info": Style("info", "blue", ":material/info:"),
    "pass": Style("pass", "green", ":material/check_circle:"),
}
SOURCES: dict[Source, Style] = {
    "rule": Style("rule", "gray", ":material/rule:"),
    "judge": Style("judge", "violet", ":material/gavel:"),
    "learned": Style("learned", "violet", ":material/model_training:"),
    "imported": Style("imported", "yellow", ":material/input:"),
    "person": Style("person", "primary", ":material/person:"),
}
VERDICTS: dict[VerdictState, Style] = {
    "keep": Style("kept", "green", ":material/check_circle:"),
    "drop": Style("dropped", "red", ":material/cancel:"),
    "disputed": Style("disputed", "orange", ":material/balance:"),
}
STATES: dict[RunState, Style] = {
    "running": Style("running", "blue", ":material/progress_activity:"),
    "done": Style("done", "green", ":material/check_circle:"),
    "stopped": Style("stopped", "gray", ":material/stop_circle:"),
    "halted": Style("halted", "orange", ":material/pan_tool:"),
    "failed": Style("failed", "red", ":material/error:"),
    "interrupted": Style("interrupted", "orange", ":material/power_off:"),
}
AVATARS: dict[Role, str] = {
    "system": ":material/settings:",
    "user": ":material/person:",
    "assistant": ":material/smart_toy:",
    "tool": ":material/build:",
}

HEX: dict[Ground, dict[Palette, str]] = {
    "light": {
        "red": "#c9404f", "orange": "#d18a2f", "yellow": "#c9a21b", "green": "#2a9a71",
        "blue": "#5b8def", "violet": "#8d63dd", "gray": "#8a91a3", "primary": "#4250c8",
    },
    "dark": {
        "red": "#ef7d88", "orange": "#eba45a", "yellow": "#e0c04f", "green": "#58c99a",
        "blue": "#78acf5", "violet": "#b795f5", "gray": "#98a0b3", "primary": "#8f9bff",
    },
}  # fmt: skip


INK: dict[Ground, str] = {"light": "#1c2130", "dark": "#e6e8f0"}
ON_FILL: dict[Ground, str] = {"light": "#ffffff", "dark": "#12141c"}
"""Colours of text: on the page, and on a filled shape."""


def badge(style: Style, text: str = "") -> str:
    """A coloured chip in Markdown; `text` stands in for the style's own word.

    Example:
        >>> badge(VERDICTS["keep"])
        ':green-badge[:material/check_circle: kept]'
    """
    return f":{style.color}-badge[{style.icon} {text or style.word}]"


def ground() -> Ground:
    """Whether the reader's page is light or dark now."""
    return "dark" if st.context.theme.type == "dark" else "light"
