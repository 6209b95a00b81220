"""The journal's files: segments that come and go, and the reviews, which stay."""

import os
from dataclasses import dataclass
from pathlib import Path

SEGMENT_BYTES = 8 * 2**20
REVIEWS = "reviews.jsonl"
_FLAGS = os.O_CREAT | os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)


@dataclass(slots=True)
class _Segment:
    path: Path
    file: int
    size: int = 0
    last: int = 0


class JournalFiles:
    """Whole lines go to the end of files in `folder`; one thread at a time may call."""

    def __init__(self, folder: Path, *, segment_bytes: int = SEGMENT_BYTES) -> None:
        self._folder = folder
        self._segment_bytes = segment_bytes
        self._open: _Segment | None = None
        self._full: list[_Segment] = []
        self._reviews: int | None = None

    def write(self, lines: bytes, *, last: int) -> None:
        """Add `lines` to the open segment; `last` is the highest number in them.

        Raises:
            OSError: they could not be written; what was written of them is cut off again.
        """
        segment = self._open or self._begin(f"{last:016d}.jsonl")
        _append(segment.file, lines, segment.size)
        segment.size += len(lines)
        segment.last = last
        if segment.size > self._segment_bytes:
            self._turn_over()

    def write_review(self, line: bytes) -> int:
        """Add `line` to the reviews, and give the file that is to be synced.

        Raises:
            OSError: it could not be written; what was written of it is cut off again.
        """
        if self._reviews is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._reviews = os.open(self._folder / REVIEWS, _FLAGS, 0o644)
            _sync_names(self._folder)
        _append(self._reviews, line, os.fstat(self._reviews).st_size)
        return self._reviews

    def take_full(self, loaded: int) -> list[Path]:
        """The full segments with no number above `loaded`; they are no longer kept here."""
        done = [segment.path for segment in self._full if segment.last <= loaded]
        self._full = [segment for segment in self._full if segment.last > loaded]
        return done

    def close(self) -> None:
        """Close every file; the open segment counts as full."""
        self._turn_over()
        if self._reviews is not None:
            os.close(self._reviews)
            self._reviews = None

    def _begin(self, name: str) -> _Segment:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / name
        file = os.open(path, _FLAGS, 0o644)
        self._open = _Segment(path, file, os.fstat(file).st_size)
        return self._open

    def _turn_over(self) -> None:
        if self._open is not None:
            os.close(self._open.file)
            self._full.append(self._open)
            self._open = None


def _append(file: int, lines: bytes, whole: int) -> None:
    """Add `lines` behind the `whole` bytes that are there, all of them or none."""
    written = 0
    try:
        while written < len(lines):
            written += os.write(file, lines[written:])
    except OSError:
        os.ftruncate(file, whole)
        raise


def _sync_names(folder: Path) -> None:
    """Make sure that a new file's name outlives a power cut, where the system can."""
    if os.name == "posix":
        file = os.open(folder, os.O_RDONLY)
        os.fsync(file)
        os.close(file)
