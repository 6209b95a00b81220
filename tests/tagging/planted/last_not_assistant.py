"""A dialogue that ends with a question."""

from grasp_ui.model.conversation import Conversation
from tests.builders import chain, message
from tests.tagging.planted.planting import Planted, dialogues, unharmed


def faulty() -> list[Planted]:
    """Dialogues without their last answer, or with a closing word of the user."""
    planted = []
    for number, one in enumerate(dialogues()):
        messages = list(one.conversation().messages)
        if number % 2:
            messages.append(message("Thank you, that helps.", "user"))
        else:
            messages.pop()
        planted.append(Planted(chain(*messages), f"m{len(messages) - 1}"))
    return planted


def clean() -> list[Conversation]:
    """Dialogues as they are, and with a closing word of both."""
    closed = [
        chain(
            *one.conversation().messages,
            message("Thank you, that helps.", "user"),
            message("You are welcome.", "assistant"),
        )
        for one in dialogues()
    ]
    return [*unharmed(), *closed]
