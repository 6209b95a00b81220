"""Review: find conversations, look at one, say what counts, take it back."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from grasp_ui.model.review import ReviewEvent, ReviewKind
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.tag import Target
from grasp_ui.model.value import Action, ConversationId, JsonObject, Scalar
from grasp_ui.services.edits import look_again
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import conversations, reviews, tags


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a list, and how many there are in all."""

    rows: list[TaggedConversation]
    total: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of one tag; what is None stays as the machine had it."""

    name: str
    action: Action
    value: Scalar = None
    score: float | None = None
    element: str | None = None

    def payload(self) -> JsonObject:
        """As review events carry it."""
        said = {"value": self.value, "score": self.score}
        given = {key: item for key, item in said.items() if item is not None}
        return {"name": self.name, "element": self.element, "action": self.action, **given}


def find(workspace: Workspace, selection: Selection, *, offset: int = 0, limit: int = 50) -> Found:
    """One page of the conversations that `selection` means."""
    workspace.database.settle()
    total = conversations.count(workspace.database, selection)
    rows = conversations.find(workspace.database, selection, offset=offset, limit=limit)
    return Found(rows, total)


def open_conversation(workspace: Workspace, conversation_id: ConversationId) -> TaggedConversation:
    """One conversation with everything said about it.

    Raises:
        NotFound: there is no such conversation.
    """
    workspace.database.settle()
    return conversations.read_conversation(workspace.database, conversation_id)


def override(
    workspace: Workspace,
    target: Target,
    correction: Correction,
    *,
    person: str,
    reason: str = "",
) -> ReviewEvent:
    """Say what counts for one tag; machine judgements stay beside it."""
    event = _event("override", target, correction.payload(), person=person, reason=reason)
    return reviews.add_review(workspace.database, event)


def decide(
    workspace: Workspace,
    conversation_id: ConversationId,
    decision: Literal["keep", "reject"],
    *,
    person: str,
    reason: str = "",
) -> ReviewEvent:
    """Keep or reject a whole conversation, whatever its tags say."""
    target = Target(conversation_id=conversation_id, kind="conversation", id=conversation_id)
    event = _event(decision, target, {}, person=person, reason=reason)
    return reviews.add_review(workspace.database, event)


def undo(workspace: Workspace, person: str) -> ReviewEvent | None:
    """Take back the last standing deed of `person`; None where there is none.

    After an edit the rules see the old text again.
    """
    last = reviews.last_standing(workspace.database, person)
    if last is None:
        return None
    event = _event("undo", last.target, {"undoes": last.id}, person=person, reason="")
    kept = reviews.add_review(workspace.database, event)
    if last.kind == "edit":
        look_again(workspace, last.target.conversation_id)
    return kept


def tag_names(workspace: Workspace) -> list[str]:
    """The names of all tags there are, for a filter."""
    workspace.database.settle()
    return tags.tag_names(workspace.database)


def _event(
    kind: ReviewKind, target: Target, payload: JsonObject, *, person: str, reason: str
) -> ReviewEvent:
    return ReviewEvent(
        id=secrets.token_hex(10),
        kind=kind,
        target=target,
        payload=payload,
        person=person,
        reason=reason,
        at=datetime.now(UTC).replace(tzinfo=None),
    )
