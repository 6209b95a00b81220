"""What nodes did in a run: who came to a node, and what happened there."""

from typing import Any, NamedTuple

from grasp_ui.model.value import JsonObject, RecordId, RunId
from grasp_ui.store.database import Database
from grasp_ui.store.jsontext import from_json
from grasp_ui.store.values import cells

_HERE = "(node = $node or starts_with(node, $node || '/'))"


class Sample(NamedTuple):
    """A record at a node: how it fares there. `started` has not ended, and may never."""

    record_id: RecordId
    record_index: int
    state: str


def samples_at(
    db: Database, run_id: RunId, node: str, *, limit: int, index: int | None = None
) -> list[Sample]:
    """Records that came to `node` or inside of it: newest failures first.

    A visit that was made again counts as it ended last; with `index` that record alone.
    """
    with db.cursor() as cursor:
        rows = cursor.execute(
            "with told as (select record_id, record_index, node, visit, "
            "arg_max(state, seq) as state, max(seq) as seq from node_end "
            f"where run_id = $run and {_HERE} group by all), "
            "asked as (select record_id, record_index, null as state, max(seq) as seq from event "
            "where run_id = $run and kind in ('call_ended', 'call_failed', 'call_replayed') "
            f"and {_HERE} group by all), "
            "seen as (select record_id, record_index, state, seq from told "
            "union all select record_id, record_index, state, seq from asked), "
            "sample as (select record_id, any_value(record_index) as record_index, "
            "case when bool_or(state = 'failed') then 'failed' "
            "when bool_or(state = 'done') then 'done' "
            "when bool_or(state = 'skipped') then 'skipped' else 'started' end as state, "
            "max(seq) as seq from seen group by record_id) "
            "select record_id, record_index, state from sample "
            "where $index is null or record_index = $index "
            "order by state <> 'failed', case when state = 'failed' then -seq else record_index "
            "end, record_id limit $limit",
            {"run": run_id, "node": node, "limit": limit, "index": index},
        ).fetchall()
    return [Sample(*row) for row in rows]


def record_events(db: Database, run_id: RunId, record_id: RecordId) -> list[dict[str, Any]]:
    """How the visits of a record ended, oldest first.

    Those of the record that it forked from are among them. `detail` comes as a value.
    """
    root = record_id.partition("/")[0]
    with db.cursor() as cursor:
        cursor.execute(
            "select seq, record_id, record_index, node, visit, state, detail, error_code, error, "
            "started, seconds from node_end where run_id = ? and record_id in (?, ?) "
            "order by seq, place",
            [run_id, record_id, root],
        )
        return [{**row, "detail": from_json(row["detail"])} for row in cells(cursor)]


def calls_at(
    db: Database, run_id: RunId, record_id: RecordId, node: str | None = None
) -> list[dict[str, Any]]:
    """Every attempt of a record's calls at `node` and inside of it, oldest first.

    Without `node` those of all nodes. `extra` and `detail` come as values.
    """
    with db.cursor() as cursor:
        cursor.execute(
            "from event where run_id = $run and record_id = $record "
            "and kind in ('call_ended', 'call_failed', 'call_replayed') "
            f"and ($node is null or {_HERE}) order by seq",
            {"run": run_id, "record": record_id, "node": node},
        )
        return [
            {**row, "extra": from_json(row["extra"]), "detail": from_json(row["detail"])}
            for row in cells(cursor)
        ]


def seed_of_record(db: Database, run_id: RunId, record_id: RecordId) -> JsonObject | None:
    """The seed row of a record that left a conversation; None where it left none."""
    with db.cursor() as cursor:
        row = cursor.execute(
            "select seed from conversation where run_id = ? and record_id = ? limit 1",
            [run_id, record_id],
        ).fetchone()
    found: JsonObject | None = from_json(row[0]) if row else None
    return found
