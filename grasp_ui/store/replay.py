"""Reading a journal back: what the database lacks, and what had to be mended."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from grasp_ui.store.columns import fits
from grasp_ui.store.journal import Line
from grasp_ui.store.segments import REVIEWS
from grasp_ui.store.tables import Schemas


@dataclass(slots=True)
class Readable:
    """What a journal file holds: its lines in order, and notices of what was wrong."""

    path: Path
    lines: list[Line] = field(default_factory=list)
    damaged: int = 0
    notices: list[str] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The highest sequence number in it; 0 when it is empty."""
        return max((line.last for line in self.lines), default=0)


def segments(folder: Path) -> list[Path]:
    """The journal files in `folder`, oldest first, the reviews last."""
    found = sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    return sorted(found, key=lambda path: path.name == REVIEWS)


def read_segment(path: Path, schemas: Schemas) -> Readable:
    """Every readable line of one file; a damaged last line is cut off the file."""
    found = Readable(path)
    good_until, damaged_since = 0, 0
    for number, (end, raw) in enumerate(_raw_lines(path), start=1):
        line = _line(raw, schemas)
        if line is None:
            damaged_since = damaged_since or number
            continue
        if damaged_since:
            found.damaged += number - damaged_since
            found.notices.append(_damaged(path, damaged_since, number - 1))
        found.lines.append(line)
        good_until, damaged_since = end, 0
    if damaged_since:
        found.notices.append(_cut(path, good_until))
    return found


def _raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    end = 0
    with path.open("rb") as file:
        for raw in file:
            end += len(raw)
            yield end, raw


def _line(raw: bytes, schemas: Schemas) -> Line | None:
    """The line that `raw` holds, None if it is damaged or half-written."""
    if not raw.endswith(b"\n"):
        return None
    try:
        first, entries = orjson.loads(raw)
        whole = isinstance(first, int) and all(
            fits(schemas.get(table), row) for table, row in entries
        )
    except (ValueError, TypeError):
        return None
    return Line(first, entries, len(raw)) if whole and entries else None


def _damaged(path: Path, first: int, last: int) -> str:
    which = f"Line {first} is" if first == last else f"Lines {first} to {last} are"
    return (
        f"{which} damaged in {path.name} of the journal. Everything readable was kept; "
        f"what stood there is lost to the program, and the file is kept for a closer look."
    )


def _cut(path: Path, good_until: int) -> str:
    size = path.stat().st_size
    with path.open("rb+") as file:
        file.truncate(good_until)
    return (
        f"{path.name} of the journal ended in a half-written line; {size - good_until} bytes "
        f"were cut off. The program was stopped while it wrote them."
    )
