"""One real record's values, to show a prompt as a model would get it."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from grasp_ui.errors import GraspError
from grasp_ui.model.conversation import Conversation
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.selection import Selection
from grasp_ui.model.value import GraphId, JsonObject, RunId
from grasp_ui.services.planning import seed_rows
from grasp_ui.services.stored_rows import FirstRows
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.conversations import find, read_conversation
from grasp_ui.store.run_records import (
    RunRecords,
    conversation_of_record,
    nearest_record,
    record_beside,
    records_of_run,
)
from grasp_ui.store.runs import recent_runs
from grasp_ui.text.templates import InvalidTemplate, UnknownVariable, template

RECENT = 50
MOST_ROWS = 100
"""How many rows of the seeds can be looked at."""
MOST_LETTERS = 20_000
"""What a preview shows of a filled text; a form is sent anew with every edit."""
NO_ROW = "The seeds cannot be read, or have no row: every place stays as it is written."


@dataclass(frozen=True, slots=True)
class Choice:
    """A record by its number, from 0, and how many steps from there."""

    record: int
    steps: int = 0


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """The values of one record, by variable, and in a few words which record it is.

    `has_seeds` is False where the seeds cannot be read, or have no row.
    """

    values: JsonObject
    source: str
    record: int = 0
    is_first: bool = True
    is_last: bool = True
    has_seeds: bool = True


@dataclass(frozen=True, slots=True)
class Drawing:
    """The graph whose seeds are read, as it is drawn now, and the folder of its file."""

    spec: GraphSpec
    folder: Path


def last_run(workspace: Workspace, graph_id: GraphId) -> RunId | None:
    """The newest of the last runs that is one of this graph; None where there is none."""
    runs = recent_runs(workspace.database, RECENT)
    return next((run.id for run in runs if run.graph_id == graph_id), None)


def sample_record(
    workspace: Workspace,
    drawing: Drawing,
    run_id: RunId | None = None,
    choice: Choice | None = None,
) -> SampleRecord:
    """The chosen record of what `run_id` finished, over the first row of seeds.

    Without a choice it is the newest one. Without a finished record it is a row of the seeds
    alone: the chosen one of the first 100.
    """
    workspace.database.settle()
    told = records_of_run(workspace.database, run_id) if run_id else None
    if run_id is None or told is None:
        return _of_seeds(workspace, drawing, choice or Choice(0))
    rows = _first_rows(workspace, drawing, 1)
    found = _left(workspace, run_id, choice)
    first: JsonObject = {**(rows[0] if rows else {}), "visit": 1}
    values = {**first, **found.seed, **found.variables, "record": found.record_index}
    return SampleRecord(
        values,
        _words(found.record_index, told, choice),
        record=found.record_index,
        is_first=found.record_index == told.first,
        is_last=found.record_index == told.last,
        has_seeds=bool(rows),
    )


def jinja_preview(values: JsonObject, text: str) -> str:
    """The Jinja `text` filled with a record's values, or why it cannot be."""
    try:
        filled = template(text, jinja=True)(values)
    except (InvalidTemplate, UnknownVariable) as error:
        return str(error)
    return filled if len(filled) <= MOST_LETTERS else f"{filled[:MOST_LETTERS]}…"


def _left(workspace: Workspace, run_id: RunId, choice: Choice | None) -> Conversation:
    """What the chosen record left, or the one nearest to it; without a choice the newest."""
    database = workspace.database
    near = nearest_record(database, run_id, choice.record) if choice else None
    if choice is not None and near is not None:
        record = record_beside(database, run_id, near, choice.steps)
        chosen = conversation_of_record(database, run_id, record)
        if chosen is not None:
            return read_conversation(database, chosen).conversation
    return find(database, Selection(run_id=run_id), limit=1)[0].conversation


def _words(record: int, told: RunRecords, choice: Choice | None) -> str:
    if choice and not choice.steps and choice.record != record:
        return f"Record {choice.record} of the run is not finished: this is record {record}."
    others = "the only one" if told.amount == 1 else f"one of {told.amount}"
    return f"Record {record} of the run, {others} that left a conversation."


def _of_seeds(workspace: Workspace, drawing: Drawing, choice: Choice) -> SampleRecord:
    wanted = min(max(choice.record + choice.steps, 0), MOST_ROWS - 1)
    rows = _first_rows(workspace, drawing, wanted + 2)
    if not rows:
        return SampleRecord({"record": 0, "visit": 1}, NO_ROW, has_seeds=False)
    at = min(wanted, len(rows) - 1)
    is_most = at == MOST_ROWS - 1
    begun = f"from row {at + 1} of the seeds" if drawing.spec.seeds else "without seeds"
    end = f" No more than {MOST_ROWS} rows are shown here." if is_most else ""
    return SampleRecord(
        {**rows[at], "record": at, "visit": 1},
        f"Record {at} as it begins, {begun}. What nodes write shows after a run.{end}",
        record=at,
        is_first=at == 0,
        is_last=is_most or at == len(rows) - 1,
    )


def _first_rows(workspace: Workspace, drawing: Drawing, most: int) -> list[JsonObject]:
    """As many rows as can be read; what is behind a fault is not."""
    rows: list[JsonObject] = []
    stored = FirstRows(workspace.database, most)
    try:
        rows.extend(islice(seed_rows(drawing.spec, drawing.folder, stored), most))
    except (GraspError, OSError):
        return rows
    return rows
