"""What people do: one append-only list of review events."""

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
    note `{text}`; edit `{content}`.
    """

    id: str
    kind: ReviewKind
    target: Target
    payload: JsonObject = Field(default_factory=dict)
    person: str
    reason: str = ""
    at: datetime
    seq: int = 0
