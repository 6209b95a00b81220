"""What is kept of a record that has run: conversation, preferences, tags."""

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

from grasp_ui.engine.kind import Speaker
from grasp_ui.engine.plan import Plan
from grasp_ui.engine.progress import Progress, RecordFailed
from grasp_ui.engine.transcript import Post
from grasp_ui.engine.visit import Scope
from grasp_ui.model.conversation import Conversation, Message, message_id
from grasp_ui.model.event import RecordResult
from grasp_ui.model.value import ConversationId, MessageId
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
    return _last(record)


def result_of(scope: Scope, record: Progress) -> RecordResult:
    """What a finished record leaves, in an order that does not hang on who was first.

    Raises:
        UnknownVariable: `output:` names a variable that this record did not write.
    """
    for position, (speaker, text) in enumerate(scope.built):
        _append(record, OUTPUT, position, (speaker, text(record.variables)))
    conversation = record.conversation_id
    posts = record.transcript.posts
    ids: dict[Post | None, MessageId] = {
        p: message_id(conversation, p.origin, p.visits or (0,), p.candidate) for p in posts
    }
    said = [
        one.leave(conversation, ids.get(one.posts[0].parent), [ids[post] for post in one.posts])
        for _, one in sorted(record.judged.items(), key=itemgetter(0))
    ]
    return RecordResult(
        Conversation(
            id=conversation,
            run_id=scope.settings.run_id,
            record_id=record.id,
            record_index=record.index,
            graph_version=scope.plan.version,
            seed=record.seed.row,
            variables=_kept(scope.plan, record),
            messages=tuple(_message(conversation, post, ids) for post in posts),
        ),
        tuple(preference for _, preferences in said for preference in preferences),
        tuple(tag for tags, _ in said for tag in tags),
    )


def _kept(plan: Plan, record: Progress) -> dict[str, Any]:
    names = plan.output.keep if plan.output.keep is not None else sorted(record.written)
    return {name: record.variables[name] for name in names if name in record.variables}


def _message(
    conversation: ConversationId, post: Post, ids: Mapping[Post | None, MessageId]
) -> Message:
    return Message(
        id=ids[post],
        conversation_id=conversation,
        parent_id=ids.get(post.parent),
        role=post.role,
        content=post.content,
        name=post.name or None,
        node=post.node,
        visit=post.visit,
        candidate=post.candidate,
        model=post.model,
        finish_reason=post.finish_reason,
        reasoning=post.reasoning,
        active=post.active,
    )


def _append(record: Progress, place: str, position: int, line: tuple[Speaker, str]) -> None:
    record.transcript.add([Post(*line, place, (position,))], _last(record))


def _last(record: Progress) -> Post | None:
    posts = record.transcript.posts
    return posts[-1] if posts else None


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
