"""Fields that are rows of cells, with a way to add one and to remove one.

What the cells say is kept under the field's own key, as any other widget's state; so a row that
does not count yet stays on screen while the value is what the other rows say.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from grasp_ui.model.problem import Problem
from grasp_ui.ui.following import touch
from grasp_ui.ui.form_fields import FormField
from grasp_ui.ui.problems import problem_line
from grasp_ui.ui.row_shapes import SHAPES, Column, Row, Shape
from grasp_ui.ui.widgets import Called, Choices, Draw, Widget


def rows_widget(name: str) -> Widget:
    """The widget of fields that mean `name`, one of `row_shapes.SHAPES`."""
    shape = SHAPES[name]

    def read(item: FormField, state: Any) -> Any:
        made = shape.value(shape.good(state or []))
        unsaid = shape.value(shape.rows(item.default))
        return item.default if made == unsaid else made

    return Widget(
        _draw(shape),
        lambda _item, value: shape.shows(value),
        lambda _item, value: shape.rows(value),
        read,
        is_patient=True,
        keeps_state=True,
    )


def _draw(shape: Shape) -> Draw:
    def draw(item: FormField, choices: Choices, shown: Any, called: Called) -> None:
        key = called["key"]
        rows: list[Row] = st.session_state.setdefault(key, shown)
        turn = _turn(key, rows)
        with st.container(gap="xsmall", key=f"rows-{key.replace('.', '-')}"):
            st.markdown(f":small[{item.title}]", help=item.help or None)
            for number, row in enumerate(rows):
                _row(shape, item, choices, (f"{key}.{turn}.{number}", number, row), called)
                fault = shape.fault(rows, number)
                if fault:
                    problem_line(Problem(what=fault, severity="warning"))
            hint = choices.hints.get(item.name) or (shape.nothing if not rows else "")
            if hint:
                st.caption(hint)
            st.button(
                shape.add, key=f"{key}.add", type="tertiary", icon=":material/add:",
                on_click=_add, args=(shape, key),
            )  # fmt: skip

    return draw


def _row(
    shape: Shape, item: FormField, choices: Choices, place: tuple[str, int, Row], called: Called
) -> None:
    """The cells of one row, a line or two, and its way out at the end of the last line."""
    key, number, row = place
    lines = _lines(shape.columns)
    for at, line in enumerate(lines):
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom"):
            for column in line:
                label = column.label if len(lines) > 1 or number == 0 else ""
                _cell(shape, item, choices, (key, number, row, column, label), called)
            if at == len(lines) - 1:
                st.button(
                    "", key=f"{key}.remove", icon=":material/close:", type="tertiary",
                    help=f"Remove row {number + 1} of {item.title}",
                    on_click=_remove, args=(called, key, number),
                )  # fmt: skip


def _cell(
    shape: Shape,
    item: FormField,
    choices: Choices,
    spot: tuple[str, int, Row, Column, str],
    called: Called,
) -> None:
    key, number, row, column, label = spot
    at = shape.columns.index(column)
    said = f"{column.label} {number + 1} of {item.title}"
    cell: dict[str, Any] = {
        "key": f"{key}.{at}",
        "label_visibility": "visible" if label else "collapsed",
        "placeholder": column.placeholder or None,
        "on_change": _write,
        "args": (called, key, number, at),
    }
    options = column.options or _proposed(choices, item.name, at, row)
    title = label or said
    if options:
        known = tuple(dict.fromkeys((*((row[at],) if row[at] else ()), *options)))
        index = known.index(row[at]) if row[at] else None
        cell["placeholder"] = cell["placeholder"] or "Choose one"
        st.selectbox(title, known, index=index, width="stretch", **cell)
    elif column.tall:
        st.text_area(title, value=row[at], height="content", width="stretch", **cell)
    else:
        st.text_input(title, value=row[at], width="stretch", **cell)


def _proposed(choices: Choices, name: str, at: int, row: Row) -> Sequence[str]:
    """What can be chosen in a cell; what depends on the row's first cell comes first."""
    known = choices.proposals
    return known.get(f"{name}.{at}:{row[0]}") or known.get(f"{name}.{at}") or ()


def _lines(columns: Sequence[Column]) -> list[list[Column]]:
    lines: list[list[Column]] = [[]]
    for column in columns:
        if column.begins_line and lines[-1]:
            lines.append([])
        lines[-1].append(column)
    return lines


def _turn(key: str, rows: list[Row]) -> int:
    """Grows whenever other rows than those of the cells on screen are shown."""
    known, turn = st.session_state.get(f"{key}.drawn", (None, 0))
    if known != rows:
        turn += 1
        st.session_state[f"{key}.drawn"] = (list(rows), turn)
    return int(turn)


def _add(shape: Shape, key: str) -> None:
    rows = [*st.session_state[key], tuple(_first(column) for column in shape.columns)]
    _keep(key, rows)


def _first(column: Column) -> str:
    """What a new row has: where it has to be chosen, the first choice."""
    return column.options[0] if column.options else ""


def _is_shown(key: str, row_key: str) -> bool:
    """Whether a row's cells are those of the rows that are kept now.

    Where a rerun is cut short by the next one, Streamlit calls back once more for what was written
    before; by then the rows may be others, which an undo or another hand has put there.
    """
    rows, turn = st.session_state.get(f"{key}.drawn", (None, 0))
    return rows == st.session_state.get(key) and row_key.startswith(f"{key}.{turn}.")


def _write(called: Called, row_key: str, number: int, at: int) -> None:
    key = called["key"]
    rows: list[Row] = list(st.session_state[key])
    text = st.session_state.get(f"{row_key}.{at}")
    if not _is_shown(key, row_key) or rows[number][at] == (text or ""):
        return
    rows[number] = (*rows[number][:at], text or "", *rows[number][at + 1 :])
    _keep(key, rows)
    _tell(called)


def _remove(called: Called, row_key: str, number: int) -> None:
    key = called["key"]
    if not _is_shown(key, row_key):
        return
    rows = [row for at, row in enumerate(st.session_state[key]) if at != number]
    touch(key, rows)
    _tell(called)


def _keep(key: str, rows: list[Row]) -> None:
    """Change the rows under the cells that are on screen: they stay what they are."""
    _, turn = st.session_state.get(f"{key}.drawn", (None, 0))
    st.session_state[f"{key}.drawn"] = (list(rows), turn)
    touch(key, rows)


def _tell(called: Mapping[str, Any]) -> None:
    hear: Callable[..., None] | None = called.get("on_change")
    if hear is not None:
        hear(*called.get("args", ()))
