"""The one connection to DuckDB: cursors for the store, memory within bounds."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from grasp_ui.errors import UnreadableFile
from grasp_ui.store.owner import held

CATALOG = "store"
ROW_GROUP_ROWS = 2_048
"""Rows that are compressed together. Each checkpoint takes the last, unfilled group of a table
into memory again: with DuckDB's default of 122,880 that is 150 MB of requests and replies."""
BLOCK_BYTES = 65_536
"""A column that is being filled holds a block: some 120 of them, 31 MB at the default size."""
MEMORY = "1GB"
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": MEMORY,
    "checkpoint_threshold": "12MB",
    "allocator_flush_threshold": "1MB",
    "allocator_bulk_deallocation_flush_threshold": "1MB",
}
"""One thread a query keeps the store's share of the processor flat beside a run; memory that is
free goes back to the system at once. Each checkpoint compresses the last, unfilled group of every
table anew: at 4 MB of log a run's writer took 40 % more CPU than at 12 MB, and the file was a fifth
larger."""


class Connection:
    """An open database; its cursors belong to one thread each."""

    def __init__(self, root: duckdb.DuckDBPyConnection) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._in_use = 0

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that needs no prefix for the store's tables; closed behind the block."""
        with self._lock:
            self._in_use += 1
        try:
            with self.lasting_cursor() as cursor:
                yield cursor
        finally:
            with self._lock:
                self._in_use -= 1

    def lasting_cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for the thread that drops the cache; nothing waits for its end."""
        cursor = self._root.cursor()
        cursor.execute(f"use {CATALOG}")
        return cursor

    def shut_in(self) -> None:
        """Let it open no file but its own, for good: people's queries run in it.

        Text in a query cannot name a file, a table in another file, or a variable of the program.
        """
        self._root.execute("set global python_enable_replacements = false")
        self._root.execute("set global enable_external_access = false")

    def drop_cache(self, megabytes: int) -> None:
        """Forget what is kept of the file, down to `megabytes` where that can be.

        A limit as low as that for good would break off the writing of long texts, and for a
        moment would break off whoever reads then: while somebody does, nothing is forgotten.
        """
        with self._lock:
            if self._in_use:
                return
            with suppress(duckdb.OutOfMemoryException):
                self._root.execute(f"set global memory_limit = '{megabytes:d}MB'")
            self._root.execute(f"set global memory_limit = '{MEMORY}'")

    def close(self) -> None:
        """Write what is left into the file and let go of it."""
        self._root.close()


def connect(path: Path | None) -> Connection:
    """Open the database in `path`, made where there is none; None is one in memory.

    Raises:
        StoreHeld: another process holds the file; the message names it.
        UnreadableFile: it is no database, or is damaged.
    """
    spill = {} if path is None else {"temp_directory": f"{path}.tmp"}
    root = duckdb.connect(":memory:", config={**SETTINGS, **spill})
    try:
        root.execute(f"attach '{_quoted(path)}' as {CATALOG} ({', '.join(_options(path))})")
    except duckdb.IOException as error:
        root.close()
        holder = re.search(r"PID (\d+)", str(error))
        if path is None or "lock" not in str(error):
            raise _unreadable(path, error) from error
        raise held(path, int(holder[1]) if holder else None) from error
    except duckdb.Error as error:
        root.close()
        raise _unreadable(path, error) from error
    return Connection(root)


def _quoted(path: Path | None) -> str:
    return ":memory:" if path is None else str(path).replace("'", "''")


def _options(path: Path | None) -> list[str]:
    options = [f"row_group_size {ROW_GROUP_ROWS}"]
    if path is None:
        return options
    # A file keeps the block size that it was made with, and refuses another one.
    made = [] if path.exists() else [f"block_size {BLOCK_BYTES}"]
    return [*options, *made, "storage_version 'v1.5.0'"]


def _unreadable(path: Path | None, error: duckdb.Error) -> UnreadableFile:
    name = "The store" if path is None else path.name
    return UnreadableFile(
        f"{path or name} cannot be opened as a store: {error}. Put a copy from {name}.snapshots "
        "in its place, or move it away: a new one is made, and reviews come back from the journal."
    )
