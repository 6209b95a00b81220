"""Conversations: trees of messages, read as threads from root to leaf."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from grasp_ui.model.value import (
    ConversationId,
    GraphVersion,
    JsonObject,
    MessageId,
    RecordId,
    Role,
    RunId,
    Value,
    identity,
)


class Message(Value):
    """One message of a tree. Among siblings (one parent) exactly one is active."""

    id: MessageId
    conversation_id: ConversationId
    parent_id: MessageId | None = None
    role: Role
    content: str
    name: str | None = None
    node: str | None = None
    visit: int = 0
    candidate: int = 0
    model: str | None = None
    finish_reason: str | None = None
    reasoning: str | None = None
    active: bool = True
    train: bool = True


class Thread(Value):
    """Root to leaf: the unit of structure rules, of SFT rows and of what people read."""

    conversation_id: ConversationId
    messages: tuple[Message, ...]

    @property
    def leaf_id(self) -> MessageId:
        """The id of the last message, which names the thread."""
        return self.messages[-1].id

    @property
    def is_active(self) -> bool:
        """Whether every message on it is the active one of its siblings."""
        return all(message.active for message in self.messages)


class Conversation(Value):
    """The tree that one record left, with the variables of that record."""

    id: ConversationId
    run_id: RunId | None = None
    record_id: RecordId | None = None
    record_index: int = 0
    graph_version: GraphVersion | None = None
    source: Literal["generated", "imported"] = "generated"
    seed: JsonObject = Field(default_factory=dict)
    variables: JsonObject = Field(default_factory=dict)
    messages: tuple[Message, ...] = ()

    def threads(self) -> Iterator[Thread]:
        """Every root-to-leaf path, in the order of the leaves. None for an empty tree."""
        by_id = {message.id: message for message in self.messages}
        parents = {message.parent_id for message in self.messages}
        for leaf in self.messages:
            if leaf.id not in parents:
                yield Thread(conversation_id=self.id, messages=tuple(_path(leaf, by_id)))

    def active_thread(self) -> Thread | None:
        """The thread of active messages; the first thread where none is active throughout."""
        threads = list(self.threads())
        return next((thread for thread in threads if thread.is_active), next(iter(threads), None))


def _path(leaf: Message, by_id: dict[MessageId, Message]) -> list[Message]:
    path, seen, message = [], set(), leaf
    while True:
        path.append(message)
        seen.add(message.id)
        parent = by_id.get(message.parent_id) if message.parent_id else None
        if parent is None or parent.id in seen:
            return path[::-1]
        message = parent


def conversation_id(run_id: RunId, record_id: RecordId) -> ConversationId:
    """The id of the conversation that a record leaves in a run."""
    return ConversationId(identity("conversation", run_id, record_id))


def message_id(
    conversation: ConversationId, node: str, visits: tuple[int, ...], candidate: int = 0
) -> MessageId:
    """The id of the message that a node writes on a visit."""
    place = "/".join(map(str, visits))
    return MessageId(identity("message", conversation, node, place, candidate))
