"""Edits: what people wrote anew stands in for the old text."""

from collections.abc import Iterable, Mapping

from grasp_ui.model.conversation import Conversation
from grasp_ui.model.review import ReviewEvent, standing
from grasp_ui.model.tag import Target
from grasp_ui.model.value import ConversationId

EDIT = "edit"
"""In a judge's evidence: which edits of its target's text it saw."""


def newest_edits(reviews: Iterable[ReviewEvent]) -> dict[str, ReviewEvent]:
    """The edit that stands for each edited message, by the message's id."""
    return {event.target.id: event for event in standing(reviews) if event.kind == "edit"}


def with_edits(conversation: Conversation, reviews: Iterable[ReviewEvent]) -> Conversation:
    """`conversation` as people left it; ids and tree stay."""
    edits = newest_edits(reviews)
    if not edits:
        return conversation
    messages = tuple(
        message.model_copy(update={"content": str(edits[message.id].payload["content"])})
        if message.id in edits
        else message
        for message in conversation.messages
    )
    return conversation.model_copy(update={"messages": messages})


def edit_mark(target: Target, edits: Mapping[str, ReviewEvent]) -> str | None:
    """What a judgement of `target` carries as `edit`; None without an edit.

    Of a message it is the edit that stands, of a whole conversation all of them.
    """
    if not edits:
        return None
    if target.kind == "conversation":
        about: ConversationId = target.conversation_id
        return "+".join(sorted(e.id for e in edits.values() if e.target.conversation_id == about))
    edit = edits.get(target.id)
    return None if edit is None else edit.id
