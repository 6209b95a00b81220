"""Conversations of two runs side by side: those of the same record."""

from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import RunId
from grasp_ui.store.database import Database
from grasp_ui.store.loading import load

_PAIRS = """
    with own as (
        select id, run_id, record_index, seed,
            row_number() over (partition by run_id, record_index order by seq) as fork
        from conversation where run_id in ($one, $other)
    ),
    pair as (
        select a.id as one_id, b.id as other_id, a.record_index, a.fork,
            a.seed is not distinct from b.seed as same_seed
        from own a join own b using (record_index, fork)
        where a.run_id = $one and b.run_id = $other
    )"""
Pair = tuple[TaggedConversation, TaggedConversation, bool]
"""The conversation of one run, that of the other, and whether both came from the same seed."""


def count_pairs(db: Database, one: RunId, other: RunId) -> int:
    """How many records have a conversation in both runs; forks count beside them."""
    with db.cursor() as cursor:
        found = cursor.execute(
            f"{_PAIRS} select count(*) from pair", {"one": one, "other": other}
        ).fetchone()
    return int(found[0]) if found else 0


def pairs_of(
    db: Database, one: RunId, other: RunId, *, offset: int = 0, limit: int = 10
) -> list[Pair]:
    """One page of the pairs, by record; forks of a record are paired in their order."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            f"{_PAIRS} select one_id, other_id, same_seed from pair "
            "order by record_index, fork limit $limit offset $offset",
            {"one": one, "other": other, "limit": limit, "offset": offset},
        ).fetchall()
        ids = [name for row in rows for name in row[:2]]
        found = {tagged.conversation.id: tagged for tagged in load(cursor, ids)}
    return [(found[first], found[second], alike) for first, second, alike in rows]
