"""Forms from config models: one table from what a field means to its widget.

A form shows any values, also wrong ones: what does not fit a widget is shown as text, with its
problem below. It gives back the raw values as they would stand in a file.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st
from pydantic import BaseModel, ValidationError

from grasp_ui.model.problem import Problem
from grasp_ui.model.value import JsonObject
from grasp_ui.ui import widgets as w
from grasp_ui.ui.following import follow, is_touched, key_of, settle
from grasp_ui.ui.form_fields import FormField, fields_of
from grasp_ui.ui.form_rows import rows_widget
from grasp_ui.ui.problems import in_words, problem_line
from grasp_ui.ui.row_shapes import SHAPES


def _is_list_of_texts(_item: FormField, value: Any) -> bool:
    return value is None or (
        isinstance(value, list | tuple) and all(isinstance(part, str) for part in value)
    )


def _is_options(item: FormField, value: Any) -> bool:
    return _is_list_of_texts(item, value) or (
        isinstance(value, dict) and all(isinstance(n, int | float) for n in value.values())
    )


_LINES = w.Widget(w.draw_area, _is_list_of_texts, w.show_lines, w.read_lines)
_JSON = w.Widget(w.draw_area, lambda _i, v: not isinstance(v, str), w.show_json, w.read_json)
_NUMBER = w.Widget(w.draw_number, w.is_number, w.show_number)
_TEXT = w.Widget(w.draw_text, w.is_text, w.show_text, w.read_text)
_ODD = w.Widget(w.draw_area, lambda _i, _v: True, lambda _i, v: _odd(v), w.read_odd)

WIDGETS: dict[str, w.Widget] = {
    "prompt": w.Widget(
        w.draw_prompt, w.is_text, w.show_text, w.read_text, says_problems=True, keeps_state=True
    ),
    "passage": w.Widget(w.draw_area, w.is_text, w.show_text, w.read_text),
    "model": w.Widget(w.draw_named("models"), w.is_text, w.show_text, w.read_text),
    "models": w.Widget(w.draw_several, _is_list_of_texts, lambda _i, v: list(v or ())),
    "rubric": w.Widget(w.draw_named("rubrics"), w.is_text, w.show_text, w.read_text),
    "variable": _TEXT,
    "reading": _TEXT,
    "condition": _TEXT,
    "options": w.Widget(w.draw_area, _is_options, w.show_options, w.read_options),
    "graph": w.Widget(w.draw_named("graphs"), w.is_text, w.show_text, w.read_text),
    "lines": _LINES,
    "text": _TEXT,
    "whole": _NUMBER,
    "number": _NUMBER,
    "switch": w.Widget(w.draw_switch, lambda _i, v: isinstance(v, bool)),
    "choice": w.Widget(w.draw_choice, lambda item, v: v in item.options),
    "json": _JSON,
    **{name: rows_widget(name) for name in SHAPES},
}
"""The one table from a field's meaning (or plain type) to its widget."""
MOST_PROBLEMS = 3
"""How many problems are said below one field."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a form is drawn: key, choices, problems, and what a change calls.

    `first` are shown before all others; `later` (with `first`: all others) stand under *More*.
    `order` are fields that come before the others of their part, and in that order.
    `meanings` are those that the config leaves open, by field.
    """

    key: str
    choices: w.Choices = field(default_factory=w.Choices)
    problems: Sequence[Problem] = ()
    on_change: Callable[[str], None] | None = None
    hidden: frozenset[str] = frozenset()
    first: tuple[str, ...] = ()
    later: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)


def draw_form(config: type[BaseModel], values: Mapping[str, Any], form: Form) -> JsonObject:
    """Draw a widget for each field of `config`, filled with `values`.

    Returns:
        The values as a person left them: what was not said and is still the default is left
        out; keys that `config` does not know stay as they were.
    """
    answers = dict(values)
    early, late = shown_fields(config, form)
    for item in early:
        _draw_field(item, values, form)
    drawn = (*early, *(_draw_late(late, values, form) if late else ()))
    for item in drawn:
        if not _is_as_shown(item, values, form):
            _put(answers, item, read_field(item, values, form))
    known = {item.name for item in fields_of(config)}
    _show_problems(_left_over(form.problems, known))
    return answers


def changed_value(
    config: type[BaseModel], values: Mapping[str, Any], form: Form, name: str
) -> JsonObject:
    """The values with field `name` as its widget has it now; for a form's `on_change`.

    Give the values of now, not those that were drawn: a call for a widget that nobody has touched,
    or that another one has taken the place of, gives them back as they are.
    """
    answers = dict(values)
    early, late = shown_fields(config, form)
    item = next(item for item in (*early, *late) if item.name == name)
    key = _key(form, item, _widget(item, values))
    # Streamlit also calls back for widgets that a person has not touched.
    if is_touched(key):
        _put(answers, item, read_field(item, values, form))
    return answers


def problems_in(config: type[BaseModel], values: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What `config` finds wrong with `values`, each at its field."""
    try:
        config.model_validate(dict(values))
    except ValidationError as error:
        return tuple(
            Problem(
                field=".".join(str(part) for part in found["loc"]) or None,
                what=f"{found['msg']}.",
            )
            for found in error.errors(include_url=False)
        )
    return ()


def shown_fields(config: type[BaseModel], form: Form) -> tuple[list[FormField], list[FormField]]:
    """The fields that the form draws at once, and those that it draws under *More*."""
    items = [
        replace(item, meaning=form.meanings.get(item.name, item.meaning))
        for item in fields_of(config)
        if item.name not in form.hidden
    ]
    places = {name: place for place, name in enumerate(form.order)}
    items.sort(key=lambda item: places.get(item.name, len(places)))
    chosen = {item.name: item for item in items}
    if form.first:
        early = [chosen[name] for name in form.first]
    else:
        early = [item for item in items if item.name not in form.later]
    return early, [item for item in items if item not in early]


def read_field(item: FormField, values: Mapping[str, Any], form: Form) -> Any:
    """What stands in the field's widget now, as a raw value."""
    widget = _widget(item, values)
    return widget.read(item, st.session_state.get(_key(form, item, widget)))


def _draw_late(
    late: Sequence[FormField], values: Mapping[str, Any], form: Form
) -> Sequence[FormField]:
    """Draw what stands under *More*; gives what was drawn.

    Where changes are heard one by one nothing is drawn before it is opened: a click on a node
    then waits for the fields alone that are seen.
    """
    name, has_problem = f"{form.key}.more", _has_problem(late, form)
    look: dict[str, Any] = {"icon": ":material/tune:"}
    if form.on_change is not None:
        was_open = bool(st.session_state.get(key_of(name), False))
        key = follow(name, has_problem, has_problem or was_open, in_place=True)
        look |= {"key": key, "on_change": "rerun"}
    more = st.expander("More", expanded=has_problem, **look)
    if more.open is False:
        return ()
    with more:
        for item in late:
            _draw_field(item, values, form)
    return late


def _draw_field(item: FormField, values: Mapping[str, Any], form: Form) -> None:
    widget = _widget(item, values)
    name = _name(form, item, widget)
    value = values.get(item.name, item.default)
    shown = widget.show(item, value)
    key = key_of(name)
    says_it = _says(widget, item, key, shown)
    if widget.is_patient and says_it:
        settle(name, value)
    else:
        key = follow(name, value, shown, in_place=widget.keeps_state or says_it)
    called: dict[str, Any] = {"key": key, "help": item.help or None}
    if form.on_change is not None:
        called |= {"on_change": form.on_change, "args": (item.name,)}
    found = [problem for problem in form.problems if _is_about(problem, item.name)]
    if widget.says_problems:
        scope = replace(form.choices.scope, problems=tuple(map(in_words, found)))
        widget.draw(item, replace(form.choices, scope=scope), shown, called)
    else:
        widget.draw(item, form.choices, shown, called)
        _show_problems(found)


def _widget(item: FormField, values: Mapping[str, Any]) -> w.Widget:
    value = values.get(item.name, item.default)
    widget = WIDGETS[item.meaning]
    if widget.fits(item, value):
        return widget
    return _JSON if item.meaning in SHAPES and _JSON.fits(item, value) else _ODD


def _key(form: Form, item: FormField, widget: w.Widget) -> str:
    return key_of(_name(form, item, widget))


def _name(form: Form, item: FormField, widget: w.Widget) -> str:
    """A value that fits its widget and one that does not are two widgets."""
    as_text = widget is _ODD or (widget is _JSON and item.meaning in SHAPES)
    return f"{form.key}.{item.name}{'~' if as_text else ''}"


def _is_as_shown(item: FormField, values: Mapping[str, Any], form: Form) -> bool:
    """Whether nobody has touched it, however its value is written."""
    widget = _widget(item, values)
    key = _key(form, item, widget)
    shown = widget.show(item, values.get(item.name, item.default))
    return key in st.session_state and bool(st.session_state[key] == shown)


def _says(widget: w.Widget, item: FormField, key: str, shown: Any) -> bool:
    """Whether what the widget holds makes the same value as what it would be made to show."""
    held = st.session_state.get(key)
    return held is not None and bool(widget.read(item, held) == widget.read(item, shown))


def _odd(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def _put(answers: JsonObject, item: FormField, value: Any) -> None:
    """Keep what was changed; a field that is back at its default is left out again."""
    if item.name in answers and answers[item.name] == value:
        return
    if value == item.default and not item.is_required:
        answers.pop(item.name, None)
    elif value is not None or not item.is_required:
        answers[item.name] = value


def _is_about(problem: Problem, name: str) -> bool:
    return problem.field is not None and problem.field.split(".")[0].split("[")[0] == name


def _has_problem(items: Sequence[FormField], form: Form) -> bool:
    return any(_is_about(problem, item.name) for problem in form.problems for item in items)


def _left_over(problems: Sequence[Problem], names: set[str]) -> list[Problem]:
    return [problem for problem in problems if not any(_is_about(problem, n) for n in names)]


def _show_problems(problems: Sequence[Problem]) -> None:
    for problem in problems[:MOST_PROBLEMS]:
        problem_line(problem)
    more = len(problems) - MOST_PROBLEMS
    if more > 0:
        st.caption(f"and {more} more, in the list of problems on the canvas")
