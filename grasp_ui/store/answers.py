"""Answers of the log: looked up for some records at a time, or by their request."""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from grasp_ui.errors import NotFound
from grasp_ui.llm.cache import Kept
from grasp_ui.llm.port import Reply
from grasp_ui.model.value import RecordId, RunId
from grasp_ui.store.database import Database
from grasp_ui.store.jsontext import from_json
from grasp_ui.store.values import Cells, cells

_COLUMNS = 'seq, run_id, record_id, node, visit, "key", reply, extra, finish_reason'


class Answer(NamedTuple):
    """A reply of the log, and whose call it answered."""

    seq: int
    run_id: RunId
    record_id: RecordId
    node: str
    visit: int
    key: str
    reply: Reply


def answers_of(db: Database, runs: Collection[RunId], records: Collection[int]) -> Iterator[Answer]:
    """Every answer that calls of `records` (by index) had in `runs`, oldest first."""
    if not records:
        return
    with db.cursor() as cursor:
        cursor.execute(
            f"select {_COLUMNS} from event "
            "where record_index in (select unnest($records::bigint[])) "
            "and list_contains($runs, run_id) and kind in ('call_ended', 'call_replayed') "
            "and record_index between $first and $last order by seq",
            {
                "runs": list(runs),
                "records": list(records),
                "first": min(records),
                "last": max(records),
            },
        )
        yield from (_answer(row) for row in cells(cursor))


def newest_answer(
    db: Database, run_id: RunId, node: str, record_index: int, *, candidate: int = 0
) -> Mapping[str, Any]:
    """The reply, extra and finish reason that a node's newest call of a record had.

    Raises:
        NotFound: the run's log has no such call.
    """
    with db.cursor() as cursor:
        cursor.execute(
            "select reply, extra, finish_reason from event where run_id = ? and node = ? "
            "and record_index = ? and candidate = ? and kind in ('call_ended', 'call_replayed') "
            "order by seq desc limit 1",
            [run_id, node, record_index, candidate],
        )
        row = next(cells(cursor), None)
    if row is None:
        raise NotFound(
            f"Run '{run_id}' has no reply of node '{node}' for record {record_index}, "
            f"candidate {candidate}. Choose a record that got that far."
        )
    return {**row, "extra": from_json(row["extra"])}


def request_index(db: Database, run_id: RunId) -> tuple[Sequence[int], Sequence[int]]:
    """Hashes of requests that other runs had answered, sorted, and their numbers.

    Sixteen bytes a call; equal hashes stand oldest first. What is answered later is not in it.
    """
    hashes, numbers = array("Q"), array("q")
    with db.cursor() as cursor:
        cursor.execute(
            "select md5_number_lower(request) as hash, seq from event "
            "where kind = 'call_ended' and run_id <> ? order by hash, seq",
            [run_id],
        )
        while rows := cursor.fetchmany(10_000):
            hashes.extend(row[0] for row in rows)
            numbers.extend(row[1] for row in rows)
    return hashes, numbers


def answers_around(db: Database, seq: int, reach: int) -> dict[int, Kept]:
    """The answered calls whose numbers are within `reach` of `seq`, by their number."""
    with db.cursor() as cursor:
        cursor.execute(
            "select seq, model, request, reply, extra, finish_reason from event "
            "where seq between ? and ? and kind = 'call_ended'",
            [seq - reach, seq + reach],
        )
        return {
            row["seq"]: Kept(row["model"], row["request"].encode(), _reply(row))
            for row in cells(cursor)
        }


def taken_from_cache(db: Database, run_id: RunId) -> list[int]:
    """The numbers of the answers that a run has taken from the cache."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            "select detail from event where run_id = ? and kind = 'call_replayed'", [run_id]
        ).fetchall()
    details = (from_json(row[0]) for row in rows)
    return [detail["seq"] for detail in details if detail["source"] == "cache"]


def _answer(row: Cells) -> Answer:
    same = {name: row[name] for name in Answer._fields if name != "reply"}
    return Answer(**same, reply=_reply(row))


def _reply(row: Cells) -> Reply:
    extra = from_json(row["extra"]) or {}
    return Reply(
        text=row["reply"],
        finish_reason=row["finish_reason"],
        top=tuple((str(token), float(logarithm)) for token, logarithm in extra.get("top", ())),
        reasoning=extra.get("reasoning"),
    )
