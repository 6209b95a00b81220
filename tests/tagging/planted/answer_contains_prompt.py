"""An answer that is mostly the question."""

from itertools import pairwise
from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Dialogue, Planted, dialogues, unharmed

WORK = (
    "Correct the grammar:",
    "Translate this into French:",
    "Continue the text:",
    "Proofread:",
    "Rewrite it in capitals:",
    "Sort these sentences:",
    "Improve the style of this:",
)


def _stories() -> list[tuple[Dialogue, Dialogue]]:
    """Neighbours whose answers are prose in words: long enough to be told as a question."""
    prose = [
        one
        for one in dialogues()
        if not one.has
        and one.language not in ("zh", "ja")
        and not one.turns[0].startswith("Summarise")
    ]
    return list(pairwise(one for one in prose if len(one.turns[1].split()) > 25))


def faulty() -> list[Planted]:
    """Long questions that the answer says again before, around or behind its own words."""
    chance = Random(31)
    planted = []
    for one, other in _stories():
        asked = f"{one.turns[1]} {one.turns[0]}"
        parts = [asked, other.turns[1]]
        chance.shuffle(parts)
        planted.append(Planted(said(asked, "\n\n".join(parts)), "m1"))
    return planted


def clean() -> list[Conversation]:
    """Work on a text, a short question that is restated, a part quoted, and dialogues."""
    chance = Random(32)
    worked = [
        said(f"{chance.choice(WORK)} {one.turns[1]}", f"{one.turns[1]} Done.")
        for one, _ in _stories()
    ]
    quoted = [
        said(f"{one.turns[1]} {other.turns[1]} Is that so?", f"{one.turns[1][:90]} is right.")
        for one, other in _stories()
    ]
    restated = [said("How do I grow basil at home?", "How do I grow basil at home? In a pot.")]
    return [*worked, *quoted, *restated, *unharmed()]
