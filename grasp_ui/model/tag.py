"""A tag: one judgement by one judge, never overwritten."""

from pydantic import Field

from grasp_ui.model.value import (
    Action,
    ConversationId,
    JsonObject,
    RunId,
    Scalar,
    Score,
    Source,
    TargetKind,
    Value,
)


class Target(Value):
    """What a tag is about; every target belongs to one conversation."""

    conversation_id: ConversationId
    kind: TargetKind
    id: str


class Tag(Value):
    """A judgement: who said what about which target, and why.

    `value` is on the rule's or rubric's own scale, `score` is 0 (bad) to 1 (good).
    `author` is the rule, the model or the person; `version` that of the rule or rubric.
    Action `pass` says that it was looked at and found right (it takes back an older one).
    """

    target: Target
    name: str
    element: str | None = None
    value: Scalar
    score: Score | None = None
    action: Action = "info"
    source: Source
    author: str
    version: str = ""
    evidence: JsonObject = Field(default_factory=dict)
    run_id: RunId | None = None
    seq: int = 0
