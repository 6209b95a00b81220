"""The widgets of forms: each shows a raw value, and reads it back."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from grasp_ui.ui.following import touch
from grasp_ui.ui.form_fields import FormField
from grasp_ui.ui.prompts.component import PromptScope, prompt_editor

Called = Mapping[str, Any]
NONE_CHOSEN = "None chosen yet"
_ESCAPES = {"n": "\n", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen here: aliases of models, rubrics, what a prompt can name.

    `words` says of a model's name what it stands for. `proposals` are what can be
    chosen in a cell of rows, by `FIELD.COLUMN`, or `FIELD.COLUMN:FIRST` where it hangs on the
    row's first cell. `hints` stand in grey below a field's rows.
    """

    models: tuple[str, ...] = ()
    rubrics: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    scope: PromptScope = field(default_factory=PromptScope)
    graphs: tuple[str, ...] = ()
    proposals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)


def _as_it_is(_item: FormField, value: Any) -> Any:
    return value


Draw = Callable[[FormField, Choices, Any, Called], object]
"""Draws a field with the state that it shows at first, and what every widget is called with."""


@dataclass(frozen=True, slots=True)
class Widget:
    """`fits`: can it show a value? `show` makes its state, `read` the value again.

    One that `says_problems` is drawn with them in its scope, and says them itself. One that
    `is_patient` holds more than its value says, and keeps that while the value is its own. One
    that `keeps_state` is no widget of Streamlit's: the browser does not send what it holds.
    """

    draw: Draw
    fits: Callable[[FormField, Any], bool]
    show: Callable[[FormField, Any], Any] = field(default=_as_it_is)
    read: Callable[[FormField, Any], Any] = field(default=_as_it_is)
    says_problems: bool = False
    is_patient: bool = False
    keeps_state: bool = False


def is_text(_item: FormField, value: Any) -> bool:
    """Whether a text widget can show `value`."""
    return value is None or isinstance(value, str)


def is_number(item: FormField, value: Any) -> bool:
    """Whether `value` is a number within the field's limits."""
    if value is None:
        return item.is_optional or item.is_required
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if item.meaning == "whole" and not float(value).is_integer():
        return False
    low, high = item.minimum, item.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def show_text(_item: FormField, value: Any) -> str:
    """A text; nothing is an empty one."""
    return value or ""


def read_text(item: FormField, state: Any) -> str | None:
    """The text as it stands; an empty one is nothing where nothing is allowed."""
    return None if item.is_optional and not state else state or ""


def show_number(item: FormField, value: Any) -> int | float | None:
    """A whole number or a decimal one, as the field wants it."""
    return value if value is None else int(value) if item.meaning == "whole" else float(value)


def show_lines(_item: FormField, value: Any) -> str:
    r"""One text a line; a line break inside of a text is written `\n`."""
    return "\n".join(part.replace("\\", "\\\\").replace("\n", "\\n") for part in value or ())


def read_lines(item: FormField, state: Any) -> list[str] | None:
    """The lines that are not empty; no line is nothing where nothing is allowed."""
    if item.is_optional and not state:
        return None
    lines = [line for line in str(state or "").splitlines() if line]
    return [re.sub(r"\\([n\\])", lambda mark: _ESCAPES[mark[1]], line) for line in lines]


def show_options(_item: FormField, value: Any) -> str:
    """One option a line, with its weight where that is not one."""
    pairs = value.items() if isinstance(value, dict) else ((part, 1) for part in value or ())
    return "\n".join(str(name) if weight == 1 else f"{name}: {weight:g}" for name, weight in pairs)


def read_options(_item: FormField, state: Any) -> dict[str, float]:
    """Options and weights; a line without a weight weighs one."""
    found: dict[str, float] = {}
    for line in str(state or "").splitlines():
        name, _, weight = line.rpartition(":")
        number = _number(weight)
        if name and number is not None:
            found[name.strip()] = number
        elif line.strip():
            found[line.strip()] = 1
    return found


def show_json(_item: FormField, value: Any) -> str:
    """Indented JSON, of a list one item a line; nothing is an empty text."""
    if value in (None, {}, []):
        return ""
    if isinstance(value, list):
        rows = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in value)
        return f"[\n{rows}\n]"
    return json.dumps(value, indent=2, ensure_ascii=False)


def read_json(item: FormField, state: Any) -> Any:
    """The parsed value; the text itself where it is no JSON: a problem to show."""
    if not str(state or "").strip():
        return item.default
    try:
        return json.loads(state)
    except json.JSONDecodeError:
        return state


def read_odd(_item: FormField, state: Any) -> Any:
    """A number or switch where the text is one, else the text."""
    try:
        value = json.loads(str(state))
    except json.JSONDecodeError:
        return state
    return value if isinstance(value, int | float | bool) else state


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if value.is_integer() else value


def draw_text(item: FormField, _choices: Choices, shown: Any, called: Called) -> None:
    """One line."""
    st.text_input(item.title, value=shown, **called)


def draw_area(item: FormField, _choices: Choices, shown: Any, called: Called) -> None:
    """Several lines; the field is as high as its text."""
    st.text_area(item.title, value=shown, height="content", **called)


def draw_prompt(item: FormField, choices: Choices, shown: Any, called: Called) -> None:
    """Several lines with places for variables, in the prompt editor.

    Its text is kept under the field's own key, as any other widget's state.
    """
    key = called["key"]

    def take(text: str) -> None:
        touch(key, text)
        if "on_change" in called:
            called["on_change"](*called.get("args", ()))

    text = st.session_state.setdefault(key, shown)
    prompt_editor(item, text, key=key, scope=choices.scope, on_text=take)


def draw_number(item: FormField, _choices: Choices, shown: Any, called: Called) -> None:
    """A number with its limits and a fitting step."""
    cast: Callable[[float], int | float] = int if item.meaning == "whole" else float
    low = None if item.minimum is None else cast(item.minimum)
    high = None if item.maximum is None else cast(item.maximum)
    step = 1 if item.meaning == "whole" else 0.1
    st.number_input(item.title, min_value=low, max_value=high, step=step, value=shown, **called)


def draw_switch(item: FormField, _choices: Choices, shown: Any, called: Called) -> None:
    """On or off."""
    st.toggle(item.title, value=shown, **called)


def draw_choice(item: FormField, _choices: Choices, shown: Any, called: Called) -> None:
    """One of a few side by side, or of many in a list."""
    if len(item.options) <= 3:
        st.segmented_control(item.title, item.options, default=shown, required=True, **called)
    else:
        st.selectbox(item.title, item.options, index=item.options.index(shown), **called)


def draw_named(family: str) -> Draw:
    """One name of `family` (`models`, `rubrics`, `graphs`); an unknown one is kept."""

    def draw(item: FormField, choices: Choices, shown: Any, called: Called) -> None:
        known = getattr(choices, family)
        words = choices.words if family == "models" else {"": NONE_CHOSEN}
        present = st.session_state.get(called["key"], shown)
        names = tuple(dict.fromkeys((shown, present, *known)))
        ordered = (*(name for name in names if name not in known), *known)
        st.selectbox(
            item.title, ordered, index=ordered.index(shown), placeholder="Choose one",
            format_func=lambda name: words.get(name, name), **called,
        )  # fmt: skip

    return draw


def draw_several(item: FormField, choices: Choices, shown: Any, called: Called) -> None:
    """Several names of models; names that are not known are kept."""
    present = st.session_state.get(called["key"]) or ()
    names = tuple(dict.fromkeys((*choices.models, *shown, *present)))
    st.multiselect(item.title, names, default=shown, **called)
