"""Which records of a run left a conversation, and the one beside another."""

from typing import NamedTuple

from grasp_ui.model.value import ConversationId, RunId
from grasp_ui.store.database import Database


class RunRecords(NamedTuple):
    """How many records of a run left a conversation, and the first and last of them."""

    amount: int
    first: int
    last: int


def records_of_run(db: Database, run_id: RunId) -> RunRecords | None:
    """The records of a run that left a conversation; None where there is none."""
    with db.cursor() as cursor:
        row = cursor.execute(
            "select count(distinct record_index), min(record_index), max(record_index) "
            "from conversation where run_id = ?",
            [run_id],
        ).fetchone()
    return RunRecords(*row) if row and row[0] else None


def nearest_record(db: Database, run_id: RunId, record: int) -> int | None:
    """`record`, or the one nearest to it that left a conversation; the earlier of two."""
    with db.cursor() as cursor:
        row = cursor.execute(
            "select record_index from conversation where run_id = ? "
            "order by abs(record_index - ?), record_index limit 1",
            [run_id, record],
        ).fetchone()
    return int(row[0]) if row else None


def record_beside(db: Database, run_id: RunId, record: int, steps: int) -> int:
    """The record so many `steps` after `record`, before it below 0; at most the last."""
    side, order = (">", "asc") if steps > 0 else ("<", "desc")
    with db.cursor() as cursor:
        rows = cursor.execute(
            "select distinct record_index from conversation "
            f"where run_id = ? and record_index {side} ? order by record_index {order} limit ?",
            [run_id, record, abs(steps)],
        ).fetchall()
    return int(rows[-1][0]) if rows else record


def conversation_of_record(db: Database, run_id: RunId, record: int) -> ConversationId | None:
    """What a record left; of one with forks what it left itself."""
    with db.cursor() as cursor:
        row = cursor.execute(
            "select id from conversation where run_id = ? and record_index = ? "
            "order by length(record_id), seq limit 1",
            [run_id, record],
        ).fetchone()
    return ConversationId(row[0]) if row else None
