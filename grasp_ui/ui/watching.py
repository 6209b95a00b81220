"""The run that is watched: how it stands, and every way to stop or resume it."""

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.model.run import Run
from grasp_ui.model.value import RunId
from grasp_ui.services import forecast, runs
from grasp_ui.services.run_view import RunView
from grasp_ui.services.runs import Changes
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.endpoints import show_endpoints
from grasp_ui.ui.launch import say_why_not
from grasp_ui.ui.live import failure_table, node_table, reason_line, run_figures, run_line
from grasp_ui.ui.money import ceilings_form, ceilings_line, forecast_line
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.session import go_to
from grasp_ui.ui.shell import toast

LIVE = "run.live"


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
            st.markdown(run_line(view, with_reason=False), width="stretch")
            if view.is_running:
                _stops(workspace, run_id)
            _way_to_conversations(view)
        if reason := reason_line(view):
            st.markdown(reason)
        st.progress(min(1.0, view.run.records_ended / view.run.settings.records))
        if view.is_running:
            show_endpoints(runs.endpoint_states(workspace, view.run))
        run_figures(view)
        if used := ceilings_line(view.run, view.elapsed_seconds):
            st.caption(used)
        if view.failures:
            failure_table(view)
        with st.expander("What each node did", icon=":material/account_tree:", key="run.nodes"):
            node_table(view)
        if view.run.can_be_resumed:
            _ways_on(workspace, view)


def _stops(workspace: Workspace, run_id: RunId) -> None:
    if st.button("Pause", key="run.pause", icon=":material/pause_circle:"):
        workspace.runner.pause(run_id)
        toast("Pausing: calls in flight end, no other begins.")
    if st.button("Stop", key="run.stop", icon=":material/stop_circle:"):
        workspace.runner.stop(run_id)
        toast("Stopping: what is finished is kept.")


def _way_to_conversations(view: RunView) -> None:
    if st.button(
        "Conversations",
        key="run.conversations",
        icon=":material/forum:",
        type="primary" if view.state == "done" or view.is_running else "secondary",
        disabled=not view.run.done,
    ):
        go_to("review", run=view.run.id)


def _ways_on(workspace: Workspace, view: RunView) -> None:
    """Resume it within other ceilings, or retry what failed."""
    run = view.run
    st.divider()
    if view.state != "done":
        st.markdown(forecast_line(_rest(workspace, run), of="this run"))
    with st.expander(
        "Ceilings", expanded=view.state != "done", key=f"run.raise.{run.id}.{view.state}"
    ):
        ceilings = ceilings_form(f"run.raise.{run.id}", run.settings.ceilings)
    changes = Changes(ceilings=ceilings)
    with st.container(horizontal=True):
        resumes = view.state != "done" and st.button(
            "Resume", key="run.resume", type="primary", icon=":material/play_arrow:",
            help="What is done stays, what was answered is not asked again.",
        )  # fmt: skip
        retries = run.failed > 0 and st.button(
            f"Retry the {run.failed} failed", key="run.retry", icon=":material/replay:",
            type="secondary" if view.state != "done" else "primary",
        )  # fmt: skip
    if resumes:
        _go_on(workspace, run.id, changes)
    if retries:
        _go_on(workspace, run.id, Changes(ceilings=ceilings, failed_only=True))


@st.cache_data(show_spinner=False, max_entries=100, hash_funcs={Run: lambda run: run.model_dump()})
def _rest(_workspace: Workspace, run: Run) -> forecast.Forecast | None:
    return forecast.forecast_of_rest(_workspace, run.id)


def _go_on(workspace: Workspace, run_id: RunId, changes: Changes) -> None:
    try:
        runs.resume(workspace, run_id, changes)
    except GraspError as error:
        say_why_not(error)
    else:
        st.rerun()
