"""What the rules share in reading a text: code masked, words and their places."""

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import islice

Run = tuple[str, ...]

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:.*?\n)?? {0,3}\1[`~]*[ \t]*$", re.M | re.S)
# A line of a program or of markup that stands in the text without a fence.
CODE_LINE = re.compile(
    r"\s*(?:.*[;{}\\]|.*\)\s*:|</?[a-zA-Z!][^>]*>.*|.*</?[a-z][^>]*>|[)\]}]+[,;]?"
    r"|(?:#include|#define|import|from|def|class|func|function|var|let|const|return|if|elif|else"
    r"|for|while|try|except|extends|export|public|private|static|int|void|print|end|using)\b"
    r".*[\w)\]}>\"':]|[\w.\[\]\"']+\s*(?:[-+*/]?=|:=)\s*\S.*|[\w.]+\(.*\)|(?://|#|--|/\*|\*).*)\s*"
)
CODE_LINES = 3
# What tells nearly all lines of prose from code: how code ends or begins, and its first words.
ENDS_CODE, MAY_END_CODE, MAY_BEGIN_CODE = ";{}\\", ":>)", "<)]}/#-*"
ENDS_PROSE = ".!?,"
FIRST_WORD = re.compile(
    r"(?:#include|#define|import|from|def|class|func|function|var|let|const|return|if|elif|else"
    r"|for|while|try|except|extends|export|public|private|static|int|void|print|end|using)\b"
)
INLINE_CODE = re.compile(r"(?<!`)(`{1,2})(?!`)[^\n]+?(?<!`)\1(?!`)")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")
# Of scripts that are written without spaces.
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
# Those that stand at the beginning of a word, and those that an apostrophe may tie.
LEADING = re.compile(rf"{WIDE.pattern}(?<![^\W_].){WIDE.pattern}*")
WIDE_TIED = re.compile(rf"'{WIDE.pattern}|{WIDE.pattern}'")
# Each of their characters stands for a word.
WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]|[^\W_]+(?:['’][^\W\d_]+)*"
)
# The bytes of letters, digits and apostrophes, in lower case; a space for every other of ASCII.
PLAIN_BYTES = bytes(
    byte if byte > 127 or byte == 39 else ord(chr(byte).lower()) if chr(byte).isalnum() else 32
    for byte in range(256)
)
ASCII = bytes(range(128))
# Apostrophes that tie no letters to a word, and digits behind letters that are tied.
UNTIED = re.compile(r"'(?:(?![^\W\d_])|(?<![^\W_]'))")
TIED_DIGIT = re.compile(r"'[^\W\d_]+(?=\d)")
# What texts of English have beside ASCII, and what it is to words.
TYPOGRAPHY = (("’", "'"), *((mark, " ") for mark in "“”‘–—…•\u00a0"))


def beginning_of(text: str, length: int) -> str:
    """The first `length` characters of `text`, as `lowered` has them.

    Example:
        >>> beginning_of("I’M here", 4)
        "i'm "
    """
    # In ASCII each character stays where it is: all of `text` is asked for by others too.
    return lowered(text)[:length] if text.isascii() else lowered(text[:length])


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
    if has_fence(text):
        text = FENCE.sub(lambda block: _blank(block.group()), text)
    return _without_loose_code(text) if text.count("\n") >= CODE_LINES - 1 else text


def has_fence(text: str) -> bool:
    r"""Whether signs stand in `text` that may begin or end a fence.

    Example:
        >>> has_fence("```\na\n```"), has_fence("`a` and ~~b~~")
        (True, False)
    """
    # One sign is found faster than three, and few texts have any.
    return ("`" in text and "```" in text) or ("~" in text and "~~~" in text)


def may_hold_code(texts: Collection[str]) -> bool:
    r"""Whether code may stand in `texts`, one under the other.

    Example:
        >>> may_hold_code(["Hello!", "a = 1\nb = 2"]), may_hold_code(["a = 1", "b = 2;\nc()"])
        (False, True)
    """
    if sum(text.count("\n") + 1 for text in texts) < CODE_LINES:
        return any(map(has_fence, texts))
    lines = 0
    for text in texts:
        lines += len(_code_lines(text))
        if lines >= CODE_LINES or has_fence(text):
            return True
    return False


@lru_cache(maxsize=512)
def _code_lines(text: str) -> frozenset[int]:
    """The numbers of the lines of `text` that are of a program or of markup."""
    bare = map(str.strip, text.split("\n"))
    return frozenset(place for place, line in enumerate(bare) if line and _is_code(line))


def _without_loose_code(text: str) -> str:
    code = _code_lines(text)
    if len(code) < CODE_LINES:
        return text
    lines = text.split("\n")
    kept, run = list(lines), list[int]()
    for place, line in enumerate([*lines, "end."]):
        if place in code:
            run.append(place)
        elif line.strip() and not (run and line[0] in " \t"):
            if len(run) >= CODE_LINES:
                kept[run[0] : place] = map(_blank, kept[run[0] : place])
            run = []
    return "\n".join(kept)


def _is_code(line: str) -> bool:
    """Whether a line without white space around it is one of a program or of markup."""
    # The pattern is slow on prose, and most lines are prose.
    end = line[-1]
    if end in ENDS_CODE:
        return True
    if end in MAY_END_CODE or line[0] in MAY_BEGIN_CODE or "=" in line:
        return bool(CODE_LINE.fullmatch(line))
    is_prose = end in ENDS_PROSE or not FIRST_WORD.match(line)
    return not is_prose and bool(CODE_LINE.fullmatch(line))


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
    low = text if text.isascii() else _spaced(text)
    if low is None:
        return _scanned(text)
    plain = low.encode().translate(PLAIN_BYTES).decode()
    if "'" in plain:
        plain = TIED_DIGIT.sub(r"\g<0> ", UNTIED.sub(" ", plain))
    return tuple(plain.split())


def beyond_ascii(text: str) -> str:
    """The characters of `text` that are not of ASCII, in order.

    Example:
        >>> beyond_ascii("Straße, 5 €"), beyond_ascii("road")
        ('ß€', '')
    """
    if text.isascii():
        return ""
    raw = text.encode("utf-8", "surrogatepass").translate(None, ASCII)
    return raw.decode("utf-8", "surrogatepass")


def _spaced(text: str) -> str | None:
    """`text` in lower case, a space for each mark beyond ASCII; None: it has to be scanned."""
    low = text.lower()
    beyond = beyond_ascii(low)
    is_wide = WIDE.search(beyond) is not None
    # A letter became two.
    if len(low) != len(text) or (is_wide and WIDE_TIED.search(low)):
        return None
    if is_wide:
        low = LEADING.sub(lambda found: f"{' '.join(found.group())} ", low)
    for mark in set(beyond):
        if not mark.isalnum():
            low = low.replace(mark, " ")
    return low


def _scanned(text: str) -> Run:
    low = text.lower()
    if len(low) == len(text):
        return tuple(WORD.findall(low))
    # A letter became two: they are lowered one by one, so that the words stay the same.
    return tuple(word.lower() for word in WORD.findall(text))


@lru_cache(maxsize=512)
def word_set(text: str) -> frozenset[str]:
    """The different words of `text`, in lower case."""
    return frozenset(words_of(text))


@lru_cache(maxsize=512)
def keys_of(text: str) -> frozenset[str]:
    """The different words of `text`, and the parts of those with an apostrophe.

    Where a pattern finds a whole word of letters in any case, it is one of these.

    Example:
        >>> sorted(keys_of("What's new?"))
        ['new', 's', 'what', "what's"]
    """
    different = word_set(text)
    if "'" not in text and "’" not in text:
        return different
    tied = [word for word in different if "'" in word]
    return different.union("'".join(tied).split("'")) if tied else different


def runs_of(words: Run, length: int) -> list[Run]:
    """Every run of `length` words, in order; none of fewer words.

    Example:
        >>> runs_of(("a", "b", "c"), 2)
        [('a', 'b'), ('b', 'c')]
    """
    return list(zip(*(words[place:] for place in range(length)), strict=False))


def span_of_words(text: str, first: int, count: int) -> tuple[int, int]:
    """Where `count` words of `text` stand, from word number `first` on: [start, end).

    Example:
        >>> span_of_words("one, two, three", 1, 2)
        (5, 15)
    """
    found = list(islice(WORD.finditer(text), first, first + count))
    return found[0].start(), found[-1].end()


def says_something(text: str) -> bool:
    r"""Whether `text` is more than white space.

    Example:
        >>> says_something(" a"), says_something(" \n"), says_something("")
        (True, False, False)
    """
    return bool(text) and not text.isspace()


def share(part: float, whole: float) -> float:
    """`part` of `whole`, rounded to four places; 0 of nothing.

    Example:
        >>> share(1, 3), share(1, 0)
        (0.3333, 0.0)
    """
    return round(part / whole, 4) if whole else 0.0
