"""The append-only journal: a line in it is the acknowledgement of what happened.

A line is one atomic unit: `[first sequence number, [[table, row], …]]`. One sequence numbers
the rows of all tables. Reviews have a file of their own that stays for good; the other lines
go to segments, which are deleted once the database has them.
"""

import asyncio
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import orjson

from grasp_ui.errors import StoreFailed
from grasp_ui.store.jsontext import storable
from grasp_ui.store.tables import Entry

SEGMENT_BYTES = 8 * 2**20
REVIEWS = "reviews.jsonl"
_FLAGS = os.O_CREAT | os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)


class Line(NamedTuple):
    """One atomic unit: its rows are numbered from `first` on; `size` is in bytes."""

    first: int
    entries: Sequence[Entry]
    size: int = 0

    @property
    def last(self) -> int:
        """The sequence number of its last row."""
        return self.first + len(self.entries) - 1


@dataclass(slots=True)
class _Segment:
    path: Path
    file: int
    size: int = 0
    last: int = 0


class Journal:
    """Numbers what happens, writes it down and hands it on; usable from any thread.

    Inside an asyncio loop lines are kept until the end of the loop's tick and written with
    one write; elsewhere they are written before `append` returns. Without a folder nothing
    is written, only numbered and handed on.
    """

    def __init__(
        self, folder: Path | None, *, next_seq: int, deliver: Callable[[Line], None]
    ) -> None:
        self._folder = folder
        self._next = next_seq
        self._deliver = deliver
        self._lock = threading.Lock()
        self._buffer: list[bytes] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._open: _Segment | None = None
        self._closed: list[_Segment] = []
        self._reviews: int | None = None
        self._is_closed = False
        self._failure: StoreFailed | None = None

    def append(self, entries: Sequence[Entry], *, review: bool = False) -> int:
        """Acknowledge `entries` as one unit and give the number of the first.

        Raises:
            StoreFailed: the journal cannot be written; nothing more is acknowledged then.
        """
        entries, body = _encoded(entries)
        with self._lock:
            if self._failure is not None:
                raise self._failure
            first, self._next = self._next, self._next + len(entries)
            line = b"[%d,%b]\n" % (first, body)
            if self._folder is not None:
                self._put(line, review=review)
            self._deliver(Line(first, entries, len(line)))
        if review and self._reviews is not None:
            os.fsync(self._reviews)
        return first

    @property
    def last_seq(self) -> int:
        """The last number that was given out."""
        return self._next - 1

    def flush(self) -> None:
        """Write down what a loop's tick has left."""
        with self._lock:
            self._flush()

    def forget(self, loaded: int) -> None:
        """Delete the full segments whose rows are all in the database, up to `loaded`."""
        with self._lock:
            done = [segment for segment in self._closed if segment.last <= loaded]
            self._closed = [segment for segment in self._closed if segment.last > loaded]
        for segment in done:
            segment.path.unlink(missing_ok=True)

    def close(self) -> bool:
        """Write what is left and refuse the rest; False where it was closed before."""
        with self._lock:
            if self._is_closed:
                return False
            self._is_closed = True
            self._flush()
            self._turn_over()
            if self._reviews is not None:
                os.close(self._reviews)
                self._reviews = None
            self._failure = StoreFailed("The store is closed. Open it again to write.")
            return True

    def _put(self, line: bytes, *, review: bool) -> None:
        if review:
            if self._reviews is None:
                self._reviews = _opened(self._folder_made() / REVIEWS)
                _keep_name(self._folder_made())
            self._write(self._reviews, line)
            return
        self._buffer.append(line)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._flush()
            return
        if self._loop is not loop:
            self._loop = loop
            loop.call_soon(self.flush)

    def _flush(self) -> None:
        self._loop = None
        if not self._buffer or self._failure is not None:
            return
        lines, self._buffer = b"".join(self._buffer), []
        segment = self._open or self._new_segment()
        self._write(segment.file, lines)
        segment.size += len(lines)
        segment.last = self._next - 1
        if segment.size > SEGMENT_BYTES:
            self._turn_over()

    def _write(self, file: int, lines: bytes) -> None:
        whole = os.fstat(file).st_size
        try:
            written = 0
            while written < len(lines):
                written += os.write(file, lines[written:])
        except OSError as error:
            os.ftruncate(file, whole)
            self._failure = StoreFailed(
                f"The journal in {self._folder} cannot be written: {error}. Free some space or "
                "mend the disk and start again: what was acknowledged before is kept."
            )
            raise self._failure from error

    def _new_segment(self) -> _Segment:
        path = self._folder_made() / f"{self._next:016d}.jsonl"
        self._open = _Segment(path, _opened(path))
        return self._open

    def _turn_over(self) -> None:
        if self._open is not None:
            os.close(self._open.file)
            self._closed.append(self._open)
            self._open = None

    def _folder_made(self) -> Path:
        assert self._folder is not None  # noqa: S101 - lines are put only where there is a folder
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder


def _encoded(entries: Sequence[Entry]) -> tuple[Sequence[Entry], bytes]:
    try:
        return entries, orjson.dumps(entries)
    except TypeError:
        clean = [(table, storable(row)) for table, row in entries]
        return clean, orjson.dumps(clean)


def _opened(path: Path) -> int:
    return os.open(path, _FLAGS, 0o644)


def _keep_name(folder: Path) -> None:
    """Make sure that a new file's name outlives a power cut, where the system can."""
    if os.name == "posix":
        file = os.open(folder, os.O_RDONLY)
        os.fsync(file)
        os.close(file)
