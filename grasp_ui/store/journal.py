"""The append-only journal: a line in it is the acknowledgement of what happened.

A line is one atomic unit: `[first sequence number, [[table, row], …]]`. One sequence numbers
the rows of all tables. Reviews have a file of their own that stays for good; the other lines
go to segments, which are deleted once the database has them.
"""

import asyncio
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

import orjson

from grasp_ui.errors import StoreFailed
from grasp_ui.store.jsontext import storable
from grasp_ui.store.segments import JournalFiles
from grasp_ui.store.tables import Entry

CLOSED = "The store is closed. Open it again to read or write."


class Line(NamedTuple):
    """One atomic unit: its rows are numbered from `first` on; `size` is in bytes."""

    first: int
    entries: Sequence[Entry]
    size: int = 0

    @property
    def last(self) -> int:
        """The sequence number of its last row."""
        return self.first + len(self.entries) - 1


class Journal:
    """Numbers what happens, writes it down and hands it on; usable from any thread.

    Inside an asyncio loop lines are kept until the end of the loop's tick and written with
    one write; elsewhere they are written before `append` returns. Without files nothing is
    written, only numbered and handed on.
    """

    def __init__(
        self, files: JournalFiles | None, *, next_seq: int, deliver: Callable[[Line], None]
    ) -> None:
        self._files = files
        self._next = next_seq
        self._deliver = deliver
        self._lock = threading.Lock()
        self._buffer: list[bytes] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._failure: StoreFailed | None = None

    @property
    def last_seq(self) -> int:
        """The last number that was given out."""
        return self._next - 1

    def append(self, entries: Sequence[Entry], *, review: bool = False) -> int:
        """Acknowledge `entries` as one unit and give the number of the first.

        Raises:
            StoreFailed: the journal cannot be written; nothing more is acknowledged then.
        """
        entries, body = _encoded(entries)
        to_sync = None
        with self._lock:
            if self._failure is not None:
                raise self._failure
            first, self._next = self._next, self._next + len(entries)
            line = b"[%d,%b]\n" % (first, body)
            if self._files is not None:
                try:
                    to_sync = self._put(self._files, line, review=review)
                except OSError as error:
                    self._next = first
                    raise self._failed(error) from error
            self._deliver(Line(first, entries, len(line)))
        if to_sync is not None:
            os.fsync(to_sync)
        return first

    def flush(self) -> None:
        """Write down what a loop's tick has left.

        Raises:
            StoreFailed: the journal cannot be written; later calls say so again.
        """
        with self._lock:
            try:
                self._flush()
            except OSError as error:
                raise self._failed(error) from error

    def forget(self, loaded: int) -> None:
        """Delete the full segments whose rows are all in the database, up to `loaded`."""
        if self._files is not None:
            with self._lock:
                done = self._files.take_full(loaded)
            for path in done:
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """Write what is left and refuse what comes.

        Raises:
            StoreFailed: what was left could not be written.
        """
        try:
            self.flush()
        finally:
            with self._lock:
                if self._files is not None:
                    self._files.close()
                self._failure = StoreFailed(CLOSED)

    def _put(self, files: JournalFiles, line: bytes, *, review: bool) -> int | None:
        """Write a line now or at the end of the tick; gives the file to be synced, if any."""
        if review:
            return files.write_review(line)
        self._buffer.append(line)
        loop = None
        with suppress(RuntimeError):
            loop = asyncio.get_running_loop()
        if loop is None:
            self._flush()
        elif loop is not self._loop:
            self._loop = loop
            loop.call_soon(self.flush)
        return None

    def _flush(self) -> None:
        self._loop = None
        if self._buffer and self._files is not None and self._failure is None:
            lines, self._buffer = b"".join(self._buffer), []
            self._files.write(lines, last=self._next - 1)

    def _failed(self, error: OSError) -> StoreFailed:
        self._failure = StoreFailed(
            f"The journal cannot be written: {error}. Free some space or mend the disk and "
            "start again: what was acknowledged before is kept."
        )
        return self._failure


def _encoded(entries: Sequence[Entry]) -> tuple[Sequence[Entry], bytes]:
    try:
        return entries, orjson.dumps(entries)
    except TypeError:
        clean = [(table, storable(row)) for table, row in entries]
        return clean, orjson.dumps(clean)
