"""Stops a query that takes too long or too much memory, from a thread of its own."""

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

BEAT_SECONDS = 0.05
MEGABYTE = 2**20
CACHE_BYTES = 1024 * MEGABYTE
"""What the store may keep of its tables in memory; it gives that back by itself."""
_HELD = (
    "select sum(memory_usage_bytes) from duckdb_memory() "
    "where tag not in ('BASE_TABLE', 'IN_MEMORY_TABLE', 'METADATA')"
)
_RESIDENT = Path("/proc/self/statm")


class Watch:
    """A context in which a query runs; `reason` says why it was stopped, if it was.

    Memory is what DuckDB holds for queries; on Linux also what the process has grown by beyond
    the store's cache.
    """

    def __init__(
        self,
        interrupt: Callable[[], None],
        observer: duckdb.DuckDBPyConnection,
        seconds: float,
        memory_bytes: int,
    ) -> None:
        self.reason = ""
        self._interrupt = interrupt
        self._observer = observer
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._resident = _resident_bytes()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="query watch", daemon=True)

    def __enter__(self) -> Self:
        self._deadline = time.monotonic() + self._seconds
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(self._pause()):
            self.reason = self.reason or self._too_much()
            if self.reason:
                # Again at each beat: an interrupt between two steps of a query is lost.
                self._interrupt()

    def _pause(self) -> float:
        return max(0.001, min(BEAT_SECONDS, self._deadline - time.monotonic()))

    def _too_much(self) -> str:
        if time.monotonic() >= self._deadline:
            return (
                f"The query was stopped after {self._seconds:g} s. Ask for less: add `where`, "
                "or `limit` inside of subqueries."
            )
        if self._memory() > self._memory_bytes:
            return (
                f"The query was stopped: it needs more than {self._memory_bytes // MEGABYTE} MB "
                "of memory. Sort, group or join fewer rows."
            )
        return ""

    def _memory(self) -> int:
        held = 0
        with suppress(duckdb.Error):
            row = self._observer.execute(_HELD).fetchone()
            held = int(row[0] or 0) if row else 0
        return max(held, _resident_bytes() - self._resident - CACHE_BYTES)


def _resident_bytes() -> int:
    """How much memory the process holds; 0 where the system does not say."""
    try:
        pages = int(_RESIDENT.read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
