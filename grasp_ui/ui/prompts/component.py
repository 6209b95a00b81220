"""The prompt editor as forms use it: a text area that knows its variables."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from grasp_ui.ui.canvas.editing import Receipt
from grasp_ui.ui.component import Component, mount
from grasp_ui.ui.form_fields import FormField
from grasp_ui.ui.prompts.parts import Tree

PROMPT = Component("prompt", Path(__file__).parent)


@dataclass(frozen=True, slots=True)
class PromptScope:
    """What a prompt stands among: the variables it can name, and one record's values.

    With `is_open` other names may be right too, so none is marked. `parts` has what stands below
    the variables (see `parts.py`). `source` says in a few words
    which record `values` are of; without it there is no preview. `problems` are said below it.
    """

    known: tuple[str, ...] = ()
    is_open: bool = True
    jinja: bool = False
    parts: Mapping[str, Tree] = field(default_factory=dict)
    values: Mapping[str, Any] | None = None
    source: str = ""
    problems: tuple[str, ...] = ()


def prompt_editor(
    item: FormField, text: str, *, key: str, scope: PromptScope, on_text: Callable[[str], None]
) -> None:
    """Draw the field `item`; what is typed comes to `on_text` before the rerun.

    What the browser has typed and not sent yet stays there, whatever `text` is.
    """
    receipt = st.session_state.setdefault(f"{key}.receipt", Receipt())
    payload = {
        "label": item.title,
        "help": item.help,
        "text": text,
        "known": list(scope.known),
        "open": scope.is_open,
        "jinja": scope.jinja,
        "parts": dict(scope.parts),
        "problems": list(scope.problems),
        "sample": {"values": dict(scope.values or {}), "source": scope.source}
        if scope.source
        else None,
        "receipt": asdict(receipt),
    }

    def hear(letter: Mapping[str, Any]) -> None:
        item = {"number": letter["number"], "topic": "text", "value": {"text": letter["text"]}}
        for _, value in receipt.news({"client": letter["client"], "items": [item]}):
            on_text(str(value["text"]))

    mount(PROMPT, key=f"{key}.editor", payload=payload, heard={"letter": hear})
