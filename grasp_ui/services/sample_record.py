"""One real record's values, to show a prompt as a model would get it."""

from dataclasses import dataclass
from pathlib import Path

from grasp_ui.errors import GraspError
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.selection import Selection
from grasp_ui.model.value import GraphId, JsonObject, RunId
from grasp_ui.services.planning import seed_rows
from grasp_ui.services.stored_rows import FirstRows
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.conversations import find
from grasp_ui.store.runs import recent_runs

RECENT = 50


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """The values of one record, by variable, and in a few words which record it is.

    `has_seeds` is False where the seeds cannot be read, or have no row.
    """

    values: JsonObject
    source: str
    has_seeds: bool = True


def last_run(workspace: Workspace, graph_id: GraphId) -> RunId | None:
    """The newest of the last runs that is one of this graph; None where there is none."""
    runs = recent_runs(workspace.database, RECENT)
    return next((run.id for run in runs if run.graph_id == graph_id), None)


def sample_record(
    workspace: Workspace, spec: GraphSpec, folder: Path, run_id: RunId | None = None
) -> SampleRecord:
    """The newest record that `run_id` finished, over the first row of the seeds.

    Without a finished record it is the first row alone.
    """
    row = _first_row(workspace, spec, folder)
    first: JsonObject = {**(row or {}), "record": 0, "visit": 1}
    newest = find(workspace.database, Selection(run_id=run_id), limit=1) if run_id else []
    if not newest:
        return SampleRecord(
            first,
            "With the first row of the seeds. What nodes write shows after a run.",
            row is not None,
        )
    record = newest[0].conversation
    values = {**first, **record.seed, **record.variables, "record": record.record_index}
    return SampleRecord(
        values, f"With record {record.record_index} of the last run.", row is not None
    )


def _first_row(workspace: Workspace, spec: GraphSpec, folder: Path) -> JsonObject | None:
    try:
        return next(iter(seed_rows(spec, folder, FirstRows(workspace.database))), None)
    except (GraspError, OSError):
        return None
