"""The append-only journal: a line in it is the acknowledgement of what happened.

A line is one atomic unit: `[first sequence number, [[table, row], …]]`. One sequence numbers
the rows of all tables. Reviews have a file of their own that stays for good; the other lines
go to segments, which are deleted once the database has them.
"""

import os
import threading
from asyncio import AbstractEventLoop, get_running_loop
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import get_ident
from typing import NamedTuple

import orjson

from grasp_ui.errors import StoreFailed
from grasp_ui.store.jsontext import storable
from grasp_ui.store.segments import JournalFiles
from grasp_ui.store.tables import Entry

KEPT_SECONDS = 0.005
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

    Inside an asyncio loop lines are kept for `KEPT_SECONDS` at most, or until `flush`, then
    written with one write and handed on together; elsewhere that is done before `append`
    returns. Lines are handed on in the order of their numbers. Without files nothing is written.
    """

    def __init__(
        self,
        files: JournalFiles | None,
        *,
        next_seq: int,
        deliver: Callable[[Sequence[Line]], None],
    ) -> None:
        self._files = files
        self._next = next_seq
        self._deliver = deliver
        self._lock = threading.Lock()
        self._buffer: list[tuple[int, Sequence[Entry]]] = []
        self._loop: AbstractEventLoop | None = None
        self._thread = 0
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
        with self._lock:
            if self._failure is not None:
                raise self._failure
            first, self._next = self._next, self._next + len(entries)
            try:
                if review:
                    to_sync = self._keep_review(first, entries)
                else:
                    to_sync = None
                    self._keep(first, entries)
            except OSError as error:
                raise self._failed(error) from error
        if to_sync is not None:
            os.fsync(to_sync)
        return first

    def flush(self) -> None:
        """Write down and hand on what is kept so far; costs nothing where nothing is.

        Raises:
            StoreFailed: the journal cannot be written; later calls say so again.
        """
        if not self._buffer:
            return
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

    def _keep(self, first: int, entries: Sequence[Entry]) -> None:
        """Write a line soon; now where no loop is running."""
        self._buffer.append((first, entries))
        # Asking for the running loop is a system call, so not where a flush is due anyway.
        if self._loop is not None and self._thread == get_ident() and self._loop.is_running():
            return
        try:
            self._loop = get_running_loop()
        except RuntimeError:
            self._flush()
            return
        self._thread = get_ident()
        self._loop.call_later(KEPT_SECONDS, self._time_is_up)

    def _time_is_up(self) -> None:
        self._loop = None
        self.flush()

    def _keep_review(self, first: int, entries: Sequence[Entry]) -> int | None:
        """Write a line now, after those before it; gives the file that is to be synced."""
        self._flush()
        line, text = _encoded(first, entries)
        file = None
        if self._files is not None:
            with self._unless_written(first):
                file = self._files.write_review(text)
        self._deliver([line])
        return file

    def _flush(self) -> None:
        if not self._buffer or self._failure is not None:
            return
        kept, self._buffer = self._buffer, []
        coded = [_encoded(first, entries) for first, entries in kept]
        lines = [line for line, _ in coded]
        if self._files is not None:
            with self._unless_written(lines[0].first):
                self._files.write(b"".join([text for _, text in coded]), last=lines[-1].last)
        self._deliver(lines)

    @contextmanager
    def _unless_written(self, first: int) -> Iterator[None]:
        """Take the numbers from `first` on back where the lines cannot be written."""
        try:
            yield
        except OSError:
            self._next = first
            raise

    def _failed(self, error: OSError) -> StoreFailed:
        self._failure = StoreFailed(
            f"The journal cannot be written: {error}. Free some space or mend the disk and "
            "start again: what was acknowledged before is kept."
        )
        return self._failure


def _encoded(first: int, entries: Sequence[Entry]) -> tuple[Line, bytes]:
    """A line as value and as text; what JSON cannot hold is made to fit in both."""
    try:
        text = orjson.dumps((first, entries), option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        entries = [(table, storable(row)) for table, row in entries]
        text = orjson.dumps((first, entries), option=orjson.OPT_APPEND_NEWLINE)
    return Line(first, entries, len(text)), text
