"""Foul words and slurs."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from grasp_ui.model.conversation import Conversation
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, Measured, finding, tree_heuristic

# One of these is in every text with a strong word, also where letters are masked.
STEMS = (
    "fuck", "shit", "bitch", "cunt", "bastard", "bollock", "cocksuck", "dick", "dumbass", "asshole",
    "arsehole",
    "jackass", "asshat", "asswipe", "douchebag", "faggot", "nigg", "piss", "puss", "retard", "slut",
    "titties", "trann", "twat", "wank", "whore", "goddamn", "kunt", "raghead", "wetback", "jizz",
    "f*c", "f**", "sh*t", "s**t", "b*tch", "c*nt", "a**hole", "a$$", "sh1t", "b1tch", "fuk",
)  # fmt: skip
SHORT = ("ass", "arse", "fag", "spic", "wop", "wog", "dyke", "kike", "paki", "gook", "clit", "dago")
SHORT_WORD = re.compile(rf"\b(?:{'|'.join(SHORT)})(?:s|es)?\b")
MILD = ("crap", "damn", "darn", "prick", "turd", "tits", "bugger", "cock", "cum", "coon", "chink",
        "sod", "douche", "frigging", "dammit", "jerkoff")  # fmt: skip


class ProfanityConfig(HeuristicConfig):
    """Which words count, and how sure it has to be."""

    mild: Annotated[bool, Field(title="Mild words count too")] = False
    minimum_confidence: Annotated[
        float, Field(title="Sure from this confidence on", ge=0, le=1)
    ] = 0.6


LOOK = Look(
    "Profanity",
    "A message holds a foul word or a slur.",
    group="Safety hints",
    icon="explicit",
)


@tree_heuristic("profanity", config=ProfanityConfig, look=LOOK)
def profanity(config: ProfanityConfig, conversation: Conversation) -> Iterator[Finding]:
    """Each message with a foul word, also masked or spelled out; a hint.

    Words, their masks (`sh*t`) and their confidence are pygarble's. They are looked for only in
    texts that hold one of their stems. The value is how many there are. It knows words, not what
    they are said for: a quote fires as an insult does, and an insult without such a word does not.
    """
    for message in conversation.messages:
        if not _may_hold(message.content, mild=config.mild):
            continue
        words = [
            word
            for word in _detector(mild=config.mild).detect(message.content)
            if word.confidence >= config.minimum_confidence
        ]
        if words:
            span = (words[0].start, words[0].end)
            yield finding(message, Measured("foul words", len(words), 0, span), value=len(words))


def _may_hold(text: str, *, mild: bool) -> bool:
    lowered = text.lower()
    if any(map(lowered.__contains__, STEMS)):
        return True
    if any(map(lowered.__contains__, SHORT)) and SHORT_WORD.search(lowered):
        return True
    return mild and any(map(lowered.__contains__, MILD))


@cache
def _detector(*, mild: bool) -> Any:
    # It reads lists of words when imported: only where a text may hold one of them.
    from pygarble.screening.profanity import ProfanityDetector

    return ProfanityDetector(tiers=("strong", "mild") if mild else ("strong",))
