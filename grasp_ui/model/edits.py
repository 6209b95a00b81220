"""Edits: what people wrote anew stands in for the old text."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.review import ReviewEvent, standing
from grasp_ui.model.tag import Target
from grasp_ui.model.value import ConversationId, MessageId, Value

EDIT = "edit"
"""In a judge's evidence: which edits of its target's text it saw."""


class Edited(Value):
    """Who wrote a message anew, when and why; and the message as it was stored.

    `seq` is the number of the edit that stands.
    """

    original: Message
    person: str
    reason: str = ""
    at: datetime
    seq: int = 0


def newest_edits(reviews: Iterable[ReviewEvent]) -> dict[str, ReviewEvent]:
    """The edit that stands for each edited message, by the message's id."""
    return {event.target.id: event for event in standing(reviews) if event.kind == "edit"}


def edited(
    conversation: Conversation, reviews: Iterable[ReviewEvent]
) -> tuple[Conversation, dict[MessageId, Edited]]:
    """`conversation` as people left it, and what they changed; ids and tree stay.

    A text that a person wrote was not cut off by a model's limit: it has no finish reason.
    """
    edits = newest_edits(reviews)
    changed = {m.id: _change(m, edits[m.id]) for m in conversation.messages if m.id in edits}
    texts = {name: str(edits[name].payload["content"]) for name in changed}
    anew = {
        name: one.original.model_copy(update={"content": texts[name], "finish_reason": None})
        for name, one in changed.items()
    }
    return _with(conversation, anew), changed


def as_stored(conversation: Conversation, changed: Mapping[MessageId, Edited]) -> Conversation:
    """`conversation` before `changed`."""
    return _with(conversation, {name: one.original for name, one in changed.items()})


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


def _change(message: Message, event: ReviewEvent) -> Edited:
    return Edited(
        original=message, person=event.person, reason=event.reason, at=event.at, seq=event.seq
    )


def _with(conversation: Conversation, anew: Mapping[MessageId, Message]) -> Conversation:
    if not anew:
        return conversation
    messages = tuple(anew.get(message.id, message) for message in conversation.messages)
    return conversation.model_copy(update={"messages": messages})
