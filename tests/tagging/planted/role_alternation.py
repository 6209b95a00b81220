"""Two turns of one speaker in a row: an answer told twice, or a second question."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import chain
from tests.tagging.planted.planting import Planted, dialogues, unharmed


def faulty() -> list[Planted]:
    """Dialogues in which one turn is followed by another of the same speaker."""
    chance = Random(1)
    planted = []
    for one in dialogues():
        messages = list(one.conversation().messages)
        place = chance.randrange(bool(one.system), len(messages))
        messages.insert(place, messages[place].model_copy(update={"content": "One thing more."}))
        planted.append(Planted(chain(*messages), f"m{place + 1}"))
    return planted


def clean() -> list[Conversation]:
    """Dialogues as they are, and some in which a second person asks too."""
    asked_twice = []
    for one in dialogues():
        first, *rest = one.conversation().messages
        if first.role == "user":
            second = first.model_copy(update={"name": "Ben", "content": "I wonder too."})
            asked_twice.append(chain(first, second, *rest))
    return [*unharmed(), *asked_twice]
