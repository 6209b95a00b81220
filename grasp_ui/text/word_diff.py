"""Two texts compared word by word, to be shown as one."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

Piece = tuple[Literal["same", "removed", "added"], str]
MOST_WORDS = 2_000
"""Longer texts are compared line by line: comparing takes time that grows with the square."""
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that make `before` into `after`, in order.

    Without the added pieces they spell `before`, without the removed ones `after`. Texts of
    more than 2,000 words and marks are compared by lines.

    Example:
        >>> word_diff("a red car", "a blue car")
        (('same', 'a '), ('removed', 'red'), ('added', 'blue'), ('same', ' car'))
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        old, new = _LINES.findall(before), _LINES.findall(after)
    return tuple(_pieces(old, new))


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > MOST_WORDS)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield "same", "".join(old[start:end])
            continue
        if end > start:
            yield "removed", "".join(old[start:end])
        if new_end > new_start:
            yield "added", "".join(new[new_start:new_end])
