"""What people do: one append-only list of review events."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import Field

from grasp_ui.model.tag import Target
from grasp_ui.model.value import JsonObject, Value

ReviewKind = Literal[
    "override", "keep", "reject", "edit", "note", "flag", "rank",
    "tie", "both_bad", "skip", "claim", "adjudicate", "undo", "bulk",
]  # fmt: skip


class ReviewEvent(Value):
    """One deed of one person; `at` is naive UTC.

    Payloads: override `{name, element, value, score, action}`; undo `{undoes: id}`;
    note `{text}`; edit `{content, old}`.
    """

    id: str
    kind: ReviewKind
    target: Target
    payload: JsonObject = Field(default_factory=dict)
    person: str
    reason: str = ""
    at: datetime
    seq: int = 0


def standing(reviews: Iterable[ReviewEvent]) -> list[ReviewEvent]:
    """The review events that are not undone, oldest first; without the undo events."""
    ordered = sorted(reviews, key=lambda event: event.seq)
    undone: set[str] = set()
    for event in reversed(ordered):
        if event.kind == "undo" and event.id not in undone:
            undone.add(str(event.payload.get("undoes")))
    return [event for event in ordered if event.kind != "undo" and event.id not in undone]
