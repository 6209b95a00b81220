"""The parts of the Design page around the canvas: head, run line, YAML, dialogs."""

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.model.problem import Problem
from grasp_ui.model.value import RunId
from grasp_ui.services import graphs, pins
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.blocks import blocks_button
from grasp_ui.ui.builtin import offer_builtin
from grasp_ui.ui.canvas.component import status_pump
from grasp_ui.ui.describing import Sheet, describe_button, take_back_button
from grasp_ui.ui.desk import Desk, discard, pins_on
from grasp_ui.ui.groups import crumbs, used_by
from grasp_ui.ui.live import canvas_run, failure_lines, run_line
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.problems import problem_line, summary
from grasp_ui.ui.session import go_to
from grasp_ui.ui.shell import empty_state, failed_state, toast

LIVE = "design.live"


def notices(desk: Desk) -> None:
    """What is to be said of the graph as a whole, whichever side is shown."""
    with st.container():  # however much there is to say, what stands below keeps its place
        _draft_fault(desk)
        _pins_notice(desk)
        _problems_of_graph(desk)


def _draft_fault(desk: Desk) -> None:
    if fault := desk.workspace.drafts.faults.get(desk.graph_id):
        problem_line(Problem(what=f"The draft could not be kept. {fault}"))


def head(desk: Desk) -> None:
    """The graph's title and state on the left, what can be done with it on the right."""
    with st.container(horizontal=True, vertical_alignment="center", key="design-head"):
        crumbs(desk)
        title = literal(desk.spec.title or "Untitled")
        st.markdown(f"### {title}", width="content", anchors=False)
        st.markdown(f"{_state(desk)} {used_by(desk)}", width="stretch")
        if not desk.is_saved:
            st.button(
                "Discard changes", key="design.discard", icon=":material/undo:", type="tertiary",
                on_click=discard, args=(desk,),
            )  # fmt: skip
        take_back_button(desk)
        blocks_button(desk)
        describe_button(Sheet(desk.workspace, desk))
        if pressed("Run many", key="design.many", icon=":material/play_circle:"):
            go_to("run", graph=desk.graph_id)


def _pins_notice(desk: Desk) -> None:
    if fault := pins.pins_fault(desk.workspace):
        with st.container(border=True, key="design-pins"):
            st.markdown(":orange[:material/keep_off: **Nothing is pinned now.**]")
            st.markdown(f":small[{literal(fault)}]")


def run_pump(desk: Desk, canvas_key: str, run_id: RunId | None) -> None:
    """How the watched run stands; brings its news to the cards while it goes on.

    It has its place without a run too: what stands below must not move. When the page is drawn
    anew before Streamlit has sent all of it, it forgets the editor's unsent blocks, yet sends what
    fragments inside of them drew; a browser that has no block at that place shows an error.
    """
    is_running = run_id is not None and desk.workspace.runner.view(run_id).is_running
    if is_running:
        st.session_state[LIVE] = run_id
    st.fragment(_pump, run_every=0.25 if is_running else None)(desk, canvas_key, run_id)


def choose_first(workspace: Workspace) -> None:
    """Nothing is open: choose one of the graphs, or go to the gallery."""
    empty_state(
        "No graph is open",
        action="Open one of the examples on the first page, or start a new one there.",
        page="home",
        icon="account_tree",
    )
    entries = {entry.id: entry.title for entry in graphs.list_graphs(workspace)}
    with st.container(horizontal_alignment="center"):
        chosen = st.selectbox(
            "Or choose one here", list(entries), index=None, key="design.choose", width=420,
            format_func=lambda name: entries[name], placeholder="A graph",
        )  # fmt: skip
    if chosen:
        go_to("design", graph=chosen)


def _problems_of_graph(desk: Desk) -> None:
    for problem in desk.problems:
        if problem.node is None and problem.edge is None:
            problem_line(problem)


def text_form(desk: Desk) -> None:
    """The graph as its file: to read, to copy, to write by hand, to bring in."""
    text = graphs.open_graph(desk.workspace, desk.graph_id).text
    key = f"design.yaml.{desk.graph_id}.{hash(text)}"
    with st.form(f"{key}.form", border=False):
        written = st.text_area("Graph file (YAML)", value=text, key=key, height=420)
        if st.form_submit_button("Apply", icon=":material/check:"):
            _take(desk, written)
    st.download_button(
        "Download", text, file_name=f"{desk.graph_id.rpartition('/')[2]}.yaml",
        key="design.download", icon=":material/download:", type="tertiary", on_click="ignore",
    )  # fmt: skip
    upload = st.file_uploader("Bring in a file", type=["yaml", "yml"], key="design.import")
    if upload is not None and pressed("Replace the drawing by it", key="design.import.take"):
        _take(desk, upload.getvalue().decode("utf-8", errors="replace"))


@st.dialog("The built-in model is not here yet", icon=":material/download:")
def fetch_dialog() -> None:
    """Offer the built-in model where a sample wants it."""
    if not offer_builtin("design"):
        st.markdown("It is here now. Press **Run** again.")


def _pump(desk: Desk, canvas_key: str, run_id: RunId | None) -> None:
    if run_id is None:
        return
    view = desk.workspace.runner.view(run_id)
    with st.container(key="design-run", border=True):
        st.markdown(run_line(view))
        if view.failures:
            st.markdown(failure_lines(view))
        is_readable = view.run.done > 0 and not view.is_running
        if is_readable and pressed(
            "Open conversations",
            key="design.conversations",
            type="primary",
            icon=":material/forum:",
            width="stretch",
        ):
            go_to("review", run=run_id)
    status_pump(canvas_key, canvas_run(view))
    if not view.is_running and st.session_state.pop(LIVE, None) == run_id:
        st.rerun()


def _state(desk: Desk) -> str:
    kind = ":gray-badge[example]" if desk.is_example else ""
    saved = "" if desk.is_saved else ":orange-badge[:material/edit: not saved yet]"
    pinned = len({pin.node for pin in pins_on(desk)})
    held = f":violet-badge[:material/keep: {pinned} pinned]" if pinned else ""
    return f"{summary(desk.problems)} {kind} {saved} {held}"


def _take(desk: Desk, text: str) -> None:
    spec = read_graph(text)
    if spec.unread and not spec.nodes:
        failed_state("\n".join(map(str, spec.unread)), title="This is no graph", key="yaml")
        return
    try:
        desk.write(text, spec)
    except GraspError as error:
        failed_state(str(error), key="yaml")
        return
    toast("Applied.")
    st.rerun()
