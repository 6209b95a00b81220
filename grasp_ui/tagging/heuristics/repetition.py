"""A text that says the same again and again."""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Annotated, ClassVar

from pydantic import Field

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.value import Action
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, Measured, finding, tree_heuristic
from grasp_ui.tagging.lineage import above
from grasp_ui.tagging.wording import (
    Run,
    lowered,
    runs_of,
    share,
    span_of_words,
    without_code,
    word_set,
    words_of,
)

RUN = 5
# What `_is_varied` asks for: shares of the characters and of the pairs, letters of one word.
WORDY, DOUBLED, LONGEST_WORD = 0.7, 0.25, 50
# A model that loops within one line repeats sentences: they count as lines.
LINE_END = re.compile(r"\n|(?<=[.!?])\s+|(?<=[。！？])")

SONG = re.compile(
    r"\b(?:songs?|lyrics|poems?|chorus|refrain|ballad|haiku|rhymes?|chant|rap)\b|歌|诗"
)

Share = Annotated[float, Field(ge=0, le=1)]


class RepetitionConfig(HeuristicConfig):
    """How much repeating is too much."""

    default_action: ClassVar[Action] = "reject"

    maximum_repeated: Annotated[
        Share,
        Field(title="Repeated 5-word runs", description="Largest share of the characters."),
    ] = 0.15
    maximum_repeated_short: Annotated[
        Share,
        Field(title="Repeated 5-word runs of a short text", description="Largest share."),
    ] = 0.5
    maximum_pair: Annotated[
        Share, Field(title="Commonest 2 words", description="Largest share of the characters.")
    ] = 0.20
    maximum_triple: Annotated[
        Share, Field(title="Commonest 3 words", description="Largest share of the characters.")
    ] = 0.18
    maximum_quadruple: Annotated[
        Share, Field(title="Commonest 4 words", description="Largest share of the characters.")
    ] = 0.16
    maximum_lines: Annotated[
        int, Field(title="So often the same line is too often", ge=2, le=100)
    ] = 4
    maximum_compression: Annotated[
        float, Field(title="Compression ratio", description="Bytes before to after.", ge=1)
    ] = 6.0
    minimum_words: Annotated[
        int, Field(title="Words below which shares are not taken", ge=0, le=1000)
    ] = 30
    minimum_times: Annotated[
        int, Field(title="A run counts as common from so many times on", ge=2, le=100)
    ] = 3
    minimum_repeats: Annotated[
        int, Field(title="So many 5-word runs must stand twice", ge=1, le=100)
    ] = 3
    minimum_line: Annotated[
        int, Field(title="Words below which a line is not counted", ge=1, le=100)
    ] = 3


LOOK = Look(
    "Repetition",
    "The same words, lines or runs of words fill too much of a message.",
    group="Repetition",
    icon="repeat",
)


@tree_heuristic("repetition", config=RepetitionConfig, look=LOOK)
def repetition(config: RepetitionConfig, conversation: Conversation) -> Iterator[Finding]:
    """Each message that repeats itself, by the first measure that is over.

    Messages of the user and of the assistant are measured, code left out, in this order:

    - *same line*: the commonest line or sentence of at least `minimum_line` words stands
      `maximum_lines` times or more; rows of tables do not count.
    - *repeated 5-word runs*: reading on from each run of 5 words that stood before, characters
      of the repeats / characters of all words > .15. As in Gopher (Rae et al. 2021, table A1),
      where the first occurrence does not count and none counts twice; at least
      `minimum_repeats` of them, as a sentence that says one phrase twice is no loop. A text
      of fewer than `minimum_words` words must be a loop outright: > .5.
    - *commonest n words*, n = 2, 3, 4: times × characters of the commonest run of n words /
      characters of all words > .20, .18, .16 (Gopher's "top n-gram"). Gopher's thresholds are
      for web pages; a message is short, so a run counts from `minimum_times` times on (pairs
      from one more), and shares are taken from `minimum_words` words on.
    - *compression ratio*: UTF-8 bytes / bytes after zlib at level 6 > 6.

    A song or a poem that was asked for has refrains: it counts from twice each threshold on.

    The tag's value is the number that came out.
    """
    for message in conversation.messages:
        if message.role not in ("user", "assistant"):
            continue
        over = next(_measures(config, without_code(message.content)), None)
        if over is not None and not _is_refrain(over, message, conversation):
            score = share(over.threshold, over.number * 2)
            yield finding(message, over, value=over.number, score=score)


def _is_refrain(over: Measured, message: Message, conversation: Conversation) -> bool:
    before = next(above(message, conversation), None)
    is_song = before is not None and SONG.search(lowered(before.content))
    return bool(is_song) and over.number <= 2 * over.threshold


def _measures(config: RepetitionConfig, text: str) -> Iterator[Measured]:
    """The measures that are over their thresholds.

    Few texts can be over one, and how often each pair of words stands tells which: so most
    texts are done with the pairs.
    """
    words = words_of(text)
    # Pairs stand twice no oftener than words do, and are not looked at where few of these do.
    doubled = len(words) - len(word_set(text))
    pairs: Counter[Run] = Counter(pairwise(words) if doubled > 1 else ())
    if doubled > 1:
        doubled = len(words) - 1 - len(pairs)
    most = max(pairs.values(), default=0)
    if config.minimum_line < 3 or _is_chained(pairs, most, config.maximum_lines):
        yield from _lines(config, text)
    is_long = len(words) >= max(config.minimum_words, RUN)
    if doubled >= config.minimum_repeats * (RUN - 1):
        largest = config.maximum_repeated if is_long else config.maximum_repeated_short
        yield from _repeated_runs(config, text, pairs, largest)
    if is_long and most >= config.minimum_times:
        yield from _common_runs(config, text, pairs, most)
    if not _is_varied(text, words, doubled):
        yield from _compression(config, text)


def _is_chained(pairs: Mapping[Run, int], most: int, times: int) -> bool:
    """Whether a run of three words can stand so many times: both of its pairs do then."""
    if most < times:
        return False
    often = _often(pairs, times)
    return not {end for _, end in often}.isdisjoint(begin for begin, _ in often)


def _often(pairs: Mapping[Run, int], times: int) -> frozenset[Run]:
    return frozenset(pair for pair, number in pairs.items() if number >= times)


def _is_varied(text: str, words: Run, doubled: int) -> bool:
    """Whether it is words that hardly repeat, which zlib brings to a fifth at the very best."""
    if doubled > DOUBLED * len(words) or _length(words) < WORDY * len(text):
        return False
    return len(text) <= LONGEST_WORD or max(map(len, words), default=0) <= LONGEST_WORD


def _lines(config: RepetitionConfig, text: str) -> Iterable[Measured]:
    counts = Counter(line.strip() for line in LINE_END.split(text))
    for line, times in counts.most_common():
        if times < config.maximum_lines:
            return
        if len(words_of(line)) >= config.minimum_line and not line.startswith("|"):
            start = text.index(line)
            span = (start, start + len(line))
            yield Measured("same line", times, config.maximum_lines, span)
            return


def _repeated_runs(
    config: RepetitionConfig, text: str, pairs: Mapping[Run, int], most: float
) -> Iterable[Measured]:
    words = words_of(text)
    # All pairs of a run that stands twice stand twice: few texts have so many of those in a row.
    twice = bytes(map(_often(pairs, 2).__contains__, pairwise(words)))
    if twice.count(b"\x01" * (RUN - 1)) < config.minimum_repeats:
        return
    runs = runs_of(words, RUN)
    repeats = _repeats(runs)
    number = share(sum(_length(runs[place]) for place in repeats), _length(words))
    if len(repeats) >= config.minimum_repeats and number > most:
        span = span_of_words(text, repeats[0], RUN)
        yield Measured("repeated 5-word runs", number, most, span)


def _repeats(runs: Sequence[Run]) -> list[int]:
    """Where runs begin that stood before; the next is looked for behind each."""
    seen: set[Run] = set()
    repeats, place = [], 0
    while place < len(runs):
        if runs[place] in seen:
            repeats.append(place)
            place += RUN
        else:
            seen.add(runs[place])
            place += 1
    return repeats


def _common_runs(
    config: RepetitionConfig, text: str, pairs: Mapping[Run, int], most: int
) -> Iterator[Measured]:
    words = words_of(text)
    thresholds = {2: config.maximum_pair, 3: config.maximum_triple, 4: config.maximum_quadruple}
    longest, whole = max(map(len, words)), _length(words)
    often = _often(pairs, config.minimum_times)
    for length, threshold in thresholds.items():
        # No longer run stands oftener than the commonest pair.
        if most * length * longest <= threshold * whole:
            continue
        counts = pairs if length == 2 else _counted(words, length, often)
        times = max(counts.values(), default=0)
        if times < config.minimum_times:
            return
        likeliest = max(counts, key=counts.__getitem__)
        number = share(times * _length(likeliest), whole)
        if number > threshold and times >= config.minimum_times + (length == 2):
            span = span_of_words(text, runs_of(words, length).index(likeliest), length)
            yield Measured(f"commonest {length} words", number, threshold, span)


def _counted(words: Run, length: int, often: frozenset[Run]) -> Counter[Run]:
    """How often each run stands whose pairs all stand `often`."""
    flags = bytes(map(often.__contains__, pairwise(words)))
    chain, counts = b"\x01" * (length - 1), Counter[Run]()
    place = flags.find(chain)
    while place >= 0:
        counts[words[place : place + length]] += 1
        place = flags.find(chain, place + 1)
    return counts


def _compression(config: RepetitionConfig, text: str) -> Iterator[Measured]:
    # White space is no repetition: tables, and code that was blanked out, are full of it.
    encoded = " ".join(text.split()).encode("utf-8", "surrogatepass")
    # zlib's own frame alone is 8 bytes: shorter texts cannot reach the ratio.
    if len(encoded) <= config.maximum_compression * 8:
        return
    number = round(len(encoded) / len(zlib.compress(encoded, 6)), 2)
    if number > config.maximum_compression:
        yield Measured("compression ratio", number, config.maximum_compression, (0, len(text)))


def _length(words: Iterable[str]) -> int:
    return len("".join(words))
