"""The items of a JSON list, one by one, however long the list is."""

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.jsonrow import refuse_constant

CHUNK = 256 * 1024
LONGEST_ITEM = 64 * 1024 * 1024
"""Characters of one item, and of what stands before the list."""
_SPACE = re.compile(r"[ \t\r\n]*")
_OPEN_ENDS = ("", *"0123456789.eE+-")
_DECODER = json.JSONDecoder(parse_constant=refuse_constant)


def items_of_list(text: TextIO, name: str, key: str = "") -> Iterator[tuple[int, Any]]:
    """The items of the list in `text`, each with the line on which it begins.

    Args:
        text: JSON: a list, or an object with a list under `key`.
        name: what messages call the file.
        key: where the list is; dots lead into inner objects. Empty: the whole is a list.

    Raises:
        UnreadableFile: there is no list there, or what follows is no JSON; the message says on
            which line.
    """
    stream = _Stream(text, name)
    for step in key.split(".") if key else ():
        stream.enter(step)
    if stream.peek() != "[":
        raise stream.fault(_no_list(stream, key))
    stream.take()
    while stream.peek() != "]":
        line = stream.line
        yield line, stream.value()
        if stream.peek() not in (",", "]"):
            raise stream.fault("Expected ',' or ']' after an item of the list")
        if stream.peek() == ",":
            stream.take()


def _no_list(stream: "_Stream", key: str) -> str:
    if key:
        return f"'{key}' holds no list"
    if stream.peek() == "{":
        names = ", ".join(stream.names())
        return (
            f"The file holds an object with {names or 'nothing'}. Set `key` to the one that holds "
            "the list, or choose JSON lines for one object a line"
        )
    return "The file holds no list"


class _Stream:
    """A window on a text that moves forward over whole values."""

    def __init__(self, text: TextIO, name: str) -> None:
        self.line = 1
        self._text = text
        self._name = name
        self._held = ""
        self._at = 0
        self._is_end = False

    def fault(self, what: str) -> UnreadableFile:
        return UnreadableFile(f"{self._name}, line {self.line}: {what}. Mend the file.")

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            end = self._match_space()
            self.line += self._held.count("\n", self._at, end)
            self._at = end
            if end < len(self._held) or not self._more():
                return self._held[end : end + 1]

    def take(self) -> str:
        character = self.peek()
        self._at += 1
        return character

    def value(self) -> Any:
        """The next whole value."""
        self.peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._held, self._at)
            except (ValueError, RecursionError) as error:
                if not self._more():
                    raise self.fault(f"not JSON ({error})") from error
                continue
            # A number may go on in the next chunk: `0` is read of `0.`, and `1` of `1e`.
            if self._held[end : end + 1] in _OPEN_ENDS and self._more():
                continue
            self.line += self._held.count("\n", self._at, end)
            self._at = end
            return found

    def enter(self, key: str) -> None:
        """Go to the value of `key` in the object that comes next."""
        if self.peek() != "{":
            raise self.fault(f"there is no object with '{key}' here")
        self.take()
        while self.peek() == '"':
            found = self._key()
            if found == key:
                return
            self.value()
            if self.peek() == ",":
                self.take()
        raise self.fault(f"there is no key '{key}' in the object")

    def names(self) -> list[str]:
        """The first keys of the object that comes next, as far as it can be read."""
        found: list[str] = []
        try:
            self.take()
            while self.peek() == '"' and len(found) < 10:
                found.append(self._key())
                self.value()
                if self.peek() == ",":
                    self.take()
        except UnreadableFile:
            return found
        return found

    def _key(self) -> str:
        key = self.value()
        if self.take() != ":":
            raise self.fault(f"Expected ':' after {key!r}")
        return str(key)

    def _match_space(self) -> int:
        space = _SPACE.match(self._held, self._at)
        return space.end() if space else self._at

    def _more(self) -> bool:
        """Read on, twice as much as is held; False at the end of the text."""
        rest = self._held[self._at :]
        if len(rest) > LONGEST_ITEM:
            megabytes = LONGEST_ITEM // 2**20
            raise self.fault(
                f"a value of more than {megabytes} MB begins here, or it is not closed"
            )
        chunk = "" if self._is_end else self._text.read(max(CHUNK, len(rest)))
        self._is_end = self._is_end or not chunk
        self._held, self._at = rest + chunk, 0
        return bool(chunk)
