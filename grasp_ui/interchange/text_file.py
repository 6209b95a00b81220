"""Opening a text file so that what is wrong with it can be said in words."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from grasp_ui.errors import UnreadableFile

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
NOT_UTF8 = "it is not UTF-8"


def found_file(folder: Path, path: str) -> Path:
    """The file at `path`, relative to `folder`, which exists and is not empty.

    Raises:
        UnreadableFile: it is missing, no file, empty, or stored as UTF-16.
    """
    file = folder / path
    try:
        with file.open("rb") as opened:
            head = opened.read(4096)
    except OSError as error:
        raise UnreadableFile(_not_opened(path, folder, error)) from error
    if head.startswith(UTF16_MARKS):
        raise UnreadableFile(f"{path} is stored as UTF-16. Save it as UTF-8.")
    if not head.strip(b"\xef\xbb\xbf \t\r\n") and file.stat().st_size <= len(head):
        raise UnreadableFile(f"{path} is empty. Add at least one row.")
    return file


@contextmanager
def opened_text(file: Path) -> Iterator[TextIO]:
    """`file` as UTF-8 text, with or without a byte order mark.

    A byte that is not UTF-8 is kept as a lone surrogate, so that its line can be named.
    """
    with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
        yield text


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


def _not_opened(path: str, folder: Path, error: OSError) -> str:
    match error:
        case FileNotFoundError():
            where = os.fspath(folder)
            return f"{path} was not found in {where}. Put the file there, or correct the path."
        case IsADirectoryError():
            return f"{path} is a folder. Name a file in it."
        case _:
            return f"{path} cannot be opened: {error.strerror}. Check its permissions."
