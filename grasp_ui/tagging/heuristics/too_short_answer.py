"""An answer too short for what was asked."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from grasp_ui.model.conversation import Message, Thread
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import (
    Finding,
    HeuristicConfig,
    Measured,
    answers,
    finding,
    heuristic,
)
from grasp_ui.tagging.wording import WORD, keys_of, share, without_code, words_of

# "Can you explain …?" is a request, so these four ask for a yes or no of others only.
YES_OR_NO = re.compile(
    r"(?:^|[.!?;:,\n]\s*|\b(?:so|and|but|then)\s+)"
    r"(?:(?:is|are|am|was|were|do|does|did|should|shall|may|might|must|has|have|had)(?:n['’]t)?"
    r"|(?:can|could|will|would)(?:n['’]t)?(?!\s+(?:you|u|someone|somebody|anyone|we|i\s+get)\b))"
    r"\s+\S[^?\n]*\?\s*$"
    r"|\b(?:yes or no|yes/no|true or false|right or wrong|correct or incorrect)\b",
    re.I,
)
# Its texts end with a question mark, or have one of these words.
EITHER = frozenset({"yes", "true", "right", "correct"})
NUMERIC = re.compile(
    r"\bhow (?:many|much|old|long|far|tall|high|deep|big|large|often|fast|heavy)\b"
    r"|\b(?:what|which) (?:year|date|day|month|time|number|percent(?:age)?|age|size|score|angle)\b"
    r"|^\s*when\b|\b(?:calculate|compute|convert|divide|multiply|square root|integer)\b",
    re.I | re.M,
)
BRIEF = re.compile(
    r"\b(?:one|single|1|two|three)[- ]words?\b|\bin a (?:single )?word\b|\bnothing else\b"
    r"|\b(?:only|just) (?:with )?(?:the|a|an|one|give|say|answer|reply|return|output|name|write)\b"
    r"|\b(?:answer|reply|respond) (?:only )?with\b|\b(?:multiple choice|classify|categori[sz]e)\b",
    re.I,
)
# One of these words is in each text of those two.
LITTLE_LIST = (
    "how what which when calculate compute convert divide multiply root integer"
    " word words else only just with choice classify categorize categorise"
)
LITTLE = frozenset(LITTLE_LIST.split())
# What else wants a number or a label.
SUM = re.compile(r"\d\s*[-+*/×÷^%=<>]\s*\d")
OPTION = re.compile(r"^\s*\(?[A-D][.)]\s", re.I | re.M)
COURTESY = re.compile(
    r"^\W*(?:many |ok(?:ay)?,? )?(?:thanks?|thank you|thx|cheers|great|perfect|good ?bye|bye"
    r"|see you|good night|hi|hello|hey|good (?:morning|evening|afternoon))\b",
    re.I,
)
COURTEOUS_WORDS = 8
# A yes-or-no question ends the prompt, within so many characters.
QUESTION = 300
# Most answers are long enough by these many characters already.
BEGINNING = 60
# A character of a script without spaces says about as much as two letters.
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")


class TooShortConfig(HeuristicConfig):
    """From which length on an answer is long enough."""

    minimum_characters: Annotated[
        int, Field(title="At least so many letters and digits", ge=0, le=1000)
    ] = 15
    minimum_words: Annotated[int, Field(title="At least so many words", ge=0, le=200)] = 3


LOOK = Look(
    "Answer too short",
    "Fewer letters or words than asked for, where the question wanted more than a word.",
    group="Length",
    icon="short_text",
)


@heuristic("too_short_answer", config=TooShortConfig, look=LOOK)
def too_short_answer(config: TooShortConfig, thread: Thread) -> Iterator[Finding]:
    """Each answer under either minimum, unless the prompt asks for so little.

    A prompt asks for little where it is a yes-or-no question, wants a number, a single word or
    a label, or is a mere courtesy. Fenced code counts neither as letters nor as words, and an
    answer with fenced code is never too short. Empty messages are left to `empty_turn`.
    """
    for prompt, answer in answers(thread):
        finding = _measured(config, answer)
        if finding is not None and not (prompt is not None and _asks_for_little(prompt)):
            yield finding


def _asks_for_little(prompt: Message) -> bool:
    text = without_code(prompt.content).strip()
    if COURTESY.match(text) and len(words_of(text)) <= COURTEOUS_WORDS:
        return True
    keys = keys_of(text)
    may_be_closed = text.endswith("?") or not EITHER.isdisjoint(keys)
    if may_be_closed and YES_OR_NO.search(text, max(0, len(text) - QUESTION)):
        return True
    if SUM.search(text) or OPTION.search(text):
        return True
    return not LITTLE.isdisjoint(keys) and bool(NUMERIC.search(text) or BRIEF.search(text))


def _measured(config: TooShortConfig, answer: Message) -> Finding | None:
    if _is_long(config, answer.content):
        return None
    text = without_code(answer.content)
    if text != answer.content:
        return None
    found = WORD.findall(text)
    letters = sum(len(word) for word in found) + len(WIDE.findall(text))
    span = (0, len(answer.content))
    if letters < config.minimum_characters:
        short = Measured("characters", letters, config.minimum_characters, span)
    elif len(found) < config.minimum_words:
        short = Measured("words", len(found), config.minimum_words, span)
    else:
        return None
    score = share(short.number, short.threshold)
    return finding(answer, short, value=short.number, score=score)


def _is_long(config: TooShortConfig, text: str) -> bool:
    """Whether the beginning alone has enough, in words without marks.

    Its last word may be cut and is not counted.
    """
    found = [word for word in text[:BEGINNING].split()[:-1] if word.isalnum()]
    return len(found) >= config.minimum_words and sum(map(len, found)) >= config.minimum_characters
