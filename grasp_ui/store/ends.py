"""How the records of a run ended; one that was tried again by its newest end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from grasp_ui.model.value import RecordId, RunId
from grasp_ui.store.database import Database
from grasp_ui.store.tables import NEWEST_ENDS


class End(NamedTuple):
    """A record's newest end; `error_code` and `node` say why and where it failed."""

    record_id: RecordId
    record_index: int
    state: Literal["done", "failed"]
    error_code: str
    node: str
    seq: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Records that failed alike: at one node, for one class of reason."""

    error_code: str
    node: str
    count: int
    example: str


class RecordUse(NamedTuple):
    """What one record used in all: calls sent, tokens, dollars, seconds of calls."""

    calls: float
    tokens: float
    usd: float
    seconds: float


def newest_ends(db: Database, run_id: RunId) -> Iterator[End]:
    """How each record of a run ended, in no order; those under way are not there."""
    with db.cursor() as cursor:
        cursor.execute(
            "select record_id, record_index, state, coalesce(error_code, 'failed'), "
            f"coalesce(node, ''), seq from {NEWEST_ENDS}",
            {"run": run_id},
        )
        while rows := cursor.fetchmany(2_000):
            yield from (End(*row) for row in rows)


def failures_of(db: Database, run_id: RunId) -> list[Failure]:
    """Why records failed, the most frequent reason first, each with its first message."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            "select coalesce(error_code, 'failed'), coalesce(node, ''), count(*), "
            f"coalesce(arg_min(error, seq), '') from {NEWEST_ENDS} where state = 'failed' "
            "group by 1, 2 order by 3 desc, 1, 2",
            {"run": run_id},
        ).fetchall()
    return [Failure(*row) for row in rows]


def failed_records(db: Database, run_id: RunId) -> int:
    """How many records of a run failed."""
    return sum(failure.count for failure in failures_of(db, run_id))


def uses_of_records(db: Database, run_id: RunId, *, limit: int) -> Sequence[RecordUse]:
    """What each record that ended used, failed ones too; the first `limit`.

    A record that had an answer from elsewhere is left out: it says nothing of a fresh one.
    """
    with db.cursor() as cursor:
        rows = cursor.execute(
            "select count(*) filter (kind in ('call_ended', 'call_failed')), "
            "coalesce(sum(prompt_tokens + completion_tokens), 0)::double, "
            "coalesce(sum(cost_usd), 0), "
            "coalesce(sum(seconds) filter (kind in ('call_ended', 'call_failed')), 0) "
            "from event where run_id = ? group by record_index "
            "having bool_or(kind = 'record_ended') and not bool_or(kind = 'call_replayed') "
            "order by record_index limit ?",
            [run_id, limit],
        ).fetchall()
    return [RecordUse(*row) for row in rows]


def attempts_of(db: Database, run_id: RunId) -> int:
    """How many calls a run has sent, answered or not."""
    with db.cursor() as cursor:
        row = cursor.execute(
            "select count(*) from event where run_id = ? and kind in ('call_ended', 'call_failed')",
            [run_id],
        ).fetchone()
    return int(row[0]) if row else 0
