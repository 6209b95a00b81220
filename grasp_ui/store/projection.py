"""What counts now: two tables, folded anew where something was said."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.effective import EffectiveTag, effective_tags, standing, verdict_of
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import ConversationId
from grasp_ui.store.columns import Row, insert
from grasp_ui.store.jsontext import to_json
from grasp_ui.store.tables import CURRENT, Schemas
from grasp_ui.store.values import Cells, cells, message_of, review_of, tag_of

JUDGING = frozenset(
    ("override", "keep", "reject", "edit", "rank", "tie", "both_bad", "adjudicate", "bulk")
)
"""Kinds of review event that make a conversation reviewed; notes and flags do not."""
NEWEST = 2**63 - 1
_AT_ONCE = 2_000
Current = Mapping[str, list[Row]]
"""Rows for each table of `CURRENT`."""


@dataclass(slots=True)
class Said:
    """One conversation's messages, and all that was said about it."""

    messages: list[Message] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    reviews: list[ReviewEvent] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of a batch by table, each behind its sequence number."""

    rows: Mapping[str, Sequence[Row]]
    schemas: Schemas

    def column(self, table: str, name: str) -> list[Any]:
        """One cell of each row, from a column that every row has."""
        place = self.schemas[table].names.index(name)
        return [row[place] for row in self.rows.get(table, ())]

    def cells(self, table: str, conversations: Collection[str]) -> Iterator[Cells]:
        """The rows about `conversations`, by column name."""
        names = self.schemas[table].names
        about = self.column(table, "conversation_id")
        for conversation_id, row in zip(about, self.rows.get(table, ()), strict=True):
            if conversation_id in conversations:
                yield dict(zip(names, row, strict=False))


def project(
    cursor: duckdb.DuckDBPyConnection, rows: Mapping[str, Sequence[Row]], schemas: Schemas
) -> None:
    """Bring both tables up to date with a batch that was just inserted."""
    batch = Batch(rows, schemas)
    fresh = set(batch.column("conversation", "id"))
    tagged = set(batch.column("tag", "conversation_id"))
    reviewed = set(batch.column("review", "conversation_id"))
    _insert(cursor, _untouched(batch, fresh - tagged - reviewed), schemas)
    _insert(cursor, fold(_said_in(batch, fresh & tagged - reviewed)), schemas)
    again = (tagged - fresh) | reviewed
    if again:
        current = fold(said_about(cursor, again))
        _replace(cursor, again, current, schemas)


def fold(said: Mapping[ConversationId, Said]) -> Current:
    """The rows that follow from what was said, as docs/semantics.md has it."""
    tags: list[Row] = []
    threads: list[Row] = []
    for conversation_id, one in said.items():
        effective = effective_tags(one.tags, one.reviews)
        tags.extend(_tag_row(tag) for tag in effective)
        threads.extend(_thread_rows(conversation_id, one, effective))
    return {"tag_current": tags, "thread_current": threads}


def said_about(
    cursor: duckdb.DuckDBPyConnection, touched: Collection[str], *, until: int = NEWEST
) -> dict[ConversationId, Said]:
    """What the tables hold about the conversations `touched`, up to a sequence number."""
    said = {ConversationId(each): Said() for each in touched}
    for row in _about(cursor, "message", said, NEWEST):
        said[row["conversation_id"]].messages.append(message_of(row))
    for row in _about(cursor, "tag", said, until):
        said[row["conversation_id"]].tags.append(tag_of(row))
    for row in _about(cursor, "review", said, until):
        said[row["conversation_id"]].reviews.append(review_of(row))
    return said


def rebuild(cursor: duckdb.DuckDBPyConnection, schemas: Schemas) -> None:
    """Make both tables anew from messages, tags and reviews, in one transaction."""
    for table in CURRENT:
        cursor.execute(f"delete from {table}")
    known = cursor.execute(
        "select id from conversation union select conversation_id from tag "
        "union select conversation_id from review"
    ).fetchall()
    for start in range(0, len(known), _AT_ONCE):
        some = [row[0] for row in known[start : start + _AT_ONCE]]
        _insert(cursor, fold(said_about(cursor, some)), schemas)


def _about(
    cursor: duckdb.DuckDBPyConnection, table: str, touched: Collection[str], until: int
) -> Iterator[Cells]:
    return cells(
        cursor.execute(
            f"from {table} where conversation_id in (select unnest(?::varchar[])) "
            "and seq <= ? order by seq",
            [list(touched), until],
        )
    )


def _said_in(batch: Batch, conversations: Collection[str]) -> dict[ConversationId, Said]:
    """What a batch itself says about conversations that came with it."""
    said = {ConversationId(each): Said() for each in conversations}
    if said:
        for row in batch.cells("message", conversations):
            said[row["conversation_id"]].messages.append(message_of(row))
        for row in batch.cells("tag", conversations):
            said[row["conversation_id"]].tags.append(tag_of(row))
    return said


def _untouched(batch: Batch, conversations: Collection[str]) -> Current:
    """What the fold gives where nothing was said: every thread is kept with a score of 1."""
    if not conversations:
        return {}
    about, ids = batch.column("message", "conversation_id"), batch.column("message", "id")
    parents = set(batch.column("message", "parent_id"))
    threads: list[Row] = [
        (conversation_id, leaf, "keep", "[]", 1.0, False)
        for conversation_id, leaf in zip(about, ids, strict=True)
        if leaf not in parents and conversation_id in conversations
    ]
    return {"thread_current": threads}


def _thread_rows(
    conversation_id: ConversationId, said: Said, effective: tuple[EffectiveTag, ...]
) -> Iterator[Row]:
    tree = Conversation(id=conversation_id, messages=tuple(said.messages))
    reviewed = any(event.kind in JUDGING for event in standing(said.reviews))
    for thread in tree.threads():
        verdict = verdict_of(thread, effective, said.reviews)
        reasons = to_json(verdict.reasons)
        yield (conversation_id, thread.leaf_id, verdict.state, reasons, verdict.score, reviewed)


def _tag_row(tag: EffectiveTag) -> Row:
    target = tag.target
    return (
        target.conversation_id, target.kind, target.id, tag.name, tag.element,
        None if tag.value is None else to_json(tag.value), tag.score, tag.action, tag.source,
        tag.author, tag.version, tag.reason, tag.disputed,
    )  # fmt: skip


def _replace(
    cursor: duckdb.DuckDBPyConnection, touched: Collection[str], current: Current, schemas: Schemas
) -> None:
    for table in CURRENT:
        cursor.execute(
            f"delete from {table} where conversation_id in (select unnest(?::varchar[]))",
            [list(touched)],
        )
    _insert(cursor, current, schemas)


def _insert(cursor: duckdb.DuckDBPyConnection, current: Current, schemas: Schemas) -> None:
    for table, rows in current.items():
        if rows:
            insert(cursor, table, schemas[table], rows)
