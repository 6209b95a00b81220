"""Conversations with everything said about them, read for a page at a time."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import duckdb

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.edits import edited
from grasp_ui.model.effective import effective_tags, verdict_of
from grasp_ui.model.preference import Preference
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag
from grasp_ui.store.projection import NEWEST
from grasp_ui.store.values import (
    Cells,
    cells,
    conversation_of,
    message_of,
    preference_of,
    review_of,
    tag_of,
)

Said = TypeVar("Said", Message, Preference, Tag, ReviewEvent)


def load(
    cursor: duckdb.DuckDBPyConnection, ids: Sequence[str], *, as_of: int | None = None
) -> list[TaggedConversation]:
    """The conversations of `ids`, in that order, with what was said up to `as_of`."""
    if not ids:
        return []
    until = NEWEST if as_of is None else as_of
    rows = list(
        cells(
            cursor.execute(
                "from conversation where id in (select unnest(?::varchar[]))", [list(ids)]
            )
        )
    )
    first = min((row["seq"] for row in rows), default=0)
    last = max((row["seq"] + row["message_count"] for row in rows), default=0)
    # Messages stand right behind their conversation: the bounds let DuckDB skip the rest.
    read = partial(_by_conversation, cursor, ids)
    messages = read("message", message_of, between=(first, last))
    preferences = read("preference", preference_of, between=(first, until))
    tags = read("tag", tag_of, between=(first, until))
    reviews = read("review", review_of, between=(0, until))
    found = {
        row["id"]: tagged(
            conversation_of(row, messages[row["id"]]),
            tags=tags[row["id"]],
            reviews=reviews[row["id"]],
            preferences=preferences[row["id"]],
        )
        for row in rows
    }
    return [found[each] for each in ids if each in found]


def tagged(
    conversation: Conversation,
    *,
    tags: Sequence[Tag],
    reviews: Sequence[ReviewEvent],
    preferences: Sequence[Preference],
) -> TaggedConversation:
    """A conversation as people left it, what was said of it, and what counts."""
    effective = effective_tags(tags, reviews)
    as_left, changed = edited(conversation, reviews)
    return TaggedConversation(
        conversation=as_left,
        tags=tuple(tags),
        reviews=tuple(reviews),
        effective=effective,
        preferences=tuple(preferences),
        verdicts={
            thread.leaf_id: verdict_of(thread, effective, reviews) for thread in as_left.threads()
        },
        edited=changed,
    )


def _by_conversation(
    cursor: duckdb.DuckDBPyConnection,
    ids: Sequence[str],
    table: str,
    value_of: Callable[[Cells], Said],
    *,
    between: tuple[int, int],
) -> dict[str, list[Said]]:
    cursor.execute(
        f"from {table} where conversation_id in (select unnest(?::varchar[])) "
        "and seq between ? and ? order by seq",
        [list(ids), *between],
    )
    found: dict[str, list[Said]] = defaultdict(list)
    for row in cells(cursor):
        found[row["conversation_id"]].append(value_of(row))
    return found
