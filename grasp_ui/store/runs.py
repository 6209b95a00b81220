"""Runs and their events: kept as they happen, read as lists and sums."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from grasp_ui.errors import NotFound
from grasp_ui.model.event import NodeEnded, RecordEnded, RunEvent
from grasp_ui.model.run import Run, RunState, Used
from grasp_ui.model.selection import Selection
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import GraphVersion, RecordId, RunId
from grasp_ui.store.conversations import count
from grasp_ui.store.database import Database
from grasp_ui.store.jsontext import from_json
from grasp_ui.store.judge_calls import used_at_ends
from grasp_ui.store.rows import event_row, result_entries, run_row, tag_row, visits_row
from grasp_ui.store.tables import NEWEST_ENDS, Entry
from grasp_ui.store.tally import Tally
from grasp_ui.store.values import cells, run_of

_TOLD = (
    "(select *, 0 as place from event union all by name "
    "select * exclude (taken), 'node_ended' as kind from node_end where place > 0)"
)
"""Every event, with the visits that large runs keep together."""


def begin_run(db: Database, run: Run, *, failed_before: Iterable[RecordId] = ()) -> None:
    """Store that a run begins or goes on; its counts now follow its events.

    `failed_before` has the records whose newest end is a failure.
    """
    db.tallies[run.id] = Tally.of(run, failed_before)
    db.append([("run", run_row(run))], urgent=True)


def end_run(  # noqa: PLR0913 - the columns of one row, each said once
    db: Database,
    run_id: RunId,
    state: RunState,
    *,
    reason: str = "",
    ended: datetime,
    seconds: float = 0.0,
) -> None:
    """Store how a run ended, with what it came to in all.

    Raises:
        NotFound: no run of that id has begun.
    """
    changed = {"state": state, "reason": reason, "ended": ended, "seconds": seconds}
    run = find_run(db, run_id).model_copy(update=changed)
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
    return _as_they_stand(db, [run_of(row)])[0]


def recent_runs(db: Database, limit: int) -> list[Run]:
    """The newest runs by their start, newest first."""
    with db.cursor() as cursor:
        cursor.execute(
            "from run qualify row_number() over (partition by id order by seq desc) = 1 "
            "order by started desc, id limit ?",
            [limit],
        )
        found = [run_of(row) for row in cells(cursor)]
    return _as_they_stand(db, found)


def keep_event(
    db: Database,
    run_id: RunId,
    event: RunEvent,
    extra_tags: Sequence[Tag] = (),
    visits: Iterable[Sequence[NodeEnded]] = (),
) -> None:
    """Acknowledge an event, with all that a finished record leaves, or nothing.

    `visits` has how those ended that were not kept one by one: a sequence a record.

    Raises:
        StoreFailed: the store cannot be written.
    """
    entries = _packed(run_id, visits)
    entries.append(("event", event_row(run_id, event)))
    if isinstance(event, RecordEnded) and event.result is not None:
        entries += result_entries(event.result, run_id)
        entries += [("tag", tag_row(tag, run_id)) for tag in extra_tags]
    db.append(entries)
    tally = db.tallies.get(run_id)
    if tally is not None:
        tally.add(event)


def keep_visits(db: Database, run_id: RunId, visits: Iterable[Sequence[NodeEnded]]) -> None:
    """Acknowledge how visits ended that were not kept one by one: a sequence a record.

    Raises:
        StoreFailed: the store cannot be written.
    """
    if entries := _packed(run_id, visits):
        db.append(entries)


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
            f"select * exclude (place) from (from {_TOLD} where run_id = $run "
            "and ($node is null or node = $node) and ($record is null or record_index = $record) "
            "and ($kind is null or kind = $kind) order by seq desc, place desc "
            "limit $limit) order by seq, place",
            {"run": run_id, "node": node, "record": record_index, "kind": kind, "limit": limit},
        )
        return [
            {**row, "extra": from_json(row["extra"]), "detail": from_json(row["detail"])}
            for row in cells(cursor)
        ]


def sample_of(db: Database, version: GraphVersion, *, enough: int) -> Run | None:
    """The newest run of a graph version that can be a sample of others.

    It asked for every answer and ended `enough` records; where none has as many, the newest
    that ended any; None where no record has ended.
    """
    with db.cursor() as cursor:
        cursor.execute(
            "from run where graph_version = ? and done + failed > 0 "
            "and json_extract_string(settings, '$.recall.continues') is null "
            "and json_extract_string(settings, '$.recall.cache') is distinct from 'true' "
            "qualify row_number() over (partition by id order by seq desc) = 1 "
            "order by done + failed >= ? desc, started desc, id limit 1",
            [version, enough],
        )
        row = next(cells(cursor), None)
    return None if row is None else run_of(row)


def node_totals(
    db: Database, run_id: RunId, *, finished_only: bool = False
) -> dict[str, dict[str, Any]]:
    """By node: how often done, failed, skipped; what it used, the newest reply.

    A visit that was replayed counts once, as it ended last. With `finished_only` visits of
    records that are done count alone (calls, tokens and dollars all do).
    """
    finished = f"and record_id in (select record_id from {NEWEST_ENDS} where state = 'done') "
    with db.cursor() as cursor:
        cursor.execute(
            "with visit as (select node, record_id, visit, arg_max(state, seq) as state, "
            "arg_max(seconds, seq) as seconds, min(seq) as seq, min(place) as place from node_end "
            f"where run_id = $run {finished if finished_only else ''}"
            "group by all), "
            "visits as (select node, count(*) filter (state = 'done') as done, "
            "count(*) filter (state = 'failed') as failed, "
            "count(*) filter (state = 'skipped') as skipped, "
            "coalesce(sum(seconds) filter (state <> 'skipped'), 0) as seconds, "
            "min(seq) as seq, min(place) as place from visit group by node), "
            "calls as (select node, min(seq) as seq, "
            "count(*) filter (kind = 'call_ended') as calls, "
            "count(*) filter (kind = 'call_replayed') as replayed, "
            "coalesce(sum(prompt_tokens + completion_tokens), 0)::bigint as tokens, "
            "coalesce(sum(cost_usd), 0) as cost_usd, "
            "coalesce(arg_max(reply, seq), '') as text from event "
            "where run_id = $run and kind in ('call_ended', 'call_failed', 'call_replayed') "
            "group by node) "
            "select node, coalesce(done, 0) as done, coalesce(failed, 0) as failed, "
            "coalesce(skipped, 0) as skipped, coalesce(calls, 0) as calls, "
            "coalesce(replayed, 0) as replayed, coalesce(tokens, 0) as tokens, "
            "coalesce(cost_usd, 0) as cost_usd, coalesce(seconds, 0) as seconds, "
            "coalesce(text, '') as text from calls full join visits using (node) "
            "order by least(calls.seq, visits.seq), place",
            {"run": run_id},
        )
        return {row.pop("node"): row for row in cells(cursor)}


def verdict_counts(db: Database, run_id: RunId) -> tuple[int, int]:
    """How many conversations of a run are kept now, and how many are not."""
    everything = Selection(run_id=run_id)
    kept = count(db, everything.model_copy(update={"verdict": "keep"}))
    return kept, count(db, everything) - kept


def _packed(run_id: RunId, visits: Iterable[Sequence[NodeEnded]]) -> list[Entry]:
    return [("visits", visits_row(run_id, ended)) for ended in visits]


def _as_they_stand(db: Database, runs: Sequence[Run]) -> list[Run]:
    """Runs with what they have come to, and what judges used at their ends."""
    judges = used_at_ends(db, [run.id for run in runs])
    return [_counted(db, run, judges.get(run.id)) for run in runs]


def _counted(db: Database, run: Run, judges: Used | None) -> Run:
    tally = db.tallies.get(run.id)
    counted = run if tally is None else tally.on(run)
    return counted if judges is None else counted.model_copy(update={"judges": judges})
