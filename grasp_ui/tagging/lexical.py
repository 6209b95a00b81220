"""How a text uses its words: variety, reading level, an estimate of its tokens."""

import re
from collections.abc import Collection, Sequence

from grasp_ui.tagging.wording import WIDE, beyond_ascii, words_of

CHARACTERS_PER_TOKEN = 4
# It begins with one of few characters, which a search leaps to: a mark before a space, the end or
# a quotation mark; a wide mark anywhere; an empty line.
SENTENCE_END = re.compile(
    r"[.!?。！？\n](?:(?<!\n)[.!?。！？]*(?=\s|$|[\"'”’)])|(?<=[。！？])|(?<=\n)\n+)"
)
FACTOR = 0.72
LEAST_WORDS = 50


def tokens_of(text: str) -> int:
    """About how many tokens `text` has: an estimate without a tokenizer.

    Four characters count as one token, as is usual for English, and a character of a script
    without spaces as one.

    Example:
        >>> tokens_of("Tomatoes like sun."), tokens_of("你好"), tokens_of("")
        (5, 2, 0)
    """
    wide = 0 if text.isascii() else len(WIDE.findall(beyond_ascii(text)))
    return wide + -(-(len(text) - wide) // CHARACTERS_PER_TOKEN)


def type_token_ratio(
    words: Sequence[str], different: Collection[str] | None = None
) -> float | None:
    """Distinct words / words; None without words.

    `different` are the distinct words, where they are known.

    Example:
        >>> type_token_ratio(["a", "b", "a", "c"])
        0.75
    """
    distinct = set(words) if different is None else different
    return round(len(distinct) / len(words), 4) if words else None


def mtld(words: Sequence[str]) -> float | None:
    """The measure of textual lexical diversity; None of fewer than 50 words.

    After McCarthy & Jarvis (2010): the mean length of runs of words whose type-token ratio stays
    above .72, read forwards and backwards; what is left over counts as the part of a run that
    it is.

    Example:
        >>> mtld(["a", "b"] * 30)
        3.0
    """
    if len(words) < LEAST_WORDS:
        return None
    return round((_mean_run(words) + _mean_run(words[::-1])) / 2, 2)


def _mean_run(words: Sequence[str]) -> float:
    runs, start, seen = 0.0, 0, set[str]()
    for place, word in enumerate(words, 1):
        # The ratio falls only where a word stands again.
        if word not in seen:
            seen.add(word)
        elif len(seen) / (place - start) <= FACTOR:
            runs, start, seen = runs + 1, place, set()
    length = len(words) - start
    runs += (1 - len(seen) / length) / (1 - FACTOR) if length else 0.0
    return len(words) / runs if runs else float(len(words))


def reading_level(text: str, words: Sequence[str] | None = None) -> float | None:
    """The automated readability index of English prose; None without words.

    `words` are those of `text`, where they are known.

    After Smith & Senter (1967): 4.71 × letters and digits / words + 0.5 × words / sentences
    - 21.43, about the school grade in which it can be read.

    Example:
        >>> reading_level("The cat sat on the mat. The dog sat on the log.")
        -5.09
    """
    words = words_of(text) if words is None else words
    if not words:
        return None
    sentences = max(1, len(SENTENCE_END.findall(text.strip())))
    letters = len("".join(words))
    return round(4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43, 2)
