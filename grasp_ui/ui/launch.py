"""The form that starts a run, and the run that is being watched."""

import streamlit as st

from grasp_ui.errors import GraspError, InvalidGraph
from grasp_ui.model.problem import Problem
from grasp_ui.model.value import GraphId, RunId
from grasp_ui.services import graphs
from grasp_ui.services.graphs import OpenGraph
from grasp_ui.services.runner import RunRequest
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.builtin import offer_builtin, uses_builtin
from grasp_ui.ui.live import failure_table, run_figures, run_line
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.problems import problem_list
from grasp_ui.ui.session import go_to
from grasp_ui.ui.shell import failed_state, toast

LIVE = "run.live"


def choose_graph(workspace: Workspace, named: str) -> OpenGraph | None:
    """A list of all graphs, `named` chosen first; gives the chosen one, if any."""
    entries = {entry.id: entry for entry in graphs.list_graphs(workspace)}
    names = list(entries)
    chosen = st.selectbox(
        "Graph",
        names,
        index=names.index(GraphId(named)) if named in entries else 0,
        key="run.graph",
        format_func=lambda name: entries[name].title,
    )
    return graphs.open_graph(workspace, chosen) if chosen else None


def run_request(workspace: Workspace, chosen: OpenGraph) -> RunRequest:
    """How many records, which seed, how many calls at once, which model."""
    first, second, third, fourth = st.columns(4)
    records = first.number_input(
        "Records", min_value=1, value=20, key="run.records", help="Seed rows are taken in turn."
    )
    seed = second.number_input(
        "Seed", value=7, key="run.seed", help="The same seed draws the same records."
    )
    at_once = third.number_input(
        "Calls at once", min_value=1, max_value=1024, value=8, key="run.concurrency"
    )
    model = fourth.selectbox(
        "Model",
        ["", *(model.name for model in workspace.settings.models)],
        key="run.model",
        format_func=lambda name: name or "As the graph says",
        help="Stands in for the model of every alias.",
    )
    return RunRequest(
        graph_id=chosen.id,
        spec=chosen.spec,
        records=int(records),
        seed=int(seed),
        concurrency=int(at_once),
        model=model or None,
        folder=chosen.folder,
    )


def start_button(workspace: Workspace, request: RunRequest) -> None:
    """Start the run and look at it, or say why it cannot start."""
    own = {str(alias.get("model")) for alias in request.spec.models.values()}
    asked = {request.model} if request.model else own
    if uses_builtin(asked, workspace.settings) and offer_builtin("run"):
        return
    if not st.button("Start", key="run.start", type="primary", icon=":material/play_arrow:"):
        return
    try:
        st.query_params["run"] = workspace.runner.start(request)
    except InvalidGraph as error:
        st.markdown("**This graph cannot run yet.** Mend these on the Design page:")
        found = [problem for problem in error.problems if isinstance(problem, Problem)]
        problem_list(found, key="run.problems")
    except GraspError as error:
        failed_state(str(error), title="The run did not start", key="run")
    else:
        st.rerun()


def watch(workspace: Workspace, run_id: RunId) -> None:
    """Show one run, live while it goes on."""
    is_running = workspace.runner.view(run_id).is_running
    if is_running:
        st.session_state[LIVE] = run_id
    st.fragment(_watched, run_every=0.5 if is_running else None)(workspace, run_id)


def _watched(workspace: Workspace, run_id: RunId) -> None:
    view = workspace.runner.view(run_id)
    if not view.is_running and st.session_state.pop(LIVE, None) == run_id:
        st.rerun()
    with st.container(border=True, key="watched"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"##### {literal(view.run.title)}", width="content", anchors=False)
            st.markdown(run_line(view), width="stretch")
            if view.is_running and st.button("Stop", key="run.stop", icon=":material/stop_circle:"):
                workspace.runner.stop(run_id)
                toast("Stopping: what is finished is kept.")
            if st.button(
                "Conversations",
                key="run.conversations",
                icon=":material/forum:",
                type="primary",
                disabled=not view.run.done,
            ):
                go_to("review", run=run_id)
        ended = view.run.done + view.run.failed
        st.progress(min(1.0, ended / view.run.settings.records))
        run_figures(view)
        if view.failures:
            failure_table(view)
