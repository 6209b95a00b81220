"""Lines into tables: a batch is one transaction."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

import duckdb

from grasp_ui.store.columns import Row, insert
from grasp_ui.store.connection import Connection
from grasp_ui.store.journal import Line
from grasp_ui.store.projection import project
from grasp_ui.store.tables import APPENDED, Schemas


class Loader:
    """Writes batches of lines, and what follows from them, one batch at a time."""

    def __init__(self, connection: Connection, schemas: Schemas) -> None:
        self._connection = connection
        self._cursor = connection.lasting_cursor()
        self._schemas = schemas
        self._using = threading.Lock()

    def load(self, lines: Sequence[Line]) -> None:
        """Write all of `lines` or, where it raises, nothing."""
        rows = _numbered(lines)
        with self._using, transaction(self._cursor):
            for table in APPENDED:
                if rows[table]:
                    self._insert(table, rows[table])
            project(self._cursor, rows, self._schemas)

    def warm_up(self) -> None:
        """Pay what the first insert costs (DuckDB then loads parts of Arrow)."""
        self._insert("message", [])

    @contextmanager
    def paused(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor in a transaction of its own, while no batch is written."""
        with self._using, self._connection.cursor() as cursor, transaction(cursor):
            yield cursor

    def close(self) -> None:
        """Let go of the cursor."""
        self._cursor.close()

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        insert(self._cursor, table, self._schemas[table], rows)


@contextmanager
def transaction(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Everything inside is committed together, or taken back."""
    cursor.execute("begin")
    try:
        yield
        cursor.execute("commit")
    except BaseException:
        # A commit that failed has ended the transaction: its own error is the one to hear of.
        with suppress(duckdb.TransactionException):
            cursor.execute("rollback")
        raise


def _numbered(lines: Sequence[Line]) -> Mapping[str, list[Row]]:
    """The rows of `lines` by table, each behind its sequence number."""
    rows: dict[str, list[Row]] = {table: [] for table in APPENDED}
    for first, entries, _ in lines:
        seq = first
        for table, row in entries:
            rows[table].append((seq, *row))
            seq += 1
    return rows
