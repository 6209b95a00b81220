"""Conversations whose user asks something, and those in which no user speaks."""

from grasp_ui.model.conversation import Conversation
from tests.builders import chain, message
from tests.tagging.planted.planting import Planted, dialogues


def faulty() -> list[Planted]:
    """The dialogues as they are: each has a type, on the conversation."""
    return [Planted(one.conversation(), "c") for one in dialogues()]


def clean() -> list[Conversation]:
    """Answers to nobody."""
    return [chain(message(one.turns[1], "assistant")) for one in dialogues()]
