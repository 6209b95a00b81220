"""Two texts word by word: what stands in both, what in one alone."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

WORD = re.compile(r"\s+|[^\s\w]|\w+")
EXACT_WORDS = 3_000
"""Up to so many words every one counts; beyond it frequent words start no match, for speed."""


class Piece(NamedTuple):
    """A stretch of a text; `is_changed` where the other text does not have it."""

    text: str
    is_changed: bool


def word_diff(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces that put together are the text again.

    What is not changed stands in both, in the same order.

    Example:
        >>> [[p.text for p in side if p.is_changed] for side in word_diff("a b c", "a x c")]
        [['b'], ['x']]
    """
    before, after = WORD.findall(old), WORD.findall(new)
    is_long = len(before) + len(after) > EXACT_WORDS
    matcher = SequenceMatcher(None, before, after, autojunk=is_long)
    left: list[Piece] = []
    right: list[Piece] = []
    for what, start, end, begin, stop in matcher.get_opcodes():
        _add(left, before[start:end], is_changed=what != "equal")
        _add(right, after[begin:stop], is_changed=what != "equal")
    return left, right


def _add(pieces: list[Piece], words: Sequence[str], *, is_changed: bool) -> None:
    if words:
        pieces.append(Piece("".join(words), is_changed))
