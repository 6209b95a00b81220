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
from grasp_ui.ui.money import ceilings_form, ceilings_line, forecast_line, written_ceilings
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.session import go_to
from grasp_ui.ui.shell import toast

LIVE = "run.live"
"""Which run the page draws anew by itself."""
WISH = "run.wish"
REFUSED = "run.refused"
"""The run that could not go on, and why."""


def watch(workspace: Workspace, run_id: RunId) -> None:
    """Show one run, live while it goes on.

    What is pressed is heard in callbacks: a tick may end the drawing before it comes to a button.
    """
    is_running = workspace.runner.view(run_id).is_running
    if is_running:
        st.session_state[LIVE] = run_id
    st.fragment(_watched, run_every=0.5 if is_running else None)(workspace, run_id)


def _watched(workspace: Workspace, run_id: RunId) -> None:
    view = workspace.runner.view(run_id)
    _look_up(view)
    with st.container(border=True, key="watched"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"##### {literal(view.run.title)}", width="content", anchors=False)
            st.markdown(run_line(view, with_reason=False), width="stretch")
            if view.is_running:
                _stops(workspace, run_id)
            _way_to_conversations(view)
        if reason := reason_line(view):
            st.markdown(reason)
        if view.run.can_be_resumed:
            _ways_on(workspace, view)
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
            _before_it_goes_on(workspace, view)


def _look_up(view: RunView) -> None:
    """Go where a press leads; draw the whole page where the run began or ended meanwhile."""
    if st.session_state.pop(WISH, None) == view.run.id:
        go_to("review", run=view.run.id)
    if view.is_running != (st.session_state.get(LIVE) == view.run.id):
        st.session_state.pop(LIVE, None)
        st.rerun()


def _stops(workspace: Workspace, run_id: RunId) -> None:
    st.button(
        "Pause", key="run.pause", icon=":material/pause_circle:",
        on_click=_pause, args=(workspace, run_id),
    )  # fmt: skip
    st.button(
        "Stop", key="run.stop", icon=":material/stop_circle:",
        on_click=_stop, args=(workspace, run_id),
    )  # fmt: skip


def _pause(workspace: Workspace, run_id: RunId) -> None:
    workspace.runner.pause(run_id)
    toast("Pausing: calls in flight end, no other begins.")


def _stop(workspace: Workspace, run_id: RunId) -> None:
    workspace.runner.stop(run_id)
    toast("Stopping: what is finished is kept.")


def _way_to_conversations(view: RunView) -> None:
    st.button(
        "Conversations", key="run.conversations", icon=":material/forum:",
        type="primary" if view.state == "done" or view.is_running else "secondary",
        disabled=not view.run.done,
        on_click=lambda: st.session_state.update({WISH: view.run.id}),
    )  # fmt: skip


def _ways_on(workspace: Workspace, view: RunView) -> None:
    """Resume it, or retry what failed.

    Above all that a browser loads late: it would move the buttons away from under a press. Not
    where Pause and Stop were: who presses these twice wants nothing to go on.
    """
    run = view.run
    with st.container(horizontal=True):
        if view.state != "done":
            st.button(
                "Resume", key="run.resume", type="primary", icon=":material/play_arrow:",
                help="What is done stays, what was answered is not asked again.",
                on_click=_go_on, args=(workspace, run.id),
            )  # fmt: skip
        if run.failed > 0:
            st.button(
                f"Retry the {run.failed} failed", key="run.retry", icon=":material/replay:",
                type="secondary" if view.state != "done" else "primary",
                on_click=_go_on, args=(workspace, run.id), kwargs={"failed_only": True},
            )  # fmt: skip
    refused_run, why = st.session_state.get(REFUSED, (None, None))
    if refused_run == run.id:
        say_why_not(why)


def _before_it_goes_on(workspace: Workspace, view: RunView) -> None:
    """What the rest will take, and the ceilings within which it will be made."""
    run = view.run
    st.divider()
    if view.state != "done":
        st.markdown(forecast_line(_rest(workspace, run), of="this run"))
    with st.expander(
        "Ceilings", expanded=view.state != "done", key=f"run.raise.{run.id}.{view.state}"
    ):
        ceilings_form(_ceilings_key(run.id), run.settings.ceilings)


@st.cache_data(show_spinner=False, max_entries=100, hash_funcs={Run: lambda run: run.model_dump()})
def _rest(_workspace: Workspace, run: Run) -> forecast.Forecast | None:
    return forecast.forecast_of_rest(_workspace, run.id)


def _ceilings_key(run_id: RunId) -> str:
    return f"run.raise.{run_id}"


def _go_on(workspace: Workspace, run_id: RunId, *, failed_only: bool = False) -> None:
    """Let the run go on within the ceilings that are written now, or note why it cannot."""
    st.session_state.pop(REFUSED, None)
    if workspace.runner.view(run_id).is_running:  # pressed twice
        return
    ceilings = written_ceilings(_ceilings_key(run_id))
    try:
        runs.resume(workspace, run_id, Changes(ceilings=ceilings, failed_only=failed_only))
    except GraspError as error:
        st.session_state[REFUSED] = (run_id, error)
