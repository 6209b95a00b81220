"""Runs and their events: kept as they happen, read as lists and sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grasp_ui.errors import NotFound
from grasp_ui.model.event import CallEnded, RecordEnded, RunEvent
from grasp_ui.model.run import Run, RunState
from grasp_ui.model.selection import Selection
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import RunId
from grasp_ui.store.conversations import count
from grasp_ui.store.database import Database
from grasp_ui.store.jsontext import from_json
from grasp_ui.store.rows import event_row, result_entries, run_row, tag_row
from grasp_ui.store.tables import Entry
from grasp_ui.store.tally import Tally
from grasp_ui.store.values import answer_of, cells, run_of


@dataclass(frozen=True, slots=True)
class Failure:
    """Records that failed alike: at one node, for one class of reason."""

    error_code: str
    node: str
    count: int
    example: str


def begin_run(db: Database, run: Run) -> None:
    """Store that a run begins; until `end_run` its counts follow its events."""
    db.tallies[run.id] = Tally.of(run)
    db.append([("run", run_row(run))], urgent=True)


def end_run(
    db: Database, run_id: RunId, state: RunState, *, reason: str = "", ended: datetime
) -> None:
    """Store how a run ended, with what it came to.

    Raises:
        NotFound: no run of that id has begun.
    """
    run = find_run(db, run_id).model_copy(update={"state": state, "reason": reason, "ended": ended})
    db.tallies.pop(run_id, None)
    db.append([("run", run_row(run))], urgent=True)


def find_run(db: Database, run_id: RunId) -> Run:
    """The run as it stands; the counts of one that goes on are those of this moment.

    Raises:
        NotFound: there is no such run.
    """
    with db.cursor() as cursor:
        cursor.execute("from run where id = ? order by seq desc limit 1", [run_id])
        row = next(cells(cursor), None)
    if row is None:
        raise NotFound(f"There is no run '{run_id}' in this store. It may be in another file.")
    return _as_it_stands(db, run_of(row))


def recent_runs(db: Database, limit: int) -> list[Run]:
    """The newest runs by their start, newest first."""
    with db.cursor() as cursor:
        cursor.execute(
            "from run qualify row_number() over (partition by id order by seq desc) = 1 "
            "order by started desc, id limit ?",
            [limit],
        )
        return [_as_it_stands(db, run_of(row)) for row in cells(cursor)]


def keep_event(
    db: Database, run_id: RunId, event: RunEvent, extra_tags: Sequence[Tag] = ()
) -> None:
    """Acknowledge an event, with all that a finished record leaves, or nothing.

    Raises:
        StoreFailed: the store cannot be written.
    """
    entries: list[Entry] = [("event", event_row(run_id, event))]
    if isinstance(event, RecordEnded) and event.result is not None:
        entries += result_entries(event.result, run_id)
        entries += [("tag", tag_row(tag, run_id)) for tag in extra_tags]
    db.append(entries)
    tally = db.tallies.get(run_id)
    if tally is not None:
        tally.add(event)


def events_of(  # noqa: PLR0913 - each filter is a question of its own
    db: Database,
    run_id: RunId,
    *,
    node: str | None = None,
    record_index: int | None = None,
    kind: str | None = None,
    limit: int = 200,
) -> list[dict[str, Any]]:
    """The newest events that match, oldest first; `extra` and `detail` as values.

    An event has the columns of the table; those that its kind has no use for are None.
    """
    with db.cursor() as cursor:
        cursor.execute(
            "from (from event where run_id = $run and ($node is null or node = $node) "
            "and ($record is null or record_index = $record) "
            "and ($kind is null or kind = $kind) order by seq desc limit $limit) order by seq",
            {"run": run_id, "node": node, "record": record_index, "kind": kind, "limit": limit},
        )
        return [
            {**row, "extra": from_json(row["extra"]), "detail": from_json(row["detail"])}
            for row in cells(cursor)
        ]


def failures_of(db: Database, run_id: RunId) -> list[Failure]:
    """Why records failed, the most frequent reason first, each with its first message."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            "select coalesce(error_code, 'failed'), coalesce(node, ''), count(*), "
            "coalesce(arg_min(error, seq), '') from event "
            "where run_id = ? and kind = 'record_ended' and state = 'failed' "
            "group by 1, 2 order by 3 desc, 1, 2",
            [run_id],
        ).fetchall()
    return [Failure(*row) for row in rows]


def failed_records(db: Database, run_id: RunId) -> int:
    """How many records of a run failed."""
    return sum(failure.count for failure in failures_of(db, run_id))


def answers_of(db: Database, run_id: RunId) -> dict[str, CallEnded]:
    """Every answered call of a run by its key: what a resumed run need not pay again."""
    with db.cursor() as cursor:
        cursor.execute("from event where run_id = ? and kind = 'call_ended' order by seq", [run_id])
        return {row["key"]: answer_of(row) for row in cells(cursor)}


def node_totals(db: Database, run_id: RunId) -> dict[str, dict[str, Any]]:
    """By node: how often done, failed, skipped; calls, seconds, the newest reply."""
    with db.cursor() as cursor:
        cursor.execute(
            "select node, count(*) filter (kind = 'node_ended' and state = 'done') as done, "
            "count(*) filter (kind = 'node_ended' and state = 'failed') as failed, "
            "count(*) filter (kind = 'node_ended' and state = 'skipped') as skipped, "
            "count(*) filter (kind = 'call_ended') as calls, "
            "coalesce(sum(seconds) filter (kind = 'node_ended' and state <> 'skipped'), 0) "
            "as seconds, coalesce(arg_max(reply, seq) filter (kind = 'call_ended'), '') as text "
            "from event where run_id = ? and node is not null and kind <> 'record_ended' "
            "group by node order by min(seq)",
            [run_id],
        )
        return {row.pop("node"): row for row in cells(cursor)}


def verdict_counts(db: Database, run_id: RunId) -> tuple[int, int]:
    """How many conversations of a run are kept now, and how many are not."""
    everything = Selection(run_id=run_id)
    kept = count(db, everything.model_copy(update={"verdict": "keep"}))
    return kept, count(db, everything) - kept


def _as_it_stands(db: Database, run: Run) -> Run:
    tally = db.tallies.get(run.id)
    return run if tally is None else tally.on(run)
