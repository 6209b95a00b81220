"""Tags in many words made one vocabulary: spelling, number, near-equals."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from unicodedata import normalize

NOT_A_WORD = re.compile(r"[^\w+#]+|_+")
VOWELS = frozenset("aeiouy")
# Shorter words are other words one letter away: code and core, tone and tune.
LEAST_LENGTH = 7


def normal_tag(text: str) -> str:
    """A tag in lower case and in the singular, nothing but words between spaces.

    Example:
        >>> normal_tag("  Creative_Writing-Tasks."), normal_tag("C++ Classes")
        ('creative writing task', 'c++ class')
    """
    words = NOT_A_WORD.sub(" ", normalize("NFKC", text).casefold()).split()
    return " ".join(_singular(word) for word in words)


def merged(counts: Mapping[str, int]) -> dict[str, str]:
    """For every tag the one that stands for it: the commonest of near-equals.

    Nearly equal are tags of the same word stems in any order ("write story", "story writing"),
    and long tags that one letter tells apart (colour, color). Ties go to the earlier in the
    alphabet, so that the order of `counts` does not matter.

    Example:
        >>> merged({"story writing": 3, "write story": 1, "summarization": 2, "summarisation": 9})
        {'summarisation': 'summarisation', 'story writing': 'story writing', \
'summarization': 'summarisation', 'write story': 'story writing'}
    """
    stands: dict[str, str] = {}
    homes: dict[str, str] = {}
    for tag in sorted(counts, key=lambda one: (-counts[one], one)):
        keys = list(_keys(tag))
        home = next((homes[key] for key in keys if key in homes), tag)
        stands[tag] = home
        if home == tag:
            homes.update((key, tag) for key in keys if key not in homes)
    return stands


def frequent(tags: Iterable[str], *, least: int) -> dict[str, int]:
    """How often each tag is there, commonest first, without those below `least`.

    Example:
        >>> frequent(["math", "poetry", "math"], least=2)
        {'math': 2}
    """
    found = sorted(Counter(tags).items(), key=lambda pair: (-pair[1], pair[0]))
    return {tag: count for tag, count in found if count >= least}


def _keys(tag: str) -> Iterator[str]:
    """What a tag shares with its near-equals: its stems, and itself without any one letter."""
    yield " ".join(sorted(_stem(word) for word in tag.split()))
    if len(tag) >= LEAST_LENGTH and not any(letter.isdigit() for letter in tag):
        yield f"={tag}"
        for place in range(len(tag)):
            yield f"={tag[:place]}{tag[place + 1 :]}"


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is", "ics")) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def _stem(word: str) -> str:
    """What forms of one word share: writing, writes and write; planned and plan."""
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and VOWELS.intersection(stem):
            twice = stem[-1] == stem[-2] and stem[-1] not in "ls"
            return stem[:-1] if twice else stem.removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word
