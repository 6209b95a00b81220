"""A small tagged conversation for tests of what is drawn."""

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.effective import effective_tags, verdict_of
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import Action, ConversationId, MessageId, Role

ID = ConversationId("c1")


def tagged(*said: str) -> TaggedConversation:
    """User and assistant in turn; the last message repeats itself and is not cut off."""
    texts = said or ("Thank you.", "You are welcome.")
    conversation = Conversation(id=ID, messages=tuple(_message(n, t) for n, t in enumerate(texts)))
    last = conversation.messages[-1].id
    tags = (
        _tag(last, "repetition", "reject", value=0.42, evidence={"line": "the same"}),
        _tag(last, "truncated", "pass", value=False, evidence={}),
    )
    counted = effective_tags(tags, ())
    return TaggedConversation(
        conversation=conversation,
        tags=tags,
        effective=counted,
        verdicts={t.leaf_id: verdict_of(t, counted, ()) for t in conversation.threads()},
    )


def _message(number: int, text: str) -> Message:
    role: Role = "assistant" if number % 2 else "user"
    parent = MessageId(f"m{number - 1}") if number else None
    return Message(
        id=MessageId(f"m{number}"), conversation_id=ID, parent_id=parent, role=role, content=text
    )


def _tag(
    message: MessageId, name: str, action: Action, *, value: float, evidence: dict[str, str]
) -> Tag:
    return Tag(
        target=Target(conversation_id=ID, kind="message", id=message),
        name=name,
        value=value,
        action=action,
        source="rule",
        author=name,
        evidence=evidence,
    )
