"""Texts with people's labels, read from files into conversations and pairs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.value import ConversationId, MessageId, Role

OASST = Path("oasst1_en_validation/messages.export.jsonl")
ROLES: dict[str, Role] = {"prompter": "user", "assistant": "assistant"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One message of OASST with what people said of it; `was_rejected` None: nobody reviewed it."""

    id: MessageId
    tree: str
    parent: str | None
    role: Role
    text: str
    rank: int | None
    was_rejected: bool | None
    labels: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Duel:
    """Two answers to one prompt, of which people found the first better."""

    tree: str
    better: MessageId
    worse: MessageId


def rows(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def labelled(file: Path) -> list[Labelled]:
    """The messages of an OASST export."""
    return [_labelled(row) for row in rows(file)]


def trees(messages: list[Labelled]) -> list[Conversation]:
    """The trees of `messages`, as the rules see them."""
    of_tree: dict[str, list[Labelled]] = {}
    for message in messages:
        of_tree.setdefault(message.tree, []).append(message)
    return [_tree(name, members) for name, members in of_tree.items()]


def duels(messages: list[Labelled]) -> list[Duel]:
    """Every pair of sibling answers that people ranked apart."""
    siblings: dict[tuple[str, str | None], list[Labelled]] = {}
    for message in messages:
        if message.rank is not None and message.role == "assistant":
            siblings.setdefault((message.tree, message.parent), []).append(message)
    return [
        Duel(tree, one.id, other.id)
        for (tree, _), group in siblings.items()
        for one in group
        for other in group
        if (one.rank or 0) < (other.rank or 0)
    ]


def two_answers(name: str, prompt: str, first: str, second: str) -> Conversation:
    """A prompt with two answers, `NAME.1` and `NAME.2`."""
    own = ConversationId(name)
    root = MessageId(f"{name}.0")
    answers = (
        Message(
            id=MessageId(f"{name}.{number}"), conversation_id=own, parent_id=root,
            role="assistant", content=text, active=number == 1, candidate=number - 1,
        )
        for number, text in ((1, first), (2, second))
    )  # fmt: skip
    asked = Message(id=root, conversation_id=own, role="user", content=prompt)
    return Conversation(id=own, source="imported", messages=(asked, *answers))


def _labelled(row: dict[str, Any]) -> Labelled:
    labels = {
        name: float(said["value"])
        for name, said in (row["labels"] or {}).items()
        if said and said["count"]
    }
    reviewed = row["review_result"]
    return Labelled(
        id=MessageId(row["message_id"]),
        tree=row["message_tree_id"],
        parent=row["parent_id"],
        role=ROLES[row["role"]],
        text=row["text"],
        rank=row["rank"],
        was_rejected=None if reviewed is None else not reviewed,
        labels=labels,
    )


def _tree(name: str, members: list[Labelled]) -> Conversation:
    own = ConversationId(name)
    known = {member.id for member in members}
    return Conversation(
        id=own,
        source="imported",
        messages=tuple(
            Message(
                id=member.id, conversation_id=own, role=member.role, content=member.text,
                parent_id=MessageId(member.parent) if member.parent in known else None,
                active=not member.rank,
            )
            for member in members
        ),
    )  # fmt: skip
