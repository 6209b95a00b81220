"""Foul words and slurs."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from grasp_ui.model.conversation import Conversation
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, Measured, finding, tree_heuristic
from grasp_ui.tagging.wording import lowered, word_set

# A text without one of these words, stems or masks need not be asked about.
WORDS_LIST = (
    "arse arsehole arseholes ass asses asshat asshats asshole assholes asswipe bastard bastards"
    " bitch bitches bitchy bitching bollocks bullshit bullshitter clit cocksucker cocksuckers cunt"
    " cunts dago dickhead dickheads dicks dipshit douchebag douchebags dumbass dumbasses dyke dykes"
    " fag faggot faggots fags fuk fukin fuking goddamn gook gooks horseshit jackass jackasses jizz"
    " kike kikes kunt nigga niggas nigger niggers paki pakis piss pisses pissing pussies pussy"
    " raghead retard retarded retards shit shite shitfaced shithead shitheads shitposting shits"
    " shitting shitty slut sluts spic spics titties trannies tranny twat twats wank wanked wanker"
    " wankers wanking wetback wetbacks whore whores wog wogs wop wops sh1t b1tch 5hit a55"
)
WORDS = frozenset(WORDS_LIST.split())
# These are foul only before another word, which is in the list if it is of letters only.
HALVES = frozenset({"bull", "jack", "dumb"})
BEFORE_MASKED = re.compile(r"(?:bull|jack|dumb)\W+\w*[^\sa-z.,;:?\"()-]")
MILD_LIST = (
    "bugger chink chinks cock cocks coon coons crap crappy cum dammit damn damned darn douche"
    " frigging jerkoff pissed pissoff prick pricks sod sodding tits turd wanky"
)
MILD = frozenset(MILD_LIST.split())
STEM = "fuck"
# It begins with what a search leaps to: the first mask, behind up to three letters.
MASKED = re.compile(
    r"[*@$](?:(?<=[abcdfnpsw].)|(?<=[abcdfnpsw][a-z].)|(?<=[abcdfnpsw][a-z][a-z].))"
    r"[*@$]{0,2}[a-z$]",
    re.I,
)
# The second letter is a word of its own.
SPACED, SECOND = ("f u c", "s h i", "f.u.c", "s.h.i", "f-u-c", "s-h-i"), frozenset("uh")


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

    Words, their masks (`sh*t`) and their confidence are pygarble's, which is asked only about
    texts that may hold one. The value is how many there are. It knows words, not what
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
    words = word_set(text)
    if not WORDS.isdisjoint(words) or (mild and not MILD.isdisjoint(words)):
        return True
    low = lowered(text)
    if STEM in low or (not HALVES.isdisjoint(words) and BEFORE_MASKED.search(low)):
        return True
    if not SECOND.isdisjoint(words) and any(map(low.__contains__, SPACED)):
        return True
    is_masked = "*" in text or "@" in text or "$" in text
    return is_masked and MASKED.search(text) is not None


@cache
def _detector(*, mild: bool) -> Any:
    # It reads lists of words when imported: only where a text may hold one of them.
    from pygarble.screening.profanity import ProfanityDetector

    return ProfanityDetector(tiers=("strong", "mild") if mild else ("strong",))
