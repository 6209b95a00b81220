"""A file that is written in pieces and knows its own sum."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from grasp_ui.interchange.manifest import WrittenFile


@dataclass
class SummedFile:
    """An open file, with the sha256 and the size of what was written so far."""

    file: BinaryIO
    sum: Any = field(default_factory=sha256)
    size: int = 0

    def write(self, content: bytes) -> None:
        """Append `content`."""
        self.file.write(content)
        self.sum.update(content)
        self.size += len(content)

    def told(self, *, rows: int | None = None) -> WrittenFile:
        """What the manifest says of the file."""
        return WrittenFile(sha256=self.sum.hexdigest(), bytes=self.size, rows=rows)


@contextmanager
def summed_file(path: Path) -> Iterator[SummedFile]:
    """A new file at `path`, closed at the end."""
    with path.open("wb") as file:
        yield SummedFile(file)
