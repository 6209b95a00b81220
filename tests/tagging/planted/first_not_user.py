"""A dialogue that the assistant begins."""

from grasp_ui.model.conversation import Conversation
from tests.builders import chain, message
from tests.tagging.planted.planting import Planted, dialogues, unharmed


def faulty() -> list[Planted]:
    """Dialogues whose first turn of the user is gone, with or without a system message."""
    planted = []
    for number, one in enumerate(dialogues()):
        answers = one.conversation().messages[1 + bool(one.system) :]
        before = [message("Be brief.", "system")] if number % 2 else []
        planted.append(Planted(chain(*before, *answers), f"m{len(before)}"))
    return planted


def clean() -> list[Conversation]:
    """Dialogues as they are, and behind a system message."""
    led = [
        chain(message("Be brief.", "system"), *one.conversation().messages)
        for one in dialogues()
        if not one.system
    ]
    return [*unharmed(), *led]
