"""Conversations: found by a selection, a page at a time or as a stream."""

from collections.abc import Iterable, Iterator

from grasp_ui.errors import NotFound
from grasp_ui.model.event import RecordResult
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.value import ConversationId, RecordId
from grasp_ui.store.database import Database
from grasp_ui.store.loading import load
from grasp_ui.store.rows import result_entries
from grasp_ui.store.selecting import current_tables, execute_selection, order_of

_AT_ONCE = 1_000


def add_conversations(db: Database, results: Iterable[RecordResult]) -> int:
    """Acknowledge conversations that no run of ours made (imports); returns how many.

    Each is one unit with its messages, preferences and tags.
    """
    added = 0
    for result in results:
        db.wait_for_room()
        db.append(result_entries(result))
        added += 1
    return added


def contents_of(
    db: Database, ids: Iterable[ConversationId]
) -> dict[ConversationId, RecordId | None]:
    """Those of `ids` that are stored; imported ones with the hash of what was read."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            "select id, record_id from conversation where id in (select unnest(?))", [list(ids)]
        ).fetchall()
    return dict(rows)


def find(
    db: Database, selection: Selection, *, offset: int = 0, limit: int = 50
) -> list[TaggedConversation]:
    """One page of what `selection` means, in its order; pages do not overlap."""
    with db.cursor() as cursor:
        tail = f"{order_of(selection)} limit {int(limit)} offset {int(offset)}"
        tables = current_tables(cursor, selection.as_of, db.schemas)
        rows = execute_selection(cursor, "c.id", selection, tables=tables, tail=tail).fetchall()
        return load(cursor, [row[0] for row in rows], as_of=selection.as_of)


def count(db: Database, selection: Selection) -> int:
    """How many conversations `selection` means."""
    with db.cursor() as cursor:
        tables = current_tables(cursor, selection.as_of, db.schemas)
        row = execute_selection(cursor, "count(*)", selection, tables=tables).fetchone()
    return int(row[0]) if row else 0


def read_conversation(db: Database, conversation_id: ConversationId) -> TaggedConversation:
    """One conversation with everything said about it.

    Raises:
        NotFound: there is no such conversation.
    """
    with db.cursor() as cursor:
        found = load(cursor, [conversation_id])
    if not found:
        raise NotFound(f"There is no conversation '{conversation_id}' in this store.")
    return found[0]


def stream(
    db: Database, selection: Selection, *, by_record: bool = False
) -> Iterator[TaggedConversation]:
    """All that `selection` means, oldest first, as it stood when the stream began.

    With `by_record` in the order of records, which is the same however fast each one was.

    Everything acknowledged before is in it, nothing that comes while it is read. Memory does
    not grow with the number of conversations.
    """
    db.settle()
    as_of = db.loaded_seq if selection.as_of is None else min(selection.as_of, db.loaded_seq)
    bounded = selection.model_copy(update={"as_of": as_of})
    with db.cursor() as picks, db.cursor() as details:
        tables = current_tables(picks, as_of, db.schemas)
        tail = f"order by {'c.record_index, ' if by_record else ''}c.seq"
        execute_selection(picks, "c.id", bounded, tables=tables, tail=tail)
        while rows := picks.fetchmany(_AT_ONCE):
            yield from load(details, [row[0] for row in rows], as_of=as_of)
