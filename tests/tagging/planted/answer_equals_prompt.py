"""An answer that says the question again."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, dialogues, unharmed

HONEST = (("Hello!", "Hello!"), ("Good morning", "Good morning!"), ("Thanks", "Thanks!"),
          ("Happy new year!", "Happy new year!"), ("再见", "再见！"))  # fmt: skip


def _retold(text: str, chance: Random) -> str:
    """The same words, with other marks, letters and spaces."""
    told = chance.choice([text, text.upper(), text.replace("?", "."), text.replace(" ", "  ")])
    return chance.choice([told, f"{told}\n", f'"{told}"'])


def faulty() -> list[Planted]:
    """Dialogues whose first answer is the question."""
    chance = Random(30)
    changed = [one.with_turn(1, _retold(one.turns[0], chance)) for one in dialogues()]
    return [Planted(one.conversation(), one.id_of(1)) for one in changed]


def clean() -> list[Conversation]:
    """Greetings, answers that begin with the question, and dialogues as they are."""
    begun = [said(one.turns[0], f"{one.turns[0]} {one.turns[1]}") for one in dialogues()]
    return [*(said(*pair) for pair in HONEST), *begun, *unharmed()]
