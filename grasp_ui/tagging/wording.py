"""What the rules share in reading a text: code masked, words found with their places."""

import re
from typing import NamedTuple

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:.*?\n)?? {0,3}\1[`~]*[ \t]*$", re.M | re.S)
INLINE_CODE = re.compile(r"`[^`\n]+`")
# In scripts that are written without spaces each character stands for a word.
WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]|[^\W_]+(?:['’][^\W\d_]+)*"
)


class Word(NamedTuple):
    """A word in lower case and where it stands, as [start, end) in characters."""

    text: str
    start: int
    end: int


def without_code(text: str) -> str:
    r"""`text` with fenced code blanked out; every other character keeps its place.

    Example:
        >>> without_code("a\n```\nb\n```\nc").split()
        ['a', 'c']
    """
    if "```" not in text and "~~~" not in text:
        return text
    return FENCE.sub(lambda block: re.sub(r"[^\n]", " ", block.group()), text)


def words_of(text: str) -> list[Word]:
    """The words of `text` in order; a text without letters and digits has none.

    Example:
        >>> [word.text for word in words_of("It's 3 pm: 你好")]
        ["it's", '3', 'pm', '你', '好']
    """
    return [Word(found.group().lower(), *found.span()) for found in WORD.finditer(text)]


def share(part: float, whole: float) -> float:
    """`part` of `whole`, rounded to four places; 0 of nothing.

    Example:
        >>> share(1, 3), share(1, 0)
        (0.3333, 0.0)
    """
    return round(part / whole, 4) if whole else 0.0
