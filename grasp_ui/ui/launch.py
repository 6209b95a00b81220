"""The form that starts a run: which graph, how much of it, within which ceilings."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from grasp_ui.errors import GraspError, InvalidGraph
from grasp_ui.model.problem import Problem
from grasp_ui.model.run import Ceilings, Recall, Run
from grasp_ui.model.value import GraphId
from grasp_ui.services import forecast, graphs, runs
from grasp_ui.services.forecast import Forecast
from grasp_ui.services.graphs import OpenGraph
from grasp_ui.services.runner import RunRequest
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.builtin import offer_builtin, uses_builtin
from grasp_ui.ui.money import ceilings_form, forecast_line, written_ceilings
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.problems import problem_list
from grasp_ui.ui.session import wishes
from grasp_ui.ui.shell import failed_state

CACHE = (
    "The same request to the same model is answered as it was in an earlier run, at no cost. "
    "Each stored answer is given once a run, the oldest first, so that equal prompts of two "
    "records stay two samples. Leave it off where you want new samples."
)


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
    """How many records, seed, calls at once, which model, which ceilings."""
    first, second, third, fourth = st.columns(4)
    records = _records(workspace, chosen, first)
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
    request = RunRequest(
        graph_id=chosen.id,
        spec=chosen.spec,
        records=records,
        seed=int(seed),
        concurrency=int(at_once),
        model=model or None,
        folder=chosen.folder,
    )
    return _within(request)


def show_forecast(workspace: Workspace, request: RunRequest) -> None:
    """What the run will use, from the last run of the same graph."""
    sample = forecast.sample_for(workspace, request)
    found = sample and _forecast(workspace, sample, request.records, request.concurrency)
    st.markdown(forecast_line(found or None))


def start_button(workspace: Workspace, request: RunRequest) -> None:
    """Start the run and look at it, or say why it cannot start."""
    own = {str(alias.get("model")) for alias in request.spec.models.values()}
    asked = {request.model} if request.model else own
    if uses_builtin(asked, workspace.settings) and offer_builtin("run"):
        return
    wished = wishes()
    if not pressed("Start", key="run.start", type="primary", icon=":material/play_arrow:"):
        return
    try:
        wished["run"] = workspace.runner.start(request)
    except GraspError as error:
        say_why_not(error)
    else:
        st.rerun()


def say_why_not(error: GraspError) -> None:
    """Why a run does not start or go on, with what to do."""
    if not isinstance(error, InvalidGraph):
        failed_state(str(error), title="The run did not start", key="run")
        return
    st.markdown("**This graph cannot run yet.** Mend these on the Design page or in Settings:")
    found = [problem for problem in error.problems if isinstance(problem, Problem)]
    problem_list(found, key="run.problems")


def _records(workspace: Workspace, chosen: OpenGraph, place: DeltaGenerator) -> int:
    """How many records: a number, or as many as the seeds have rows."""
    if not chosen.spec.seeds:
        return int(_number(place, "run.records", 20))
    # The field is drawn above the switch that it hangs on.
    field = place.empty()
    if not place.toggle("Each seed row once", key=f"run.all.{chosen.id}"):
        return int(_number(field, "run.records", 20))
    try:
        rows = _rows(workspace, RunRequest(chosen.id, chosen.spec, folder=chosen.folder))
    except (GraspError, OSError) as error:
        place.markdown(f":small[:red[{literal(str(error))}]]")
        rows = 1
    _number(field, f"run.rows.{rows}", rows, disabled=True)
    return rows


def _number(place: DeltaGenerator, key: str, value: int, *, disabled: bool = False) -> int:
    return place.number_input(
        "Records", min_value=1, value=value, key=key, disabled=disabled,
        help="Seed rows are taken in turn, over and over.",
    )  # fmt: skip


@st.cache_data(
    ttl=10, max_entries=20, show_spinner="Counting the rows of the seeds…",
    hash_funcs={RunRequest: lambda request: (str(request.folder), str(request.spec.seeds))},
)  # fmt: skip
def _rows(_workspace: Workspace, request: RunRequest) -> int:
    """Counted once in ten seconds: a page is drawn often, and a file may be long."""
    return runs.seed_rows_of(_workspace, request)


def _within(request: RunRequest) -> RunRequest:
    with st.expander("Ceilings and cache", icon=":material/savings:", key="run.within"):
        st.caption("No call begins once a ceiling is reached. Raise it later, and the run goes on.")
        ceilings_form("run.most", Ceilings())
        cache = st.toggle("Take answers that earlier runs had", key="run.cache", help=CACHE)
    return replace(request, ceilings=written_ceilings("run.most"), recall=Recall(cache=cache))


def _forecast(workspace: Workspace, sample: Run, records: int, concurrency: int) -> Forecast | None:
    ended = sample.done + sample.failed
    return _remembered(workspace, sample, ended, records, concurrency)


@st.cache_data(
    show_spinner=False, max_entries=100, hash_funcs={Run: lambda run: (run.id, run.state)}
)
def _remembered(
    _workspace: Workspace, sample: Run, ended: int, records: int, concurrency: int
) -> Forecast | None:
    """The forecast, made once for each number of records that had ended."""
    return forecast.forecast_from(_workspace, sample, records=records, concurrency=concurrency)
