"""Values as rows: the cells of each table in the order of its columns."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.event import (
    CallEnded,
    CallFailed,
    CallReplayed,
    NodeEnded,
    RecordEnded,
    RecordResult,
    RunEvent,
)
from grasp_ui.model.preference import Preference
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.run import Run
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import RunId
from grasp_ui.store.columns import Row
from grasp_ui.store.jsontext import to_json
from grasp_ui.store.tables import Entry

_EPOCH = datetime.fromisoformat("1970-01-01")
_MICROSECOND = timedelta(microseconds=1)


def microseconds(time: datetime) -> int:
    """Microseconds since 1970 of a UTC time; a time with a zone is brought to UTC."""
    naive = time.astimezone(UTC).replace(tzinfo=None) if time.tzinfo else time
    return (naive - _EPOCH) // _MICROSECOND


def run_row(run: Run) -> Row:
    """A row of `run`: the run as it is now."""
    return [
        run.id, run.graph_id, run.graph_version, run.title, run.state,
        run.settings.model_dump_json(), to_json(run.models), run.reason,
        microseconds(run.started), None if run.ended is None else microseconds(run.ended),
        run.done, run.failed, run.calls, run.prompt_tokens, run.completion_tokens, run.cost_usd,
        run.seconds, run.forks,
    ]  # fmt: skip


def event_row(run_id: RunId, event: RunEvent) -> Row:
    """A row of `event`. Cells that its kind has no use for are null."""
    match event:
        case CallEnded() as e:
            return [
                run_id, e.kind, e.record_id, e.record_index, e.node, e.visit, e.candidate, e.key,
                e.model, e.attempt, "done", _text(e.request), e.reply,
                None if e.extra is None else to_json(e.extra), None, e.finish_reason,
                e.prompt_tokens, e.completion_tokens, e.cost_usd, None, None,
                int(e.started * 1e6), e.seconds,
            ]  # fmt: skip
        case CallFailed() as e:
            return [
                run_id, e.kind, e.record_id, e.record_index, e.node, e.visit, e.candidate, e.key,
                e.model, e.attempt, "failed", _text(e.request), None, None, None, None,
                None, None, None, e.error_code, e.error, int(e.started * 1e6), e.seconds,
            ]  # fmt: skip
        case CallReplayed() as e:
            return [
                run_id, e.kind, e.record_id, e.record_index, e.node, e.visit, e.candidate, e.key,
                e.model, None, "done", _text(e.request), e.reply,
                None if e.extra is None else to_json(e.extra),
                to_json({"source": e.source, "seq": e.source_seq}), e.finish_reason,
                None, None, None, None, None, int(e.started * 1e6), 0.0,
            ]  # fmt: skip
        case NodeEnded() as e:
            return [
                run_id, e.kind, e.record_id, e.record_index, e.node, e.visit, None, None,
                None, None, e.state, None, None, None, to_json(e.detail), None,
                None, None, None, e.error_code, e.error, int(e.started * 1e6), e.seconds,
            ]  # fmt: skip
        case RecordEnded() as e:
            return [
                run_id, e.kind, e.record_id, e.record_index, e.node, None, None, None,
                None, None, e.state, None, None, None, None, None,
                None, None, None, e.error_code, e.error, int(e.started * 1e6), e.seconds,
            ]  # fmt: skip


def visits_row(run_id: RunId, ended: Sequence[NodeEnded]) -> Row:
    """A row of `visits`: how the visits of one record ended, in that order."""
    has_failed = any(e.error_code for e in ended)
    taken = [to_json(e.detail["taken"]) if "taken" in e.detail else None for e in ended]
    return [
        run_id, ended[0].record_id, ended[0].record_index, [e.node for e in ended],
        [e.visit for e in ended], [e.state for e in ended], [int(e.started * 1e6) for e in ended],
        [e.seconds for e in ended], [e.error_code for e in ended] if has_failed else None,
        [e.error for e in ended] if has_failed else None, taken if any(taken) else None,
        to_json([e.detail for e in ended]),
    ]  # fmt: skip


def result_entries(result: RecordResult, run_id: RunId | None = None) -> list[Entry]:
    """A conversation with its messages right behind it, its preferences and its tags."""
    conversation = result.conversation
    messages: list[Entry] = [("message", message_row(m)) for m in conversation.messages]
    preferences: list[Entry] = [("preference", preference_row(p)) for p in result.preferences]
    tags: list[Entry] = [("tag", tag_row(tag, run_id)) for tag in result.tags]
    return [
        ("conversation", _conversation_row(conversation, run_id)),
        *messages,
        *preferences,
        *tags,
    ]


def message_row(message: Message) -> Row:
    """A row of `message`."""
    return [
        message.id, message.conversation_id, message.parent_id, message.role, message.content,
        message.name, message.node, message.visit, message.candidate, message.model,
        message.finish_reason, message.reasoning, message.active, message.train,
    ]  # fmt: skip


def preference_row(preference: Preference) -> Row:
    """A row of `preference`."""
    return [
        preference.id, preference.conversation_id, preference.prompt_id, preference.better_id,
        preference.worse_id, preference.margin, preference.source, preference.author,
        preference.version, preference.run_id,
    ]  # fmt: skip


def tag_row(tag: Tag, run_id: RunId | None = None) -> Row:
    """A row of `tag`; `run_id` stands in where the tag names no run."""
    target = tag.target
    return [
        target.conversation_id, target.kind, target.id, tag.name, tag.element,
        None if tag.value is None else to_json(tag.value), tag.score, tag.action, tag.source,
        tag.author, tag.version, to_json(tag.evidence), _either(tag.run_id, run_id),
    ]  # fmt: skip


def review_row(event: ReviewEvent) -> Row:
    """A row of `review`."""
    target = event.target
    return [
        event.id, event.kind, target.conversation_id, target.kind, target.id,
        to_json(event.payload), event.person, event.reason, microseconds(event.at),
    ]  # fmt: skip


def _conversation_row(conversation: Conversation, run_id: RunId | None) -> Row:
    return [
        conversation.id, _either(conversation.run_id, run_id), conversation.record_id,
        conversation.record_index, conversation.graph_version, conversation.source,
        to_json(conversation.seed), to_json(conversation.variables), len(conversation.messages),
    ]  # fmt: skip


def _text(request: bytes) -> str:
    return request.decode("utf-8", "replace")


def _either(own: RunId | None, other: RunId | None) -> RunId | None:
    return other if own is None else own
