"""Finding and opening files so that what is wrong with them can be said in words."""

import glob
import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO, cast

from grasp_ui.errors import UnreadableFile

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
GZIP_MARK = b"\x1f\x8b"
NOT_UTF8 = "it is not UTF-8"
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file with its name as a person would write it, relative to the graph's folder."""

    path: Path
    name: str


def found_files(folder: Path, pattern: str) -> list[FoundFile]:
    """The file at `pattern`, or all that it matches (`rows/*.csv`), by name.

    Paths are relative to `folder`. Empty files that a pattern matches are left out.

    Raises:
        UnreadableFile: nothing is there, or it is no file, cannot be opened, or is empty.
    """
    if not glob.has_magic(pattern) or (folder / pattern).exists():
        return [_found(folder, pattern)]
    found = glob.glob(pattern, root_dir=folder, recursive=True)  # noqa: PTH207 - may be absolute
    names = sorted(found)
    files = [FoundFile(folder / name, name) for name in names if not (folder / name).is_dir()]
    if not files:
        raise UnreadableFile(
            f"No file matches {pattern} in {folder}. Put one there, or correct the pattern."
        )
    full = [file for file in files if not _is_empty(file, folder)]
    if not full:
        raise UnreadableFile(
            f"All {len(files)} files of {pattern} are empty. Add at least one row."
        )
    return full


def found_text_files(folder: Path, pattern: str) -> list[FoundFile]:
    """`found_files` that are not stored as UTF-16.

    Raises:
        UnreadableFile: as `found_files`, or one of them is UTF-16.
    """
    files = found_files(folder, pattern)
    for file in files:
        if _head(file, folder).startswith(UTF16_MARKS):
            raise UnreadableFile(f"{file.name} is stored as UTF-16. Save it as UTF-8.")
    return files


def named(files: list[FoundFile], file: FoundFile) -> str:
    """What a line needs beside its number: the file, where there are several."""
    return file.name if len(files) > 1 else ""


@contextmanager
def opened_bytes(file: FoundFile) -> Iterator[IO[bytes]]:
    """`file` as bytes; one packed by gzip, whatever its name, is unpacked on the way.

    Raises:
        UnreadableFile: it is packed, and damaged.
    """
    with file.path.open("rb") as raw:
        is_packed = raw.peek(2)[:2] == GZIP_MARK
        try:
            yield cast("IO[bytes]", gzip.GzipFile(fileobj=raw) if is_packed else raw)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise UnreadableFile(
                f"{file.name} cannot be unpacked: {error}. It is damaged; make it anew."
            ) from error


@contextmanager
def opened_text(file: FoundFile) -> Iterator[TextIO]:
    """`file` as UTF-8 text, with or without a byte order mark, unpacked if need be.

    A byte that is not UTF-8 is kept as a lone surrogate, so that its line can be named.

    Raises:
        UnreadableFile: it is packed, and damaged.
    """
    with opened_bytes(file) as content:
        yield as_text(content)


def as_text(content: IO[bytes]) -> TextIO:
    """What `opened_bytes` gave as text, in the way of `opened_text`."""
    return io.TextIOWrapper(content, encoding="utf-8-sig", errors="surrogateescape", newline="")


def bytes_read(content: IO[bytes]) -> int:
    """How far the file itself is read, packed or not, of what `opened_bytes` gave."""
    packed = content.fileobj if isinstance(content, gzip.GzipFile) else None
    return (content if packed is None else packed).tell()


def is_text(value: str) -> bool:
    """Whether `value` can be written as UTF-8 (no lone surrogates).

    Example:
        >>> is_text("tea"), is_text(chr(0xD800))
        (True, False)
    """
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _found(folder: Path, name: str) -> FoundFile:
    file = FoundFile(folder / name, name)
    if _is_empty(file, folder):
        raise UnreadableFile(f"{name} is empty. Add at least one row.")
    return file


def _is_empty(file: FoundFile, folder: Path) -> bool:
    head = _head(file, folder)
    return not head.strip(b"\xef\xbb\xbf \t\r\n") and len(head) < _HEAD


def _head(file: FoundFile, folder: Path) -> bytes:
    try:
        with opened_bytes(file) as content:
            return content.read(_HEAD)
    except OSError as error:
        raise UnreadableFile(_not_opened(file.name, folder, error)) from error


def _not_opened(path: str, folder: Path, error: OSError) -> str:
    match error:
        case FileNotFoundError():
            where = os.fspath(folder)
            return f"{path} was not found in {where}. Put the file there, or correct the path."
        case IsADirectoryError():
            return f"{path} is a folder. Name a file in it."
        case _:
            return f"{path} cannot be opened: {error.strerror}. Check its permissions."
