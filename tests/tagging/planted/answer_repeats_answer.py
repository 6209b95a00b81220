"""An answer that was given before."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Dialogue, Planted, dialogues, unharmed

ASKED = ("And in winter?", "Why is that so?", "What would you do in my place?", "Tell me more.",
         "Is there another way?", "What does it cost?")  # fmt: skip
REVISE = ("Change the second word.", "Make it a bit shorter, please.", "Add a closing word.",
          "Correct the spelling.", "Now replace the first name.")  # fmt: skip


def _told() -> list[Dialogue]:
    return [one for one in dialogues() if len(set(one.turns[1].split())) > 15]


def _nearly(text: str, chance: Random) -> str:
    """`text`, or the same with one word more, or with its lines joined."""
    return chance.choice([text, f"{text} Indeed.", f"Well, {text}", " ".join(text.split())])


def faulty() -> list[Planted]:
    """A second question that gets the first answer again, nearly word for word."""
    chance = Random(33)
    return [
        Planted(said(*one.turns[:2], chance.choice(ASKED), _nearly(one.turns[1], chance)), "m3")
        for one in _told()
    ]


def clean() -> list[Conversation]:
    """A revision or a repetition that was asked for, short answers, and dialogues."""
    chance = Random(34)
    revised = [
        said(*one.turns[:2], chance.choice(REVISE), f"{one.turns[1]} Bye.") for one in _told()
    ]
    again = [said(*one.turns[:2], "Say that again, please.", one.turns[1]) for one in _told()[:10]]
    short = [said("Is it open?", "Yes, it is open.", "And on Sunday?", "Yes, it is open.")]
    return [*revised, *again, *short, *unharmed()]
