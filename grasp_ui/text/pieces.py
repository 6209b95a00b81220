"""A text in pieces: lines, paragraphs, list items, or by a separator."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, assert_never

Cut = Literal["lines", "paragraphs", "list", "separator"]
EMPTY_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
MARKER = re.compile(r"[^\S\n]*(?:\(?(?:\d{1,4}|[a-zA-Z])[.):]|[-*+•–])[^\S\n]+(?=\S)")


def pieces(text: str, cut: Cut, separator: str = ",") -> list[str]:
    r"""The pieces of `text` without white space at their ends; empty ones are left out.

    `list` gives the items of a numbered or bulleted list: what stands before the first marker
    is left out, a line without one goes on with the item above it, an empty line ends the item.

    Example:
        >>> pieces("Here are two:\n1. Red\n2) Light\n   blue\n\nEnjoy!", "list")
        ['Red', 'Light blue']
        >>> pieces("a\n b \n\nc", "paragraphs"), pieces("a\n b \n\nc", "lines")
        (['a\n b', 'c'], ['a', 'b', 'c'])
        >>> pieces("red, , blue", "separator")
        ['red', 'blue']
    """
    text = text.replace("\r\n", "\n")
    return [piece.strip() for piece in _cut(text, cut, separator) if piece.strip()]


def _cut(text: str, cut: Cut, separator: str) -> Iterable[str]:
    match cut:
        case "lines":
            return text.splitlines()
        case "paragraphs":
            return EMPTY_LINE.split(text)
        case "list":
            return _items(text.splitlines())
        case "separator":
            return text.split(separator)
        case other:
            assert_never(other)


def _items(lines: Iterable[str]) -> Iterator[str]:
    item: list[str] = []
    for line in lines:
        marker = MARKER.match(line)
        if marker or not line.strip():
            yield " ".join(item)
            item = [line[marker.end() :].strip()] if marker else []
        elif item:
            item.append(line.strip())
    yield " ".join(item)
