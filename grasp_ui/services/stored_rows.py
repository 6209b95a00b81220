"""Rows of the store as seeds: conversations of an earlier run, answers to a query."""

import tempfile
import weakref
from collections.abc import Callable, Iterator

import orjson

from grasp_ui.errors import NotFound
from grasp_ui.interchange.seed_source import Kept
from grasp_ui.model.conversation import Message, Thread
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.value import JsonObject, RunId
from grasp_ui.store import conversations
from grasp_ui.store.database import Database
from grasp_ui.store.jsontext import to_json
from grasp_ui.store.query import query_columns, stream_query
from grasp_ui.store.runs import find_run, recent_runs

LATEST = "latest"
IMPORTED = "imported"
ENDED = ("done", "stopped")
_VERDICTS = {"kept": "keep", "dropped": "drop", "all": None}
_LOOKED_AT = 1_000


class StoreRows:
    """What a run takes from the store: read once, when it is first asked for.

    The rows are put into a file without a name, so that they stay what they were however long a
    run goes on and whatever it stores, and no transaction is held open.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._spools: dict[object, Spool] = {}

    def of_run(self, run: str, *, kept: Kept, messages: bool) -> Iterator[JsonObject]:
        """One row a conversation, in the order of records: seed, variables, `messages`.

        `imported` stands for all that was imported.

        Raises:
            NotFound: there is no such run, or nothing was imported.
        """
        selection = _selection(self._database, run, kept)

        def read() -> Iterator[JsonObject]:
            for found in conversations.stream(self._database, selection, by_record=True):
                yield _row(found, with_messages=messages)

        return self._spooled((selection, messages), read)

    def of_query(self, sql: str) -> Iterator[JsonObject]:
        """The rows of a SELECT over the store.

        Raises:
            GraspError: it may not run, cannot be answered, or takes too much.
        """
        return self._spooled(sql, lambda: stream_query(self._database, sql))

    def query_columns(self, sql: str) -> tuple[str, ...]:
        """The columns of a SELECT, without running it.

        Raises:
            GraspError: it may not run, or cannot be answered.
        """
        return query_columns(self._database, sql)

    def _spooled(
        self, key: object, read: Callable[[], Iterator[JsonObject]]
    ) -> Iterator[JsonObject]:
        spool = self._spools.get(key)
        if spool is None:
            spool = self._spools[key] = Spool(read())
        yield from spool


class FirstRows(StoreRows):
    """For a look at the columns: the first conversations of a run, and no more."""

    def __init__(self, database: Database, most: int = 1) -> None:
        super().__init__(database)
        self._most = most

    def of_run(self, run: str, *, kept: Kept, messages: bool) -> Iterator[JsonObject]:
        """The rows of the first conversations.

        Raises:
            NotFound: there is no such run, or nothing was imported.
        """
        selection = _selection(self._database, run, kept)
        for found in conversations.find(self._database, selection, limit=self._most):
            yield _row(found, with_messages=messages)


class Spool:
    """Rows in a file without a name, to be read any number of times."""

    def __init__(self, rows: Iterator[JsonObject]) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the spool
        weakref.finalize(self, self._file.close)
        for row in rows:
            self._file.write(to_json(row).encode() + b"\n")
        self._size = self._file.tell()

    def __iter__(self) -> Iterator[JsonObject]:
        at = 0
        while at < self._size:
            self._file.seek(at)
            lines = self._file.readlines(1 << 20)
            at = self._file.tell()
            yield from map(orjson.loads, lines)


def _selection(database: Database, run: str, kept: Kept) -> Selection:
    if run == IMPORTED:
        whose = {"origin": _something_imported(database)}
    else:
        found = _latest(database) if run == LATEST else find_run(database, RunId(run)).id
        whose = {"run_id": found}
    verdict = _VERDICTS[kept]
    return Selection.model_validate({**whose, "verdict": verdict, "order": "oldest"})


def _something_imported(database: Database) -> str:
    database.settle()
    if not conversations.count(database, Selection(origin="imported")):
        raise NotFound(
            "Nothing has been imported into this store. Import a file first: on the page Import, "
            "or with `grasp import FILE`."
        )
    return "imported"


def _latest(database: Database) -> RunId:
    for run in recent_runs(database, _LOOKED_AT):
        if run.state in ENDED and run.done:
            return run.id
    raise NotFound("No run of this store has ended with a record. Run a graph first.")


def _row(found: TaggedConversation, *, with_messages: bool) -> JsonObject:
    conversation = found.conversation
    row = {**conversation.seed, **conversation.variables}
    # Those of an import tell of its whole tree, and the row has one thread of it.
    for name in ("messages", "message_ids"):
        row.pop(name, None)
    thread = _thread(found)
    if with_messages and thread is not None:
        row["messages"] = [_message(message) for message in thread.messages]
    return row


def _thread(found: TaggedConversation) -> Thread | None:
    """The active thread where it is kept, or none is; else the first that is kept."""
    active = found.conversation.active_thread()
    threads = [thread for thread in (active, *found.conversation.threads()) if thread]
    kept = (t for t in threads if found.verdicts[t.leaf_id].state == "keep")
    return next(kept, active)


def _message(message: Message) -> JsonObject:
    said = {"role": message.role, "content": message.content}
    return {**said, "name": message.name} if message.name else said
