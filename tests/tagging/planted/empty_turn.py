"""A turn without anything to see."""

from itertools import cycle, islice

from grasp_ui.model.conversation import Conversation
from tests.tagging.planted.planting import Planted, dialogues

NOTHING = (
    "",
    " ",
    "\n",
    "\t \n",
    "\u200b",
    "\u00a0",
    "\u200b \u200b",
    "\ufeff",
    "\u3000",
    "\u2060\n",
)
LITTLE = (".", "0", "-", "…", "👍", "\u200bok", " a ", "`", "¿", "是", "None", "[]", "{}", "?")


def faulty() -> list[Planted]:
    """Dialogues of which one turn shows nothing."""
    planted = []
    for number, (one, text) in enumerate(zip(dialogues(), cycle(NOTHING), strict=False)):
        place = number % len(one.turns)
        planted.append(Planted(one.with_turn(place, text).conversation(), one.id_of(place)))
    return planted


def clean() -> list[Conversation]:
    """Dialogues of which one turn shows a single sign."""
    pairs = zip(dialogues(), islice(cycle(LITTLE), 40), strict=False)
    return [one.with_turn(-1, text).conversation() for one, text in pairs]
