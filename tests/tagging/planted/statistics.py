"""Conversations that have figures, and those without a thread."""

from grasp_ui.model.conversation import Conversation
from tests.tagging.planted.planting import Planted, dialogues


def faulty() -> list[Planted]:
    """The dialogues as they are: each has its figures, on the conversation."""
    return [Planted(one.conversation(), "c") for one in dialogues()]


def clean() -> list[Conversation]:
    """Rings of messages that answer each other: no thread, so nothing to count."""
    return [_ring(one.conversation()) for one in dialogues()]


def _ring(told: Conversation) -> Conversation:
    first, *rest = told.messages
    bent = first.model_copy(update={"parent_id": told.messages[-1].id})
    return told.model_copy(update={"messages": (bent, *rest)})
