"""Versions of a drawing: name one, list them, read one again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from grasp_ui.errors import NotFound
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.value import GraphId, GraphVersion, RunId
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.graphs import open_graph
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import graphs as stored_graphs
from grasp_ui.store import runs as stored_runs
from grasp_ui.store import snapshots as stored

MOST = 50
"""How many versions of each source are listed."""
Source = Literal["snapshot", "run", "save"]


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """One state of a drawing to look at and restore; `kept` is naive UTC.

    `key` names it in an address: `snapshot.12`, `save.9`, `run.RUN`. `runs` and `records` say
    how often it ran and what came of it; `run_id` is the newest of these runs.
    """

    key: str
    source: Source
    name: str
    version: GraphVersion
    kept: datetime
    runs: int = 0
    records: int = 0
    run_id: RunId | None = None


def keep_snapshot(workspace: Workspace, graph_id: GraphId, name: str) -> KeptVersion:
    """Keep the drawing as it is now under a name.

    Raises:
        NotFound: there is no such graph.
    """
    return keep_text(workspace, graph_id, open_graph(workspace, graph_id).text, name)


def keep_text(workspace: Workspace, graph_id: GraphId, text: str, name: str) -> KeptVersion:
    """Keep any text of a graph under a name; the drawing stays as it is."""
    spec, now = read_graph(text), datetime.now(UTC).replace(tzinfo=None)
    called = " ".join(name.split()) or "Untitled"
    seq = stored.keep_snapshot(
        workspace.database, graph_id, spec.version, spec.title, text, at=now, name=called
    )
    return KeptVersion(f"snapshot.{seq}", "snapshot", called, spec.version, now)


def list_versions(workspace: Workspace, graph_id: GraphId) -> list[KeptVersion]:
    """Named snapshots, versions that runs used and earlier saves, newest first.

    At most 50 runs' versions and 50 saves; snapshots all.
    """
    return sorted(
        (
            *_snapshots(workspace, graph_id),
            *_runs(workspace, graph_id),
            *_saves(workspace, graph_id),
        ),
        key=lambda one: one.kept,
        reverse=True,
    )


def version_text(workspace: Workspace, key: str) -> str:
    """The graph file of a listed version.

    Raises:
        NotFound: there is no version of that key.
    """
    source, _, name = key.partition(".")
    if source == "run":
        run = stored_runs.find_run(workspace.database, RunId(name))
        as_it_ran = stored.saved_text(workspace.database, GraphId(f"run/{run.id}"))
        return as_it_ran or stored_graphs.graph_text(workspace.database, run.graph_version)
    if source in ("snapshot", "save") and name.isdecimal():
        return stored.snapshot_text(workspace.database, int(name))
    raise NotFound(f"There is no version '{key}'. Choose one that is listed.")


def version_spec(workspace: Workspace, key: str) -> GraphSpec:
    """The graph of a listed version.

    Raises:
        NotFound: there is no version of that key.
    """
    return read_graph(version_text(workspace, key))


def placed_like(version: GraphSpec, now: GraphSpec) -> GraphSpec:
    """`version` with nodes that it has no place for where they stand now."""
    known = {name: place for name, place in now.layout.items() if name in version.nodes}
    return version.model_copy(update={"layout": {**known, **version.layout}})


def _snapshots(workspace: Workspace, graph_id: GraphId) -> list[KeptVersion]:
    return [
        KeptVersion(f"snapshot.{row['seq']}", "snapshot", row["name"], row["version"], row["kept"])
        for row in stored.snapshots_of(workspace.database, graph_id)
    ]


def _saves(workspace: Workspace, graph_id: GraphId) -> list[KeptVersion]:
    return [
        KeptVersion(f"save.{row['seq']}", "save", "Saved", row["version"], row["kept"])
        for row in stored.saves_of(workspace.database, graph_id, MOST)
    ]


def _runs(workspace: Workspace, graph_id: GraphId) -> list[KeptVersion]:
    return [
        KeptVersion(
            key=f"run.{row['run_id']}",
            source="run",
            name="Ran",
            version=row["version"],
            kept=row["started"],
            runs=row["runs"],
            records=row["records"],
            run_id=row["run_id"],
        )
        for row in stored.versions_run(workspace.database, graph_id, MOST)
    ]
