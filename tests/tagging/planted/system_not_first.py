"""A system message in the middle of a dialogue."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import chain, message
from tests.tagging.planted.planting import Planted, dialogues, unharmed


def faulty() -> list[Planted]:
    """Dialogues with a system message behind another message."""
    chance = Random(2)
    planted = []
    for one in dialogues():
        messages = list(one.conversation().messages)
        place = chance.randrange(1, len(messages) + 1)
        messages.insert(place, message("Be brief.", "system"))
        planted.append(Planted(chain(*messages), f"m{place}"))
    return planted


def clean() -> list[Conversation]:
    """Dialogues as they are, and with a system message at the very beginning."""
    led = [
        chain(message("Be brief.", "system"), *one.conversation().messages)
        for one in dialogues()
        if not one.system
    ]
    return [*unharmed(), *led]
