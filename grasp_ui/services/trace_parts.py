"""The values of a trace: visits to a node, calls, attempts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from grasp_ui.model.value import JsonObject, RecordId, RunId

SampleState = Literal["failed", "done", "skipped", "running", "unfinished"]
Said = tuple[str, str]
"""A message as sent: its role (with a name where it has one), and its text."""


@dataclass(frozen=True, slots=True)
class FailedAttempt:
    """An attempt of a call that failed, and why; they count from 1, it took `seconds`."""

    number: int
    error_code: str
    error: str
    seconds: float


@dataclass(frozen=True, slots=True)
class CallTrace:
    """One call: what was sent, what came back, what it cost.

    `source` says where the reply came from: `asked` of the model, or known from a `run`, the
    `cache` or a `pin`; `none` came where every attempt failed. `settings` is the request
    without its messages.
    """

    node: str
    visit: int
    candidate: int
    model: str
    messages: Sequence[Said]
    settings: JsonObject
    reply: str
    reasoning: str
    finish_reason: str
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float
    seconds: float
    source: Literal["asked", "run", "cache", "pin", "none"]
    failures: Sequence[FailedAttempt] = ()

    @property
    def attempts(self) -> int:
        """How often it was sent."""
        return len(self.failures) + (self.source == "asked")


@dataclass(frozen=True, slots=True)
class VisitTrace:
    """One visit to a node: what it read, asked, wrote, and where it went on.

    `read` has the variables that the node's texts name, None where a value is not known any
    more. `cut` has the length of each text in `read` or `written` that is kept shortened.
    `taken` is None where every arrow was taken.
    """

    node: str
    visit: int
    state: SampleState
    read: JsonObject
    written: JsonObject
    cut: Mapping[str, int]
    notes: Sequence[str]
    taken: Sequence[str] | None
    calls: Sequence[CallTrace]
    seconds: float
    error_code: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class NodeTrace:
    """All visits of one record to one node, oldest first."""

    run_id: RunId
    record_id: RecordId
    record_index: int
    node: str
    visits: Sequence[VisitTrace]


def calls_of(events: Iterable[Mapping[str, Any]]) -> list[CallTrace]:
    """Attempts, oldest first, as calls: those of one key are one call."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for event in events:
        found.setdefault(event["key"], []).append(event)
    return [_call(attempts) for attempts in found.values()]


def _call(events: Sequence[Mapping[str, Any]]) -> CallTrace:
    last = events[-1]
    messages, settings = read_request(last["request"])
    replayed = last["kind"] == "call_replayed"
    has_reply = last["kind"] != "call_failed"
    return CallTrace(
        node=last["node"],
        visit=last["visit"],
        candidate=last["candidate"],
        model=last["model"],
        messages=messages,
        settings=settings,
        reply=last["reply"] or "",
        reasoning=str((last["extra"] or {}).get("reasoning") or ""),
        finish_reason=last["finish_reason"] or "",
        prompt_tokens=last["prompt_tokens"] or 0,
        completion_tokens=last["completion_tokens"] or 0,
        cost_usd=last["cost_usd"] or 0.0,
        seconds=last["seconds"] or 0.0,
        source=last["detail"]["source"] if replayed else "asked" if has_reply else "none",
        failures=tuple(_failed(event) for event in events if event["kind"] == "call_failed"),
    )


def _failed(event: Mapping[str, Any]) -> FailedAttempt:
    return FailedAttempt(
        event["attempt"] + 1,
        event["error_code"] or "failed",
        event["error"] or "",
        event["seconds"],
    )


def read_request(body: str) -> tuple[list[Said], JsonObject]:
    r"""A stored request as its messages and all else that was sent with them.

    Example:
        >>> read_request('{"model": "m", "messages": [{"role": "user", "content": "Hi"}]}')
        ([('user', 'Hi')], {'model': 'm'})
    """
    try:
        settings = orjson.loads(body)
    except orjson.JSONDecodeError:
        return [("request", body)], {}
    messages = settings.pop("messages", ()) if isinstance(settings, dict) else ()
    return [_said(message) for message in messages], settings


def _said(message: Mapping[str, Any]) -> Said:
    role, name, content = message.get("role", "?"), message.get("name"), message.get("content")
    text = content if isinstance(content, str) else orjson.dumps(content).decode()
    return f"{role} ({name})" if name else str(role), text
