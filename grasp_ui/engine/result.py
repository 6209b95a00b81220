"""What is kept of a record that has run: conversation, preferences, tags."""

from collections.abc import Iterator
from typing import Any

from grasp_ui.engine.kind import Speaker
from grasp_ui.engine.plan import Plan
from grasp_ui.engine.transcript import Post
from grasp_ui.engine.visit import Progress, RecordFailed, Scope
from grasp_ui.model.conversation import Conversation, Message, message_id
from grasp_ui.model.event import RecordResult
from grasp_ui.text.templates import Template, template

# Not names that a node can be given in an arrow, so that no id is given out twice.
SEED, SYSTEM, OUTPUT = "->seed", "->system", "->output"
ROLES = ("system", "user", "assistant", "tool")


def built_texts(plan: Plan) -> list[tuple[Speaker, Template]]:
    """Who says what in the conversation that `output:` builds."""
    return [
        (Speaker(message.role, message.name), template(message.content))
        for message in plan.output.messages
    ]


def open_transcript(scope: Scope, record: Progress) -> Post | None:
    """Put the graph's system message and the seed's messages into the transcript.

    A seed that brings a system message keeps its own.

    Raises:
        RecordFailed: the seed's `messages` are no messages.
        UnknownVariable: the system message names a column that the seed lacks.
    """
    given = list(_given(record.seed.row.get("messages")))
    if scope.plan.graph.system and not any(speaker.role == "system" for speaker, _ in given):
        _append(record, SYSTEM, 0, (Speaker("system", ""), scope.system(record.variables)))
    for position, line in enumerate(given):
        _append(record, SEED, position, line)
    return record.posts[-1] if record.posts else None


def result_of(scope: Scope, record: Progress) -> RecordResult:
    """What a finished record leaves, in an order that does not hang on who was first.

    Raises:
        UnknownVariable: `output:` names a variable that this record did not write.
    """
    judged = [record.judged[name] for name in scope.plan.nodes if name in record.judged]
    conversation = Conversation(
        id=record.conversation_id,
        run_id=scope.settings.run_id,
        record_id=record.id,
        record_index=record.index,
        graph_version=scope.plan.version,
        seed=record.seed.row,
        variables=_kept(scope.plan, record),
        messages=tuple(_messages(scope, record)),
    )
    return RecordResult(
        conversation,
        tuple(preference for one in judged for preference in one.preferences),
        tuple(tag for one in judged for tag in one.tags),
    )


def _kept(plan: Plan, record: Progress) -> dict[str, Any]:
    names = plan.output.keep if plan.output.keep is not None else sorted(record.written)
    return {name: record.variables[name] for name in names if name in record.variables}


def _messages(scope: Scope, record: Progress) -> Iterator[Message]:
    for position, (speaker, text) in enumerate(scope.built):
        _append(record, OUTPUT, position, (speaker, text(record.variables)))
    for post in record.posts:
        yield Message(
            id=post.id,
            conversation_id=record.conversation_id,
            parent_id=post.parent.id if post.parent else None,
            role=post.role,
            content=post.content,
            name=post.name or None,
            node=post.node,
            candidate=post.candidate,
            model=post.model,
            finish_reason=post.finish_reason,
            reasoning=post.reasoning,
            active=post.active,
        )


def _append(record: Progress, place: str, position: int, line: tuple[Speaker, str]) -> None:
    ident = message_id(record.conversation_id, place, (position,))
    parent = record.posts[-1] if record.posts else None
    record.posts.append(Post(ident, parent, *line))


def _given(messages: Any) -> Iterator[tuple[Speaker, str]]:
    if messages is None:
        return
    if not isinstance(messages, list):
        raise RecordFailed("invalid_seed", "The seed's 'messages' are not a list of messages.")
    for position, message in enumerate(messages):
        match message:
            case {"role": role, "content": str(content)} if role in ROLES:
                yield Speaker(role, str(message.get("name") or "")), content
            case _:
                raise RecordFailed(
                    "invalid_seed",
                    f"Message {position} of the seed has no role of {', '.join(ROLES)} or no text.",
                )
