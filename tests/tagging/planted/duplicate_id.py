"""Two messages with one id."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import answered
from tests.tagging.planted.planting import Planted, dialogues, unharmed


def faulty() -> list[Planted]:
    """Dialogues that hold one message twice, or two messages under one id."""
    chance = Random(4)
    planted = []
    for number, one in enumerate(dialogues()):
        messages = list(one.conversation().messages)
        twin = messages[chance.randrange(len(messages))]
        if number % 2:
            twin = twin.model_copy(update={"content": "Something else."})
        doubled = one.conversation().model_copy(update={"messages": (*messages, twin)})
        planted.append(Planted(doubled, twin.id))
    return planted


def clean() -> list[Conversation]:
    """Dialogues as they are, and with an answer that is there twice under two ids."""
    return [*unharmed(), *(answered(*one.turns[:2], one.turns[1]) for one in dialogues())]
