"""Files of JSON values, in either form: a list, or one value a line."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

import orjson

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.jsonrow import refuse_constant
from grasp_ui.interchange.jsonstream import items_of_list
from grasp_ui.interchange.rows import SetAside
from grasp_ui.interchange.text_file import (
    NOT_UTF8,
    FoundFile,
    as_text,
    bytes_read,
    is_text,
    opened_bytes,
)

Items = Callable[[], Iterator[tuple[int, Any]]]
"""Goes through the values of a file, each with its line; `SetAside` where there is none."""
_MARK = b"\xef\xbb\xbf"
_HEAD = 64 * 1024
ASKED_ITEMS = 50


@dataclass
class Gauge:
    """How far a file was read: up to a line, and so many bytes of it as it lies there."""

    line: int = 0
    bytes_read: int = 0
    _items: int = 0

    def begin(self) -> None:
        """Nothing is read yet, this time."""
        self.line = self.bytes_read = self._items = 0

    def read(self, line: int, content: IO[bytes]) -> None:
        """One more item was read, on `line`; bytes are asked for after some items."""
        self.line = line
        self._items += 1
        # To ask at each gives other threads the turn at each.
        if self._items % ASKED_ITEMS == 0:
            self.bytes_read = bytes_read(content)


def items_in(file: FoundFile, *, limit: int | None = None, gauge: Gauge | None = None) -> Items:
    """What goes through the values of `file`, the first `limit` of them.

    `gauge` tells how far the newest going through is.
    """
    kept = Gauge() if gauge is None else gauge
    return lambda: islice(_items(file, kept), limit)


def is_list(file: FoundFile) -> bool:
    """Whether `file` holds one JSON list, and not a value a line."""
    with opened_bytes(file) as content:
        return content.read(_HEAD).removeprefix(_MARK).lstrip().startswith(b"[")


def _items(file: FoundFile, gauge: Gauge) -> Iterator[tuple[int, Any]]:
    gauge.begin()
    return _of_list(file, gauge) if is_list(file) else _of_lines(file, gauge)


def _of_lines(file: FoundFile, gauge: Gauge) -> Iterator[tuple[int, Any]]:
    with opened_bytes(file) as content:
        for number, line in enumerate(content, start=1):
            gauge.read(number, content)
            if not line.isspace():
                yield number, _value(line.removeprefix(_MARK) if number == 1 else line, number)
        gauge.bytes_read = bytes_read(content)


def _value(line: bytes, number: int) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        # Python's own decoder takes halves of surrogate pairs, and says where a line breaks.
        return _carefully(line.decode("utf-8", "surrogateescape"), number)


def _carefully(text: str, number: int) -> Any:
    if not is_text(text):
        return SetAside(number, NOT_UTF8)
    try:
        return json.loads(text, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        return SetAside(number, f"not JSON ({error.msg} at character {error.pos + 1})")
    except (ValueError, RecursionError) as error:
        return SetAside(number, f"not JSON ({error})")


def _of_list(file: FoundFile, gauge: Gauge) -> Iterator[tuple[int, Any]]:
    line = 1
    with opened_bytes(file) as content:
        text = as_text(content)
        try:
            for line, item in items_of_list(text, file.name):
                gauge.read(line, content)
                yield line, item
            gauge.bytes_read = bytes_read(content)
        except UnreadableFile as error:
            yield line, SetAside(line, f"the list cannot be read on from here: {error}")
