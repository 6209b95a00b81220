"""What the rules share in reading a text: code masked, words and their places."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

Run = tuple[str, ...]
RunIndex = Mapping[str, Sequence[Run]]

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:.*?\n)?? {0,3}\1[`~]*[ \t]*$", re.M | re.S)
# A line of a program or of markup that stands in the text without a fence.
CODE_LINE = re.compile(
    r"\s*(?:.*[;{}\\]|.*\)\s*:|</?[a-zA-Z!][^>]*>.*|.*</?[a-z][^>]*>|[)\]}]+[,;]?"
    r"|(?:#include|#define|import|from|def|class|func|function|var|let|const|return|if|elif|else"
    r"|for|while|try|except|extends|export|public|private|static|int|void|print|end|using)\b"
    r".*[\w)\]}>\"':]|[\w.\[\]\"']+\s*(?:[-+*/]?=|:=)\s*\S.*|[\w.]+\(.*\)|(?://|#|--|/\*|\*).*)\s*"
)
CODE_LINES = 3
INLINE_CODE = re.compile(r"(?<!`)(`{1,2})(?!`)[^\n]+?(?<!`)\1(?!`)")
FENCE_LINE = re.compile(r"(?:[ \t>]|[-*+] |\d{1,3}[.)] )*(`{3,}|~{3,})([^\n]*)")
BLOCK = re.compile(
    r"^(?P<before>(?:[ \t>]|[-*+] |\d{1,3}[.)] )*)(?P<sign>`{3,}"
    r"|~{3,})[ \t]*(?P<called>[\w+-]*)[^\n`]*\n"
    r"(?P<text>.*?)^[ \t>]*(?P=sign)",
    re.M | re.S,
)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")
FENCE_SIGN = re.compile(r"`{3,}|~{3,}")
# In scripts that are written without spaces each character stands for a word.
WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]|[^\W_]+(?:['’][^\W\d_]+)*"
)
# The bytes of letters, digits and apostrophes, in lower case; a space for every other.
PLAIN_BYTES = bytes(
    ord(chr(byte).lower()) if chr(byte).isascii() and (chr(byte).isalnum() or byte == 39) else 32
    for byte in range(256)
)
# What texts of English have beside ASCII, and what it is to words.
TYPOGRAPHY = (("’", "'"), *((mark, " ") for mark in "“”‘–—…•\u00a0"))
# A line of prose: it ends a sentence or a clause, assigns nothing and begins like no code.
PROSE_ENDS, CODE_BEGINS = (".", "!", "?", ","), ("<", ")", "]", "}", "/", "#", "-", "*")


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
        bare = line.strip()
        if bare and _is_code(bare):
            run.append(place)
        elif bare and not (run and line[0] in " \t"):
            if len(run) >= CODE_LINES:
                kept[run[0] : place] = map(_blank, kept[run[0] : place])
            run = []
    return "\n".join(kept)


def _is_code(line: str) -> bool:
    # The pattern is slow on prose, and most lines are prose.
    if line.endswith(PROSE_ENDS) and "=" not in line and not line.startswith(CODE_BEGINS):
        return False
    return bool(CODE_LINE.fullmatch(line))


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


@lru_cache(maxsize=512)
def without_inline_code(text: str) -> str:
    """`text` with code blanked out as `without_code` does, and also code within lines.

    Example:
        >>> without_inline_code("Call `run()` now.")
        'Call         now.'
    """
    masked = without_code(text)
    return INLINE_CODE.sub(lambda found: _blank(found.group()), masked) if "`" in masked else masked


class Block(NamedTuple):
    """A fenced block: what stands in it, and where that begins."""

    text: str
    start: int


def blocks_of(text: str, names: tuple[str, ...]) -> Iterator[Block]:
    r"""The closed blocks of `text` that are called one of `names`, in whatever case.

    Example:
        >>> list(blocks_of("So:\n```py\nprint()\n```", ("py",)))
        [Block(text='print()\n', start=10)]
    """
    if "```" not in text and "~~~" not in text:
        return
    low = text.lower()
    if not any(f"`{name}" in low or f"~{name}" in low for name in names):
        return
    for found in BLOCK.finditer(text):
        if found["called"].lower() in names:
            yield Block(found["text"], found.start("text"))


def open_fence(text: str) -> tuple[int, int] | None:
    r"""Where the code fence stands that is never closed; None where all are closed.

    An odd number of fences is asked for too: a fence that is closed in an untidy way is not open.

    Example:
        >>> open_fence("So:\n```\nprint()"), open_fence("```\na\n``` So.")
        ((4, 7), None)
    """
    if "```" not in text and "~~~" not in text:
        return None
    is_odd = len(FENCE_SIGN.findall(text)) % 2
    return _last_open(text) if is_odd else None


def _last_open(text: str) -> tuple[int, int] | None:
    sign, place, start = "", (0, 0), 0
    for line in text.split("\n"):
        found = FENCE_LINE.match(line)
        if found and not sign and found[1][0] not in found[2]:
            sign, place = found[1], (start + found.start(1), start + found.end(1))
        elif found and sign and found[1].startswith(sign) and not found[2].strip():
            sign = ""
        start += len(line) + 1
    return place if sign else None


@lru_cache(maxsize=512)
def lowered(text: str) -> str:
    """`text` in lower case and with straight apostrophes, for patterns.

    Example:
        >>> lowered("I’M")
        "i'm"
    """
    return text.lower().replace("’", "'")


@lru_cache(maxsize=512)
def words_of(text: str) -> Run:
    """The words of `text` in lower case, in order; none without letters and digits.

    Apostrophes are straight, whichever the text has.

    Example:
        >>> words_of("It's 3 pm: 你好")
        ("it's", '3', 'pm', '你', '好')
    """
    if not text.isascii():
        for mark, plain in TYPOGRAPHY:
            text = text.replace(mark, plain)
    if text.isascii():
        plain = text.encode().translate(PLAIN_BYTES).decode()
        return tuple((_untied(plain) if "'" in plain else plain).split())
    low = text.lower()
    if len(low) == len(text):
        return tuple(WORD.findall(low))
    # A letter became two: they are lowered one by one, so that the words stay the same.
    return tuple(word.lower() for word in WORD.findall(text))


def _untied(plain: str) -> str:
    """`plain` with only those apostrophes that stand before letters within a word."""
    place = plain.find("'")
    while place >= 0:
        end = place + 1
        while plain[end : end + 1].isalpha():
            end += 1
        if end == place + 1 or not plain[:place][-1:].isalnum():
            plain = f"{plain[:place]} {plain[place + 1 :]}"
        elif plain[end : end + 1].isdigit():
            plain = f"{plain[:end]} {plain[end:]}"
        place = plain.find("'", place + 1)
    return plain


@lru_cache(maxsize=512)
def word_set(text: str) -> frozenset[str]:
    """The different words of `text`, in lower case."""
    return frozenset(words_of(text))


def runs_of(words: Run, length: int) -> list[Run]:
    """Every run of `length` words, in order; none of fewer words.

    Example:
        >>> runs_of(("a", "b", "c"), 2)
        [('a', 'b'), ('b', 'c')]
    """
    return list(zip(*(words[place:] for place in range(length)), strict=False))


def run_index(runs: Iterable[Run]) -> RunIndex:
    """`runs` by the longest word of each: most texts have none of these."""
    index: defaultdict[str, list[Run]] = defaultdict(list)
    for run in dict.fromkeys(runs):
        index[max(run, key=len)].append(run)
    return dict(index)


def runs_within(index: RunIndex, words: Run, different: frozenset[str]) -> list[Run]:
    """The runs of `index` whose words are all in a text: nearly always none.

    `words` are the text's words, `different` the same as a set.

    Example:
        >>> index = run_index([("b", "long"), ("c", "d")])
        >>> runs_within(index, ("a", "b", "long", "c"), frozenset({"a", "b", "long", "c"}))
        [('b', 'long')]
    """
    near = [r for word in index.keys() & different for r in index[word] if different.issuperset(r)]
    return [run for run in near if place_of_run(words, run) is not None]


def place_of_run(words: Run, run: Run) -> int | None:
    """The number of the word at which `run` first begins in `words`; None: nowhere."""
    places = (place for place, word in enumerate(words) if word == run[0])
    return next((place for place in places if words[place : place + len(run)] == run), None)


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
