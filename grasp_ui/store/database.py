"""The store: one file, one connection, a journal before it, a writer behind."""

import atexit
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import duckdb

from grasp_ui.errors import StoreFailed
from grasp_ui.model.value import RunId
from grasp_ui.store.connection import Connection, connect
from grasp_ui.store.journal import CLOSED, Journal
from grasp_ui.store.loader import Loader
from grasp_ui.store.migrate import known_migrations, migrate
from grasp_ui.store.owner import Claim
from grasp_ui.store.recovery import interrupted_runs, recover
from grasp_ui.store.rows import run_row
from grasp_ui.store.segments import JournalFiles
from grasp_ui.store.tables import Entry, Schemas, read_schemas
from grasp_ui.store.tally import Tally
from grasp_ui.store.writer import Writer

BATCHES_CACHED = 4
"""What was dropped has to be read again in part: doing so behind each batch costs a tenth."""


class Database:
    """An open store, usable from any thread; see `open_database`."""

    def __init__(
        self,
        connection: Connection,
        schemas: Schemas,
        *,
        folder: Path | None,
        claim: Claim | None,
    ) -> None:
        self.schemas = schemas
        self.tallies: dict[RunId, Tally] = {}
        self.notices: tuple[str, ...] = ()
        """What was found damaged at opening, and what was done about it."""
        self._connection = connection
        self._claim = claim
        self._loader = Loader(connection, schemas)
        self._writer = Writer(self._loader)
        with connection.cursor() as cursor:
            found = recover(cursor, folder, schemas, load=self._loader.load)
            broken_off = interrupted_runs(cursor)
        self.notices = tuple(found.notices)
        self._writer.loaded = found.last_seq
        files = JournalFiles(folder) if folder else None
        self._journal = Journal(files, next_seq=found.last_seq + 1, deliver=self._writer.put)
        self._lock = threading.Lock()
        self._urgent = 0
        self._cached_megabytes: int | None = None
        self._batches = 0
        self._is_open = True
        self._writer.start(after=self._loaded)
        for run in broken_off:
            self.append([("run", run_row(run))], urgent=True)

    def append(
        self, entries: Sequence[Entry], *, review: bool = False, urgent: bool = False
    ) -> int:
        """Acknowledge rows as one unit: all of them survive a crash, or none.

        `urgent` rows (and reviews) are seen by the next reader, the others within about two
        seconds or after `settle`. Reviews are on the disk when this returns.

        Returns:
            The sequence number of the first row; the others follow it.

        Raises:
            StoreFailed: the journal or the database cannot be written.
        """
        self._writer.check()
        first = self._journal.append(entries, review=review)
        if review or urgent:
            with self._lock:
                self._urgent = max(self._urgent, first + len(entries) - 1)
        return first

    @property
    def loaded_seq(self) -> int:
        """The last sequence number that can be read."""
        return self._writer.loaded

    def cursor(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A cursor for one use; what people did before is there to be read.

        Raises:
            StoreFailed: the store is closed, or cannot take in what people did.
        """
        if not self._is_open:
            raise StoreFailed(CLOSED)
        if self._writer.loaded < self._urgent:
            self._journal.flush()
            self._writer.settle(self._urgent)
        return self._connection.cursor()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor in a transaction of its own, while the writer waits."""
        self.settle()
        with self._loader.paused() as cursor:
            yield cursor

    def cache_little(self, megabytes: int) -> None:
        """Keep little of the file in memory: for what writes much and reads little."""
        self._cached_megabytes = megabytes

    def flush(self) -> None:
        """Return when all that was acknowledged would survive a crash.

        Raises:
            StoreFailed: the journal cannot be written.
        """
        self._journal.flush()

    def settle(self) -> None:
        """Return when everything that was acknowledged can be read.

        Raises:
            StoreFailed: the journal or the database cannot be written.
        """
        self._journal.flush()
        self._writer.settle(self._journal.last_seq)

    async def room(self) -> None:
        """Wait while more is acknowledged than the database has taken in.

        Raises:
            StoreFailed: the database cannot be written.
        """
        await self._writer.room()

    def wait_for_room(self) -> None:
        """`room` for threads without a loop: what they write is never far ahead.

        Raises:
            StoreFailed: the database cannot be written.
        """
        self._writer.wait_for_room()

    def _loaded(self, seq: int) -> None:
        self._journal.forget(seq)
        self._batches += 1
        if self._cached_megabytes is not None and self._batches % BATCHES_CACHED == 0:
            self._connection.drop_cache(self._cached_megabytes)

    def close(self) -> None:
        """Load what is left and let go of the file; closing twice does nothing.

        Raises:
            StoreFailed: the rest could not be loaded; the journal keeps it for next time.
        """
        with self._lock:
            was_open, self._is_open = self._is_open, False
        if not was_open:
            return
        atexit.unregister(self.close)
        with ExitStack() as rest:
            if self._claim is not None:
                rest.callback(self._claim.release)
            rest.callback(lambda: self._journal.forget(self._writer.loaded))
            rest.callback(self._connection.close)
            rest.callback(self._writer.close)
            self._journal.close()
        self._writer.check()


def open_database(path: Path | None) -> Database:
    """Open the store in `path`, made where there is none; None is one in memory.

    What a crash left in the journal is loaded, and runs that it broke off are `interrupted`.

    Raises:
        StoreHeld: another process holds the file; the message names it.
        StoreTooNew: a newer version of the program wrote it.
        UnreadableFile: it is no store, or is damaged.
    """
    with ExitStack() as undo:
        claim = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            claim = Claim(path)
            undo.callback(claim.release)
        connection = connect(path)
        undo.callback(connection.close)
        with connection.cursor() as cursor:
            migrate(cursor, known_migrations(), store=path)
            schemas = read_schemas(cursor)
        connection.shut_in()
        folder = path.with_name(f"{path.name}.journal") if path else None
        database = Database(connection, schemas, folder=folder, claim=claim)
        undo.pop_all()
    atexit.register(database.close)
    return database
