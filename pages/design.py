"""Design: the canvas, and beside it the form of what is selected."""

import streamlit as st

from grasp_ui.services.node_kinds import node_kinds
from grasp_ui.ui.canvas.component import canvas
from grasp_ui.ui.canvas.protocol import document_of
from grasp_ui.ui.canvas_kinds import canvas_kinds
from grasp_ui.ui.design_parts import (
    choose_first,
    fetch_dialog,
    head,
    notices,
    run_pump,
    text_form,
)
from grasp_ui.ui.desk import SIDES, open_desk, pins_on
from grasp_ui.ui.fresh_place import fresh_place
from grasp_ui.ui.graph_form import graph_form
from grasp_ui.ui.groups import chosen, follow_wish, group_dialog, look_around
from grasp_ui.ui.inspector import selection_form, selection_name
from grasp_ui.ui.live import canvas_run
from grasp_ui.ui.session import address, current_graph, current_run, go_to, workspace
from grasp_ui.ui.shelf import palette_blocks
from grasp_ui.ui.trace import last_run
from grasp_ui.ui.version_parts import (
    compared_marks,
    compared_pair,
    file_notice,
    leave_versions,
    versions_side,
)

opened = workspace()
graph_id = current_graph()
if not graph_id:
    choose_first(opened)
    st.stop()
st.query_params["graph"] = graph_id
desk = open_desk(opened, graph_id)
run_id = current_run()
key = f"canvas.{graph_id}"
look_around(desk)


@st.fragment
def editor() -> None:
    """Canvas and inspector in one fragment: an edit draws nothing else again."""
    obey()
    head(desk)
    with st.container():  # always there: a late word of a closed dialog may land nowhere else
        group_dialog(desk)
    left, right = st.columns([3, 1], gap="medium")
    with left:
        view = opened.runner.view(run_id) if run_id else None
        canvas(
            document_of(desk.spec),
            key=key,
            kinds={**canvas_kinds(), **palette_blocks(opened)},
            session=desk.editing.id,
            acknowledged=desk.editing.acknowledged,
            server_revision=desk.editing.server_revision,
            renamed=desk.editing.renamed,
            problems=[problem.model_dump(mode="json") for problem in desk.problems],
            run=canvas_run(view) if view else None,
            saved=desk.is_saved,
            marks=compared_marks(desk),
            compared=compared_pair(desk),
            models={name: str(alias.get("model", "")) for name, alias in desk.spec.models.items()},
            pinned=[pin.node.partition("/")[0] for pin in pins_on(desk)],
            chosen=chosen(desk),
            on_edit=desk.on_edit,
            on_select=desk.on_select,
            on_command=desk.on_command,
        )
    with right:
        file_notice(desk)
        run_pump(desk, key, run_id)
        st.session_state.setdefault("design.side", "Versions" if address("version") else SIDES[0])
        shown = st.segmented_control(
            "Beside the canvas", SIDES, key="design.side", required=True,
            label_visibility="collapsed", width="stretch",
        )  # fmt: skip
        with st.container(key="design-side"):
            side(shown)


def obey() -> None:
    """Do what a command of the canvas asked of the page."""
    wish, desk.wish = desk.wish, ""
    if wish == "drawing":
        leave_versions()
    if follow_wish(desk, wish) or wish in ("redraw", "drawing"):
        st.rerun()
    if wish == "review":
        go_to("review", **({"run": run_id} if run_id else {}))
    if wish == "fetch":
        fetch_dialog()


def side(shown: str | None) -> None:
    """One of: the form of what is selected, what it did, the graph's form, its text."""
    notices(desk)
    place = fresh_place("design.place", (shown, shown == "Selection" and selection_name(desk)))
    if shown == "Last run":  # a fragment: it stands below
        last_run(desk, run_id)
        return
    with place:
        if shown == "Selection":
            selection_form(desk, {card.name: card for card in node_kinds()})
        elif shown == "Graph":
            graph_form(desk)
        elif shown == "Versions":
            versions_side(desk)
        else:
            text_form(desk)


editor()
