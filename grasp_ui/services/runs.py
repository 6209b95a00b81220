"""Runs: the list, what happened at a node, and every way to go on from one."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from grasp_ui.llm.state import EndpointState
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.run import Ceilings, Pin, Recall, Run
from grasp_ui.model.value import RunId
from grasp_ui.services.planning import count_seed_rows
from grasp_ui.services.run_request import Changes, RunRequest, check_nodes
from grasp_ui.services.run_view import NodeView, RunView
from grasp_ui.services.runner import Runner
from grasp_ui.services.stored_rows import StoreRows
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import runs as stored
from grasp_ui.store.answers import newest_answer

__all__ = [
    "Ceilings", "Changes", "EndpointState", "NodeView", "Pin", "RunRequest", "RunView", "Runner",
    "continued", "endpoint_states", "find_run", "node_trace", "pin_of", "recent_runs",
    "rerun_record", "resume", "retry_failed", "run_from", "seed_rows_of",
]  # fmt: skip


def recent_runs(workspace: Workspace, limit: int) -> list[Run]:
    """The newest runs, newest first."""
    return stored.recent_runs(workspace.database, limit)


def find_run(workspace: Workspace, run_id: RunId) -> Run:
    """A run as it stands.

    Raises:
        NotFound: there is no such run in this store.
    """
    return stored.find_run(workspace.database, run_id)


def node_trace(
    workspace: Workspace, run_id: RunId, node: str, record_index: int | None = None
) -> list[dict[str, Any]]:
    """What happened at a node, newest first: requests, replies, reasons, times."""
    workspace.database.settle()
    return stored.events_of(workspace.database, run_id, node=node, record_index=record_index)


def seed_rows_of(workspace: Workspace, request: RunRequest) -> int:
    """How many records take each row of the seeds once; at least 1. All rows are read.

    Raises:
        GraspError: the source cannot be read.
    """
    rows = StoreRows(workspace.database)
    return max(1, count_seed_rows(request.spec, request.folder, rows))


def endpoint_states(workspace: Workspace, run: Run) -> dict[str, EndpointState]:
    """How the endpoints of a run's models stand now; empty before they are made.

    They are shared with other runs: what waits and what is in flight is of all of them.
    """
    asked = set(run.models.values())
    states = workspace.runner.makers.states()
    return {name: state for name, state in states.items() if name in asked}


def resume(workspace: Workspace, run_id: RunId, changes: Changes | None = None) -> RunId:
    """Let a run that has come to a stop go on under its own id, whoever began it.

    Records that are done are passed over, also where they failed and were then retried; the
    others go on from the log and pay for what is missing. With more `records` it is extended.

    Raises:
        NotFound: there is no such run.
        CannotResume: it goes on already, nothing is left of it, or its seeds have changed.
        InvalidGraph: its graph cannot run in today's surroundings.
    """
    return workspace.runner.resume(run_id, changes)


def retry_failed(workspace: Workspace, run_id: RunId, changes: Changes | None = None) -> RunId:
    """Make the failed records of a run again, under its own id, and no others.

    A call that failed is sent again; where a reply could not be used, it is asked for anew.

    Raises:
        NotFound: there is no such run.
        CannotResume: no record failed, or the run goes on.
    """
    changes = replace(changes or Changes(), failed_only=True)
    return workspace.runner.resume(run_id, changes)


def continued(workspace: Workspace, run_id: RunId, spec: GraphSpec | None = None) -> RunRequest:
    """What to ask of the runner for a new run that uses the answers of an earlier one.

    Every call whose record, place and request are equal is replayed, so that with a changed
    prompt in `spec` only what depends on it is paid. Without `spec` the graph is as it ran.

    Raises:
        NotFound: there is no such run.
    """
    workspace.database.settle()
    run = find_run(workspace, run_id)
    settings = run.settings
    return RunRequest(
        graph_id=run.graph_id,
        spec=spec or workspace.runner.graph_of(run),
        records=settings.records,
        seed=settings.seed,
        concurrency=settings.concurrency,
        endpoint=settings.endpoint,
        folder=Path(settings.folder),
        only=settings.only,
        recall=Recall(continues=run_id),
    )


def run_from(  # noqa: PLR0913 - each is a wish of its own
    workspace: Workspace,
    run_id: RunId,
    node: str,
    *,
    spec: GraphSpec | None = None,
    records: Sequence[int] | None = None,
    pins: Sequence[Pin] = (),
) -> RunId:
    """Run again from `node`: what is before is replayed, the rest is paid anew.

    In a loop the first visit of a node before `node` is replayed, the later ones are not.
    `records` (by index) narrows it; `pins` come before any other answer.

    Raises:
        NotFound: there is no such run, or no such node in the graph.
        InvalidGraph: the graph cannot run.
    """
    request = continued(workspace, run_id, spec)
    check_nodes(run_id, request.spec, [node])
    recall = request.recall.model_copy(update={"anew": (node,), "pins": tuple(pins)})
    only = request.only if records is None else tuple(records)
    return workspace.runner.start(replace(request, recall=recall, only=only))


def rerun_record(
    workspace: Workspace, run_id: RunId, record_index: int, *, spec: GraphSpec | None = None
) -> RunId:
    """Make one record again, in a new run that continues the old one.

    With a changed graph in `spec`, only what depends on the change is paid; without, all is.

    Raises:
        NotFound: there is no such run.
        InvalidGraph: the graph cannot run.
    """
    request = continued(workspace, run_id, spec)
    anew = () if spec is not None else tuple(request.spec.nodes)
    recall = request.recall.model_copy(update={"anew": anew})
    return workspace.runner.start(replace(request, recall=recall, only=(record_index,)))


def pin_of(  # noqa: PLR0913 - one call is named by all of these
    workspace: Workspace,
    run_id: RunId,
    node: str,
    record_index: int,
    *,
    candidate: int = 0,
    everywhere: bool = False,
) -> Pin:
    """A stored reply as a pin, to be put into a request's `recall`.

    It stands in for that node's calls of that record and candidate, or with `everywhere` for
    all of that node's calls.

    Raises:
        NotFound: the log has no such reply.
    """
    workspace.database.settle()
    said = newest_answer(workspace.database, run_id, node, record_index, candidate=candidate)
    place = {} if everywhere else {"record_index": record_index, "candidate": candidate}
    return Pin(node=node, **said, **place)
