"""An answer that was cut off before its end."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from grasp_ui.model.conversation import Message, Thread
from grasp_ui.registry import Look
from grasp_ui.tagging.fences import open_fence
from grasp_ui.tagging.heuristic import (
    Finding,
    HeuristicConfig,
    Measured,
    answers,
    finding,
    heuristic,
)
from grasp_ui.tagging.wording import without_code, words_of

CHARACTERS_PER_TOKEN = 4
OPEN_MARK = re.compile(r"(?:[,;、，；]|(?<=\w):)$")
SIGN_OFF = re.compile(
    r"^(?:(?:best|kind|warm|with)\b.*|(?:yours|love|sincerely|respectfully|cheers|regards|thanks"
    r"|thank you)\b.*)$",
    re.I,
)
# Words after which a sentence goes on; lower case, so that "vitamin A" may end a line.
UNFINISHED = re.compile(
    r"(?<![\w'’-])(?:and|or|but|nor|because|although|though|whereas|whether|unless|than|the|a|an"
    r"|my|your|their|our|such as|as well as|due to|i\.e\.|e\.g\.)$"
)
# How a line ends that one of the two finds.
OPEN_ENDS = (
    ",", ";", ":", "、", "，", "；", "and", "or", "but", "nor", "because", "although", "though",
    "whereas", "whether", "unless", "than", "the", "a", "an", "my", "your", "their", "our",
    "such as", "as well as", "due to", "i.e.", "e.g.",
)  # fmt: skip
LISTED = re.compile(r"^\s*(?:[-*+•–|>#]|\d{1,3}[.)]|\(?[a-zA-Z][.)])\s*")
# Thai, Lao, Khmer and Burmese end sentences without a mark.
UNMARKED_SCRIPTS = frozenset(
    map(chr, (*range(0x0E00, 0x0F00), *range(0x1780, 0x1800), *range(0x1000, 0x10A0)))
)
NO_SENTENCE = re.compile(r"(?:https?://|www\.)\S+$|[=^\\{}<>|]")


class TruncatedConfig(HeuristicConfig):
    """When the lack of a closing mark says that the text was cut off."""

    token_limit: Annotated[
        int,
        Field(
            title="Token limit",
            description="The limit the answers were written under; 0 where it is not known.",
            ge=0,
        ),
    ] = 0
    near_limit: Annotated[
        float, Field(title="Near the limit is from this share of it on", gt=0, le=1)
    ] = 0.85
    minimum_characters: Annotated[
        int,
        Field(
            title="Characters from which a closing mark is expected",
            description="Asked where neither limit nor finish reason is known.",
            ge=0,
        ),
    ] = 200
    minimum_words: Annotated[
        int,
        Field(
            title="Words in the last line",
            description="A shorter last line may be a signature or a title.",
            ge=0,
        ),
    ] = 6


LOOK = Look(
    "Cut off",
    "The answer stopped at the token limit, or ends in the middle of something.",
    group="Form",
    icon="content_cut",
)


@heuristic("truncated", config=TruncatedConfig, look=LOOK)
def truncated(config: TruncatedConfig, thread: Thread) -> Iterator[Finding]:
    """Each answer that seems cut off, by the first of these signs.

    - its finish reason is `length`;
    - a code fence that is never closed;
    - it ends with a comma, a semicolon, a colon, or a word that needs another one (*and*, *the*);
    - its last line is prose without a closing mark, and it is near the token limit (4 characters
      count as one token). Where neither limit nor finish reason is known, being longer than
      `minimum_characters` stands in for being near the limit.
    """
    for _, answer in answers(thread):
        cut = next(_signs(config, answer), None)
        if cut is not None:
            yield finding(answer, cut, value=cut.measure)


def _signs(config: TruncatedConfig, answer: Message) -> Iterator[Measured]:
    text = answer.content.rstrip()
    ending = (max(0, len(text) - 40), len(text))
    if answer.finish_reason == "length":
        yield Measured("stopped at the token limit", 1, 0, ending)
    fence = open_fence(text)
    if fence is not None:
        yield Measured("code fences left open", 1, 0, fence)
    prose = without_code(answer.content).rstrip()
    if len(prose) < len(text):
        return
    yield from _open_ending(prose)
    expected = _expected_from(config, answer)
    if expected is not None and len(text) >= expected and _lacks_closing_mark(config, prose):
        yield Measured("characters without a closing mark", len(text), expected, ending)


def _open_ending(text: str) -> Iterator[Measured]:
    line = text[text.rfind("\n") + 1 :].strip()
    if not line.endswith(OPEN_ENDS) or (SIGN_OFF.match(line) and len(words_of(line)) <= 4):
        return
    found = OPEN_MARK.search(line) or UNFINISHED.search(line)
    if found:
        yield Measured("open ending", 1, 0, (len(text) - len(found.group()), len(text)))


def _expected_from(config: TruncatedConfig, answer: Message) -> float | None:
    """From how many characters on a closing mark is expected; None: never."""
    if config.token_limit:
        return config.token_limit * config.near_limit * CHARACTERS_PER_TOKEN
    return config.minimum_characters if answer.finish_reason is None else None


def _lacks_closing_mark(config: TruncatedConfig, text: str) -> bool:
    """Whether the last line is prose without a closing mark, where its neighbours have one."""
    last = text[text.rfind("\n") + 1 :].rstrip()
    if _is_closed(last) or len(words_of(last)) < config.minimum_words:
        return False
    before = [line.rstrip() for line in text.split("\n")[:-1]]
    is_listed = bool(LISTED.match(last))
    alike = [line for line in before if line and bool(LISTED.match(line)) == is_listed]
    closed = sum(map(_is_closed, alike))
    return closed >= 2 and closed == len(alike) if is_listed else 2 * closed >= len(alike)


def _is_closed(line: str) -> bool:
    """Whether `line` may end as it does: with a mark, a number, a link or a formula."""
    if not line[-1:].isalpha() or line[-1:] in UNMARKED_SCRIPTS:
        return True
    return bool(NO_SENTENCE.search(line))
