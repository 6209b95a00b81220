"""What the rules share in reading a text: code masked, words and their places."""

import re
from functools import lru_cache
from itertools import islice

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:.*?\n)?? {0,3}\1[`~]*[ \t]*$", re.M | re.S)
# A line of a program or of markup that stands in the text without a fence.
CODE_LINE = re.compile(
    r"\s*(?:.*[;{}\\]|.*\)\s*:|</?[a-zA-Z!][^>]*>.*|.*</?[a-z][^>]*>|[)\]}]+[,;]?"
    r"|(?:#include|#define|import|from|def|class|func|function|var|let|const|return|if|elif|else"
    r"|for|while|try|except|extends|export|public|private|static|int|void|print|end|using)\b"
    r".*[\w)\]}>\"':]|[\w.\[\]\"']+\s*(?:[-+*/]?=|:=)\s*\S.*|[\w.]+\(.*\)|(?://|#|--|/\*|\*).*)\s*"
)
CODE_LINES = 3
# In scripts that are written without spaces each character stands for a word.
WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]|[^\W_]+(?:['’][^\W\d_]+)*"
)


# Several rules ask for each message, and threads of one tree share messages.
@lru_cache(maxsize=512)
def without_code(text: str) -> str:
    r"""`text` with code blanked out; every other character keeps its place.

    Code is what stands in a fence, and three or more lines in a row that look like a program
    or markup (empty and indented lines among them belong to it).

    Example:
        >>> without_code("a\n```\nb\n```\nc").split()
        ['a', 'c']
    """
    if "```" in text or "~~~" in text:
        text = FENCE.sub(lambda block: _blank(block.group()), text)
    return _without_loose_code(text) if text.count("\n") >= CODE_LINES - 1 else text


def _without_loose_code(text: str) -> str:
    lines = text.split("\n")
    kept, run = list(lines), list[int]()
    for place, line in enumerate([*lines, "end."]):
        if line.strip() and CODE_LINE.fullmatch(line):
            run.append(place)
        elif line.strip() and not (run and line[0] in " \t"):
            if len(run) >= CODE_LINES:
                kept[run[0] : place] = map(_blank, kept[run[0] : place])
            run = []
    return "\n".join(kept)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def words_of(text: str) -> list[str]:
    """The words of `text` in lower case, in order; none without letters and digits.

    Example:
        >>> words_of("It's 3 pm: 你好")
        ["it's", '3', 'pm', '你', '好']
    """
    return [word.lower() for word in WORD.findall(text)]


def span_of_words(text: str, first: int, count: int) -> tuple[int, int]:
    """Where `count` words of `text` stand, from word number `first` on: [start, end).

    Example:
        >>> span_of_words("one, two, three", 1, 2)
        (5, 15)
    """
    found = list(islice(WORD.finditer(text), first, first + count))
    return found[0].start(), found[-1].end()


def share(part: float, whole: float) -> float:
    """`part` of `whole`, rounded to four places; 0 of nothing.

    Example:
        >>> share(1, 3), share(1, 0)
        (0.3333, 0.0)
    """
    return round(part / whole, 4) if whole else 0.0
