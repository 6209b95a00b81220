"""Fingerprints of conversations: made once for each, read back as columns."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

import duckdb

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.fingerprint import Fingerprints, Meanings
from grasp_ui.model.value import ConversationId
from grasp_ui.store.columns import offer, schema_of
from grasp_ui.store.database import Database
from grasp_ui.store.projection import NEWEST
from grasp_ui.store.values import cells, message_of

_AT_ONCE = 2_000
_MISSING = (
    "select id, seq, seq + message_count from conversation where seq <= ? and id not in "
    "(select conversation_id from {table} where recipe = ?) order by seq"
)
_KNOWN = (
    "select {columns} from {table} f join conversation c on c.id = f.conversation_id "
    "where f.recipe = ? and c.seq <= ? order by c.seq"
)
_ADDED = (
    "insert into {table} select * from fresh where conversation_id not in "
    "(select conversation_id from {table} where recipe = ?)"
)


def without_fingerprint(
    db: Database, recipe: str, *, until: int
) -> Iterator[tuple[Conversation, ...]]:
    """The conversations up to a sequence number that have none, in batches."""
    return _without(db, "fingerprint", recipe, until)


def without_meaning(db: Database, recipe: str, *, until: int) -> Iterator[tuple[Conversation, ...]]:
    """The conversations up to a sequence number without embedding, in batches."""
    return _without(db, "meaning", recipe, until)


def texts_of(db: Database, ids: Sequence[ConversationId]) -> list[Conversation]:
    """The messages of some conversations, and nothing else of them."""
    with db.cursor() as cursor:
        return list(_texts(cursor, ids)) if ids else []


def add_fingerprints(db: Database, recipe: str, made: Fingerprints) -> None:
    """Keep fingerprints; of a conversation that has one already it changes nothing."""
    about = (made.texts, made.prompts, made.ratios, made.minhashes)
    _add(db, "fingerprint", recipe, made.conversations, about)


def add_meanings(db: Database, recipe: str, made: Meanings) -> None:
    """Keep embeddings; of a conversation that has one already it changes nothing."""
    _add(db, "meaning", recipe, made.conversations, (made.vectors,))


def fingerprints(db: Database, recipe: str, *, until: int) -> Fingerprints:
    """All that `recipe` made of conversations up to a sequence number, in order."""
    columns = 'c.id, f."text", f.prompt, f.ratio, f.minhash'
    found = _columns(db, "fingerprint", columns, recipe, until)
    return Fingerprints(*(column.to_pylist() for column in found.columns))


def meanings(db: Database, recipe: str, *, until: int) -> Meanings:
    """All that `recipe` made of conversations up to a sequence number, in order."""
    found = _columns(db, "meaning", "c.id, f.vector", recipe, until)
    return Meanings(*(column.to_pylist() for column in found.columns))


def _without(
    db: Database, table: str, recipe: str, until: int
) -> Iterator[tuple[Conversation, ...]]:
    with db.cursor() as cursor:
        rows = cursor.execute(_MISSING.format(table=table), [until, recipe]).fetchall()
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            # They follow each other: the bounds let DuckDB skip the rest.
            between = (some[0][1], max(row[2] for row in some))
            yield tuple(_texts(cursor, [row[0] for row in some], between))


def _texts(
    cursor: duckdb.DuckDBPyConnection, ids: Sequence[str], between: tuple[int, int] = (0, NEWEST)
) -> Iterator[Conversation]:
    messages: dict[str, list[Message]] = {one: [] for one in ids}
    cursor.execute(
        "from message where conversation_id in (select unnest(?::varchar[])) "
        "and seq between ? and ? order by seq",
        [list(ids), *between],
    )
    for row in cells(cursor):
        messages[row["conversation_id"]].append(message_of(row))
    for one, said in messages.items():
        yield Conversation(id=ConversationId(one), messages=tuple(said))


def _columns(db: Database, table: str, columns: str, recipe: str, until: int) -> Any:
    """The answer as a table of pyarrow's."""
    with db.cursor() as cursor:
        query = _KNOWN.format(table=table, columns=columns)
        return cursor.execute(query, [recipe, until]).to_arrow_table()


def _add(
    db: Database,
    table: str,
    recipe: str,
    conversations: Sequence[ConversationId],
    about: Iterable[Sequence[Any]],
) -> None:
    rows = list(zip(conversations, repeat(recipe), *about, strict=False))
    with db.writing() as cursor:
        offer(cursor, "fresh", schema_of(cursor, table), rows)
        cursor.execute(_ADDED.format(table=table), [recipe])
        cursor.unregister("fresh")
