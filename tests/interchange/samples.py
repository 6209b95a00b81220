"""What was said about the answers of a panel, for the tests of the exports."""

from collections.abc import Sequence
from datetime import datetime

from grasp_ui.interchange.export_format import EXPORT_FORMATS, Made
from grasp_ui.interchange.exports import jsonl, trl_dpo, trl_sft
from grasp_ui.model.preference import Preference
from grasp_ui.model.review import ReviewEvent, ReviewKind
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import (
    Action,
    ConversationId,
    JsonObject,
    MessageId,
    PreferenceId,
    Scalar,
    Source,
)
from tests.builders import answered, tagged

CONVERSATION = ConversationId("c")
FORMATS = (trl_sft, trl_dpo, jsonl)
MIDNIGHT = datetime(2026, 1, 1)  # noqa: DTZ001 - review events hold naive UTC


def made(name: str, conversation: TaggedConversation, **settings: object) -> Made:
    """What format `name` makes of `conversation`."""
    part = EXPORT_FORMATS[name]
    return part.deed(part.config.model_validate(settings), conversation)


def on(message: str) -> Target:
    """The target that is the message `message`, or the whole conversation for `c`."""
    kind = "conversation" if message == "c" else "message"
    return Target(conversation_id=CONVERSATION, kind=kind, id=message)


def rule_tag(message: str, name: str, action: Action = "reject") -> Tag:
    """A rule's tag."""
    return Tag(
        target=on(message),
        name=name,
        value=True,
        score=0.0,
        action=action,
        source="rule",
        author=name,
    )


def judge_tag(message: str, value: Scalar, score: float, action: Action = "info") -> Tag:
    """What the judge said of an answer."""
    return Tag(
        target=on(message), name="helpfulness", value=value, score=score, action=action,
        source="judge", author="critic", version="helpfulness@1",
    )  # fmt: skip


def review(
    kind: ReviewKind, message: str, *, person: str = "Ann", **payload: object
) -> ReviewEvent:
    """What a person did."""
    told = repr((kind, message, person, payload))
    return ReviewEvent(
        id=told, kind=kind, target=on(message), payload=payload, person=person, at=MIDNIGHT
    )


def prefers(
    better: str,
    worse: str,
    margin: float = 0.5,
    *,
    source: Source = "judge",
    author: str = "critic",
) -> Preference:
    """`better` over `worse`, both answers to `m0`."""
    return Preference(
        id=PreferenceId(f"{better}{worse}{author}"), conversation_id=CONVERSATION,
        prompt_id=MessageId("m0"), better_id=MessageId(better), worse_id=MessageId(worse),
        margin=margin, source=source, author=author,
        version="helpfulness@1" if source == "judge" else "",
    )  # fmt: skip


def scored(values: Sequence[float], *, points: bool = False) -> list[Tag]:
    """The judge's tags on `m1`, `m2`, …: P(yes), or points from 1 to 5."""
    return [
        judge_tag(f"m{n}", value, (value - 1) / 4 if points else value)
        for n, value in enumerate(values, start=1)
    ]


def panel(*preferences: Preference, **said: object) -> TaggedConversation:
    """Three answers to one question, with preferences, tags and reviews."""
    answers = ("Six hours of sun a day.", "Some sun.", "I do not know.")
    told: JsonObject = dict(said)
    return tagged(
        answered("How much sun do tomatoes need?", *answers), preferences=preferences, **told
    )
