"""Small builders that the tests of several rooms share."""

from collections.abc import Iterable
from itertools import cycle

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.effective import effective_tags, verdict_of
from grasp_ui.model.preference import Preference
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import ConversationId, MessageId, Role


def message(text: str, role: Role, *, number: int = 0, parent: int | None = None) -> Message:
    """A message `m{number}` of conversation `c`, under message `m{parent}`."""
    above = None if parent is None else MessageId(f"m{parent}")
    identifier = MessageId(f"m{number}")
    return Message(
        id=identifier, conversation_id=ConversationId("c"), parent_id=above, role=role, content=text
    )


def said(*texts: str) -> Conversation:
    """One thread: the user begins, the assistant answers, and so on."""
    roles: Iterable[Role] = cycle(("user", "assistant"))
    turns = zip(texts, roles, strict=False)
    return chain(*(message(text, role) for text, role in turns))


def chain(*messages: Message) -> Conversation:
    """`messages` one under the other, as m0, m1, …"""
    linked = [
        m.model_copy(update={"id": f"m{n}", "parent_id": f"m{n - 1}" if n else None})
        for n, m in enumerate(messages)
    ]
    return Conversation(id=ConversationId("c"), messages=tuple(linked))


def answered(prompt: str, *answers: str) -> Conversation:
    """A prompt `m0` with sibling answers `m1`, `m2`, …; the first is active."""
    siblings = [
        message(text, "assistant", number=n, parent=0).model_copy(
            update={"active": n == 1, "candidate": n - 1}
        )
        for n, text in enumerate(answers, start=1)
    ]
    return Conversation(id=ConversationId("c"), messages=(message(prompt, "user"), *siblings))


def tagged(
    conversation: Conversation,
    *,
    tags: Iterable[Tag] = (),
    reviews: Iterable[ReviewEvent] = (),
    preferences: Iterable[Preference] = (),
) -> TaggedConversation:
    """`conversation` with everything said about it, folded as the store does."""
    tags, reviews = tuple(tags), tuple(reviews)
    effective = effective_tags(tags, reviews)
    verdicts = {t.leaf_id: verdict_of(t, effective, reviews) for t in conversation.threads()}
    return TaggedConversation(
        conversation=conversation,
        tags=tags,
        reviews=reviews,
        effective=effective,
        preferences=tuple(preferences),
        verdicts=verdicts,
    )
