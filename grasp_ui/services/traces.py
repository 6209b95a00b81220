"""What a node did for a record: read, asked, wrote, and where it went on."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from grasp_ui.engine.kind import KINDS, NodeConfig
from grasp_ui.errors import GraspError, NotFound
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.run import Run
from grasp_ui.model.value import JsonObject, RecordId, RunId
from grasp_ui.services.parts import load_parts
from grasp_ui.services.planning import seeds_of
from grasp_ui.services.stored_rows import StoreRows
from grasp_ui.services.trace_parts import (
    CallTrace,
    FailedAttempt,
    NodeTrace,
    SampleState,
    VisitTrace,
    calls_of,
)
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import runs as stored
from grasp_ui.store import traces
from grasp_ui.store.traces import Sample

__all__ = [
    "CallTrace", "FailedAttempt", "NodeTrace", "Sample", "VisitTrace", "node_trace", "samples_at",
    "steps_of",
]  # fmt: skip
ROWS_READ = 1_000
"""How far seeds are read again for the row of a record that left no conversation."""


def samples_at(
    workspace: Workspace, run_id: RunId, node: str, *, limit: int = 200, index: int | None = None
) -> list[Sample]:
    """Records that came to `node`: newest failures first, then by index.

    With `index` that record alone, and its forks.
    """
    workspace.database.settle()
    found = traces.samples_at(workspace.database, run_id, node, limit=limit, index=index)
    running = workspace.runner.is_running(run_id)
    return [one._replace(state=_state(one.state, is_running=running)) for one in found]


def node_trace(workspace: Workspace, run_id: RunId, node: str, record_id: RecordId) -> NodeTrace:
    """All that a record did at `node` and inside of it, also while the run goes on.

    Raises:
        NotFound: there is no such run, or the record has not been there.
    """
    database = workspace.database
    database.settle()
    told = traces.record_events(database, run_id, record_id)
    calls = traces.calls_at(database, run_id, record_id, node)
    ended = _newest(event for event in told if event["record_id"] == record_id)
    here = {place: event for place, event in ended.items() if _is_at(place[0], node)}
    if not calls and not here:
        raise NotFound(f"Run {run_id} has nothing of this record at node '{node}' yet.")
    index = next(iter([*calls, *here.values()]))["record_index"]
    known = _Known(workspace, stored.find_run(database, run_id), told, (record_id, index))
    running = workspace.runner.is_running(run_id)
    places = dict.fromkeys([*((c["node"], c["visit"]) for c in calls), *here])
    visits = [
        _visit(place, here.get(place), [c for c in calls if (c["node"], c["visit"]) == place],
               known, is_running=running)
        for place in sorted(places, key=lambda place: _began(place, here, calls))
    ]  # fmt: skip
    return NodeTrace(run_id, record_id, index, node, tuple(visits))


def steps_of(workspace: Workspace, run_id: RunId, record_id: RecordId) -> list[tuple[str, int]]:
    """Where a record has been, as (node path, visit), in order.

    Visits are in the order in which they began. Skipped nodes are left out.
    """
    workspace.database.settle()
    told = traces.record_events(workspace.database, run_id, record_id)
    ended = _newest(event for event in told if event["record_id"] == record_id)
    been = [(e["started"], e["seq"], *place) for place, e in ended.items()
            if e["state"] != "skipped"]  # fmt: skip
    return [(node, visit) for _, _, node, visit in sorted(been)]


Place = tuple[str, int]


class _Known:
    """The variables that a record had when it came to a node."""

    def __init__(
        self,
        workspace: Workspace,
        run: Run,
        told: Sequence[Mapping[str, Any]],
        record: tuple[RecordId, int],
    ) -> None:
        load_parts()
        self._graph = workspace.runner.graph_of(run)
        own = [event["seq"] for event in told if event["record_id"] == record[0]]
        forked = min(own, default=0)
        self._told = [e for e in told if e["record_id"] == record[0] or e["seq"] < forked]
        row = _seed_row(workspace, run, self._graph, record)
        self._first = {**(row or {}), "record": record[1]}

    def read_by(self, node: str, visit: int, before: int | None) -> tuple[JsonObject, Any]:
        """The variables that a node's texts name, as they stood; and which are cut."""
        names = sorted(_names_read(self._graph, node))
        values: dict[str, Any] = {**self._first, "visit": visit}
        cut: dict[str, int] = {}
        for event in self._told:
            is_here = (event["node"], event["visit"]) == (node, visit)
            if is_here or (before is not None and event["seq"] > before):
                continue
            written = event["detail"].get("variables", {})
            cut = {n: c for n, c in cut.items() if n not in written}
            cut |= event["detail"].get("cut", {})
            values |= written
        roots = {name.partition(".")[0] for name in names}
        return (
            {name: _inside(values, name) for name in names},
            {name: length for name, length in cut.items() if name in roots},
        )


def _visit(
    place: Place,
    ended: Mapping[str, Any] | None,
    events: Sequence[Mapping[str, Any]],
    known: _Known,
    *,
    is_running: bool,
) -> VisitTrace:
    detail = ended["detail"] if ended else {}
    read, cut = known.read_by(*place, ended["seq"] if ended else None)
    return VisitTrace(
        node=place[0],
        visit=place[1],
        state=_state(ended["state"] if ended else "started", is_running=is_running),
        read=read,
        written=detail.get("variables", {}),
        cut={**cut, **detail.get("cut", {})},
        notes=tuple(detail.get("notes", ())),
        taken=tuple(detail["taken"]) if "taken" in detail else None,
        calls=tuple(calls_of(events)),
        seconds=ended["seconds"] if ended else 0.0,
        error_code=(ended and ended["error_code"]) or "",
        error=(ended and ended["error"]) or "",
    )


def _seed_row(
    workspace: Workspace, run: Run, graph: GraphSpec, record: tuple[RecordId, int]
) -> JsonObject | None:
    """The record's seed row, if it is kept or still stands where it stood."""
    record_id, index = record
    row = traces.seed_of_record(workspace.database, run.id, record_id)
    if row is not None or index >= ROWS_READ:
        return row
    rows, folder = StoreRows(workspace.database), Path(run.settings.folder)
    seeds = seeds_of(graph, folder, index + 1, on_set_aside=lambda _: None, stored=rows)
    try:
        seed = next(islice(seeds, index, None), None)
    except (GraspError, OSError):
        return None
    is_same = seed is not None and seed.record_id == record_id.partition("/")[0]
    return seed.row if seed is not None and is_same else None


def _names_read(graph: GraphSpec, node: str) -> frozenset[str]:
    """What the texts and conditions of a drawn node name; nothing inside of a subgraph."""
    drawn = graph.nodes.get(node)
    if drawn is None or drawn.kind not in KINDS:
        return frozenset()
    try:
        config = KINDS[drawn.kind].config.model_validate(drawn.fields)
        return config.variables_read() if isinstance(config, NodeConfig) else frozenset()
    except (ValidationError, GraspError):
        return frozenset()


def _newest(events: Iterable[Mapping[str, Any]]) -> dict[Place, Mapping[str, Any]]:
    """Ends by place: a visit that was made again counts as it ended last."""
    return {(event["node"], event["visit"]): event for event in events}


def _began(
    place: Place,
    ended: Mapping[Place, Mapping[str, Any]],
    calls: Sequence[Mapping[str, Any]],
) -> Any:
    event = ended.get(place)
    return event["started"] if event else next(
        c["started"] for c in calls if (c["node"], c["visit"]) == place
    )  # fmt: skip


def _is_at(path: str, node: str) -> bool:
    return path == node or path.startswith(f"{node}/")


def _inside(values: Mapping[str, Any], name: str) -> Any:
    """The value of a name, along its dots; None where there is none."""
    found: Any = values
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _state(stored_state: str, *, is_running: bool) -> SampleState:
    match stored_state:
        case "failed" | "done" | "skipped":
            return stored_state
        case _:
            return "running" if is_running else "unfinished"
