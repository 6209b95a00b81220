"""Characters that no text has."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.tagging.planted.planting import Planted, dialogues, mutated, unharmed

SIGNS = (
    "\x00",
    "\x07",
    "\x08",
    "\x1b[31m",
    "\x0b",
    "\x0c",
    "\x1f",
    "\x7f",
    "\ud83d",
    "\udc4b",
    "\x02",
)
HONEST = (
    "\t",
    "\r\n",
    "\u200d",
    "\u00ad",
    "\ufeff",
    "👩‍👩‍👧",
    "🇵🇹",
    "\u00a0",
    "\u2028",
    "𝔘𝔫𝔦",
    "e\u0301",
)


def _with_a_sign(text: str, chance: Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(SIGNS) + text[place:]


def _with_an_honest_one(text: str, chance: Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(HONEST) + text[place:]


def faulty() -> list[Planted]:
    """Answers, and questions, with one such sign somewhere."""
    return [
        *mutated(_with_a_sign, seed=35),
        *mutated(_with_a_sign, seed=36, told=dialogues()[:12], place=0),
    ]


def clean() -> list[Conversation]:
    """Tabs, ends of lines, joiners, emoji, and dialogues as they are."""
    honest = mutated(_with_an_honest_one, seed=37)
    return [*(planted.conversation for planted in honest), *unharmed()]
