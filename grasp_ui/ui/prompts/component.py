"""The prompt editor as forms use it: a text area that knows its variables."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from grasp_ui.services.sample_record import SampleRecord
from grasp_ui.ui.canvas.editing import Receipt
from grasp_ui.ui.component import Component, mount
from grasp_ui.ui.form_fields import FormField
from grasp_ui.ui.prompts.parts import Tree

PROMPT = Component("prompt", Path(__file__).parent)


@dataclass(frozen=True, slots=True)
class PromptScope:
    """What a prompt stands among: the variables it can name, and one record's values.

    With `is_open` other names may be right too, so none is marked. `parts` has what stands below
    the variables (see `parts.py`). `sample` is the record of the preview; without it there is
    none. `on_choice` hears which other one is wanted: a record's number, and how many steps from
    there. `fill` shows a Jinja text with that record; other texts are filled in the browser.
    `problems` are said below it.
    """

    known: tuple[str, ...] = ()
    is_open: bool = True
    jinja: bool = False
    parts: Mapping[str, Tree] = field(default_factory=dict)
    sample: SampleRecord | None = None
    on_choice: Callable[[int, int], None] | None = None
    fill: Callable[[str], str] | None = None
    problems: tuple[str, ...] = ()


def prompt_editor(
    item: FormField, text: str, *, key: str, scope: PromptScope, on_text: Callable[[str], None]
) -> None:
    """Draw the field `item`; what is typed comes to `on_text` before the rerun.

    What the browser has typed and not sent yet stays there, whatever `text` is.
    """
    receipt = st.session_state.setdefault(f"{key}.receipt", Receipt())
    turned = st.session_state.setdefault(f"{key}.turned", Receipt())
    payload = {
        "label": item.title,
        "help": item.help,
        "text": text,
        "known": list(scope.known),
        "open": scope.is_open,
        "jinja": scope.jinja,
        "parts": dict(scope.parts),
        "problems": list(scope.problems),
        "sample": asdict(scope.sample) if scope.sample else None,
        "filled": scope.fill(text) if scope.fill and "{" in text else None,
        "receipt": asdict(receipt),
        "turned": asdict(turned),
    }

    def hear(letter: Mapping[str, Any]) -> None:
        for said in _news(receipt, letter):
            on_text(str(said["text"]))

    def turn(letter: Mapping[str, Any]) -> None:
        for said in _news(turned, letter):
            if scope.on_choice:
                scope.on_choice(int(said["record"]), int(said["steps"]))

    mount(PROMPT, key=f"{key}.editor", payload=payload, heard={"letter": hear, "turn": turn})


def _news(receipt: Receipt, letter: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The letter, where it was not heard yet."""
    item = {"number": letter["number"], "topic": "letter", "value": dict(letter)}
    for _, said in receipt.news({"client": letter["client"], "items": [item]}):
        yield said
