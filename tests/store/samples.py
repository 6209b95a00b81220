"""Builders for the store's tests: small records, tags and deeds of people."""

from collections.abc import Sequence
from datetime import datetime

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.event import CallEnded, RecordEnded, RecordResult
from grasp_ui.model.review import ReviewEvent, ReviewKind
from grasp_ui.model.run import Run, RunSettings
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import (
    Action,
    ConversationId,
    GraphId,
    GraphVersion,
    JsonObject,
    MessageId,
    RecordId,
    RunId,
    Source,
)

NOON = datetime.fromisoformat("2026-05-01T12:00")
RUN = RunId("r")


def conversation(name: str = "c", *texts: str) -> Conversation:
    """A thread of `texts` (two where none are given), its messages named after it."""
    messages = tuple(
        Message(
            id=MessageId(f"{name}.{n}"),
            conversation_id=ConversationId(name),
            parent_id=MessageId(f"{name}.{n - 1}") if n else None,
            role="assistant" if n % 2 else "user",
            content=text,
        )
        for n, text in enumerate(texts or ("hello", "hi there"))
    )
    return Conversation(id=ConversationId(name), run_id=RUN, messages=messages)


def result(name: str = "c", *texts: str, tags: Sequence[Tag] = ()) -> RecordResult:
    """What a finished record leaves: a thread, and tags on it."""
    return RecordResult(conversation(name, *texts), tags=tuple(tags))


def tag(  # noqa: PLR0913 - the fields of a tag
    about: str = "c",
    name: str = "short",
    *,
    action: Action = "warn",
    score: float | None = None,
    source: Source = "rule",
    value: bool | float = True,
) -> Tag:
    """A tag on the conversation `about`."""
    return Tag(
        target=target(about),
        name=name,
        value=value,
        score=score,
        action=action,
        source=source,
        author=name,
        run_id=RUN,
    )


def target(about: str = "c") -> Target:
    """The conversation `about` as a whole."""
    return Target(conversation_id=ConversationId(about), kind="conversation", id=about)


def deed(
    identifier: str, kind: ReviewKind, payload: JsonObject | None = None, *, about: str = "c"
) -> ReviewEvent:
    """What Ada does at noon."""
    return ReviewEvent(
        id=identifier,
        kind=kind,
        target=target(about),
        payload=payload or {},
        person="ada",
        at=NOON,
    )


def run(run_id: str = RUN) -> Run:
    """A run that has just begun."""
    return Run(
        id=RunId(run_id),
        graph_id=GraphId("own/a"),
        graph_version=GraphVersion("v"),
        title="A",
        state="running",
        settings=RunSettings(run_id=RunId(run_id)),
        started=NOON,
    )


def call(index: int = 0, *, node: str = "ask", reply: str = "yes") -> CallEnded:
    """An answered call of record `index`, a second after 2020 began."""
    return CallEnded(
        record_id=RecordId(f"record {index}"),
        record_index=index,
        node=node,
        visit=0,
        candidate=0,
        key=f"{node} {index}",
        model="m",
        attempt=0,
        request=b'{"messages":[]}',
        reply=reply,
        extra=None,
        finish_reason="stop",
        prompt_tokens=3,
        completion_tokens=2,
        cost_usd=0.5,
        started=1577836801.0,
        seconds=0.25,
    )


def ended(index: int = 0, *, left: RecordResult | None = None) -> RecordEnded:
    """Record `index` is finished and leaves `left`."""
    return RecordEnded(
        record_id=RecordId(f"record {index}"),
        record_index=index,
        state="done",
        started=1577836802.0,
        seconds=0.5,
        result=left,
    )


def failed(index: int, *, error_code: str = "timed_out", node: str = "ask") -> RecordEnded:
    """Record `index` has failed at `node`."""
    return RecordEnded(
        record_id=RecordId(f"record {index}"),
        record_index=index,
        state="failed",
        started=1577836803.0,
        seconds=0.5,
        node=node,
        error_code=error_code,
        error=f"No answer for record {index}.",
    )
