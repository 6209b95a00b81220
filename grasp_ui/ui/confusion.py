"""Judge against people: the table of both, and what is behind its cells."""

from collections.abc import Mapping, Sequence

import streamlit as st

from grasp_ui.model.value import ConversationId, Scalar
from grasp_ui.services.calibration import Cell, JudgeReport
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.judgements import JudgedByPeople
from grasp_ui.ui import charts, theme
from grasp_ui.ui.cards import shown_value
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.rule_effect import opening_of
from grasp_ui.ui.session import go_to

CELL = "calibration.cell"
MATRIX = "calibration.confusion"
TURNS = "calibration.turns"
"""How often a cell was chosen beside the table: that makes it anew, with nothing clicked."""
APART = "apart"
SHOWN = 5
MOST = 100


def draw_matrix(report: JudgeReport) -> None:
    """The table of both; a click on a cell chooses what is listed."""
    words = [_word(value) for value in report.values]
    figure = charts.confusion_matrix(
        report.matrix, words, look=theme.ground(), chosen=_cell(_chosen(report))
    )
    key = f"{MATRIX}.{_name(report)}.{st.session_state.get(TURNS, 0)}"
    st.plotly_chart(
        figure, key=key, on_select=lambda: _clicked(report, key), selection_mode="points"
    )


def list_pairs(workspace: Workspace, report: JudgeReport) -> None:
    """The conversations of the chosen cell, else where the two disagree."""
    lists = lists_of(report)
    name = f"{CELL}.{_name(report)}"
    _chosen(report)
    st.selectbox(
        "Conversations where", list(lists), key=name, on_change=_turn,
        format_func=lambda one: list_title(report, one), help="Or click a cell of the table.",
    )  # fmt: skip
    chosen = _chosen(report)
    pairs = lists[chosen]
    if not pairs:
        st.caption("They agree everywhere.")
    shown = st.session_state.get(f"{name}.{chosen}.shown", SHOWN)
    for number, pair in enumerate(pairs[:shown]):
        _row(workspace, pair, number)
    rest = min(len(pairs), MOST) - shown
    if rest > 0:
        st.button(
            f"Show {min(rest, 4 * SHOWN)} more", key="calibration.more", type="tertiary",
            icon=":material/expand_more:",
            on_click=lambda: st.session_state.update({f"{name}.{chosen}.shown": shown + 4 * SHOWN}),
        )  # fmt: skip


def lists_of(report: JudgeReport) -> Mapping[str, Sequence[JudgedByPeople]]:
    """What can be listed: where the two disagree, then each cell that is not empty."""
    cells = {f"{row},{column}": report.cells[row, column] for row, column in sorted(report.cells)}
    return {APART: report.apart, **cells}


def list_title(report: JudgeReport, name: str) -> str:
    """A list as it is offered, with how many it has."""
    cell = _cell(name)
    if cell is None:
        return f"they disagree, the widest apart first ({len(report.apart):,})"
    judge, people = (_word(report.values[at]) for at in cell)
    return f"judge {judge}, people {people} ({len(report.cells[cell]):,})"


def clicked_cell(report: JudgeReport, points: Sequence[Mapping[str, int]], chosen: str) -> str:
    """Which list a click on the table means; an empty cell changes nothing."""
    if not points:
        return APART
    row, column = divmod(points[0]["point_index"], len(report.values))
    return f"{row},{column}" if (row, column) in report.cells else chosen


def _clicked(report: JudgeReport, key: str) -> None:
    points = st.session_state[key].selection.points
    st.session_state[f"{CELL}.{_name(report)}"] = clicked_cell(report, points, _chosen(report))


def _turn() -> None:
    st.session_state[TURNS] = st.session_state.get(TURNS, 0) + 1


def _chosen(report: JudgeReport) -> str:
    """Which list is chosen; where it is gone, that of what they disagree about."""
    name = f"{CELL}.{_name(report)}"
    if st.session_state.get(name, APART) not in lists_of(report):
        del st.session_state[name]
    chosen: str = st.session_state.get(name, APART)
    return chosen


def _cell(name: str) -> Cell | None:
    if name == APART:
        return None
    row, column = name.split(",")
    return int(row), int(column)


def _row(workspace: Workspace, pair: JudgedByPeople, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"judge **{literal(_word(pair.by_judge.value))}**, people "
            f"**{literal(_word(pair.by_people.value))}**",
            width=150,
        )
        opening = opening_of(workspace, ConversationId(pair.conversation_id))
        st.markdown(f":small[:gray[{literal(opening)}]]", width="stretch")
        if pressed("Open", key=f"calibration.apart.{number}", type="tertiary",
                   icon=":material/open_in_new:"):  # fmt: skip
            go_to("review", conversation=pair.conversation_id)


def _name(report: JudgeReport) -> str:
    return f"{report.name}.{report.judge}"


def _word(value: Scalar) -> str:
    return shown_value(value) or "nothing"
