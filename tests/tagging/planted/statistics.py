"""Conversations that have figures, and those without a word to count."""

from grasp_ui.model.conversation import Conversation
from grasp_ui.model.value import ConversationId
from tests.tagging.planted.planting import Planted, dialogues

MANY = 20


def faulty() -> list[Planted]:
    """The dialogues as they are: each has its figures, on the conversation."""
    return [Planted(one.conversation(), "c") for one in dialogues()]


def clean() -> list[Conversation]:
    """Conversations without a message."""
    return [Conversation(id=ConversationId(f"empty {n}")) for n in range(MANY)]
