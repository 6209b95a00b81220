"""A message whose parent is not there."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import answered
from tests.tagging.planted.planting import Planted, dialogues, unharmed


def faulty() -> list[Planted]:
    """Dialogues in which one message answers another that does not exist."""
    chance = Random(3)
    planted = []
    for one in dialogues():
        messages = list(one.conversation().messages)
        place = chance.randrange(len(messages))
        messages[place] = messages[place].model_copy(update={"parent_id": f"gone-{place}"})
        broken = one.conversation().model_copy(update={"messages": tuple(messages)})
        planted.append(Planted(broken, f"m{place}"))
    return planted


def clean() -> list[Conversation]:
    """Dialogues as they are, told backwards, and with sibling answers."""
    backwards = [one.model_copy(update={"messages": one.messages[::-1]}) for one in unharmed()]
    return [
        *unharmed(),
        *backwards,
        *(answered(*one.turns[:2], "Ask me later.") for one in dialogues()),
    ]
