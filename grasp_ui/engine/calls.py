"""One model call: made once as bytes, answered by log or model, and told of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import orjson

from grasp_ui.engine.plan import Question, Recalled
from grasp_ui.engine.transcript import WireMessages
from grasp_ui.llm.port import CallFailure, ChatModel, Reply, Request, Usage
from grasp_ui.llm.validation import parsed
from grasp_ui.model.event import CallEnded, CallFailed, CallReplayed, TextArrived

if TYPE_CHECKING:
    from grasp_ui.engine.visit import Visit

SEEDS = 2**31


@dataclass(frozen=True, slots=True)
class Caller:
    """A model with everything of a request that does not change from call to call.

    `formal` says that a reply cut off by the token limit is a failure; with a schema or a
    grammar it always is.
    """

    model: ChatModel
    fixed: Mapping[str, Any] = field(default_factory=dict)
    schema: Mapping[str, Any] | None = None
    seeded: bool = False
    formal: bool = False

    async def reply(self, visit: "Visit", messages: WireMessages, *, candidate: int = 0) -> Reply:
        """Ask for one reply; a call whose answer is known already is not made again.

        Raises:
            CallFailure: the model's last attempt failed.
            RunHalted: no further call may begin.
        """
        scope = visit.scope
        request = self._request(visit, messages, candidate)
        key = call_key(visit, candidate, request.body)
        known = scope.answers.get(key)
        if known is not None:
            return _completed(known, request)
        listener = _Listener(visit, self.model.name, key, candidate, request.body)
        if scope.world.recall is not None:
            recalled = scope.world.recall(_question(listener))
            if recalled is not None:
                scope.sink.event(_replayed(listener, recalled))
                return _completed(recalled.reply, request)
        reply = await self.model.reply(request, listener)
        scope.sink.event(_ended(listener, reply))
        await scope.sink.room()
        return reply

    def _request(self, visit: "Visit", messages: WireMessages, candidate: int) -> Request:
        body = {"model": self.model.wire_name, "messages": messages, **self.fixed}
        if self.seeded:
            body["seed"] = (visit.seed + candidate) % SEEDS
        formal = self.formal or self.schema is not None or "grammar" in self.fixed
        return Request(orjson.dumps(body), self.schema, formal)


def call_key(visit: "Visit", candidate: int, body: bytes) -> str:
    """What a call's answer is looked up by: this call of this record, and no other."""
    key = blake2b(body, digest_size=16)
    place = f"\0{visit.record.id}\0{visit.path}\0{visit.place}\0{candidate}"
    key.update(place.encode())
    return key.hexdigest()


def answer_of(call: CallEnded) -> Reply:
    """The reply that a stored call had, to be given to `run` under the call's key."""
    extra = call.extra or {}
    return Reply(
        text=call.reply,
        finish_reason=call.finish_reason,
        usage=Usage(call.prompt_tokens, call.completion_tokens, call.cost_usd),
        top=tuple((str(token), float(logarithm)) for token, logarithm in extra.get("top", ())),
        reasoning=extra.get("reasoning"),
        started=call.started,
        seconds=call.seconds,
        attempt=call.attempt,
    )


class _Listener:
    """Hears what a call tells while it is under way, and passes it on."""

    __slots__ = ("body", "candidate", "key", "model", "visit")

    def __init__(self, visit: "Visit", model: str, key: str, candidate: int, body: bytes) -> None:
        self.visit = visit
        self.model = model
        self.key = key
        self.candidate = candidate
        self.body = body

    @property
    def wants_text(self) -> bool:
        return self.visit.scope.sink.wants_text

    def begin(self) -> None:
        self.visit.scope.gate()

    def text(self, piece: str) -> None:
        visit = self.visit
        arrived = TextArrived(visit.record.index, visit.path, self.candidate, piece)
        visit.scope.sink.tick(arrived)

    def failed(self, failure: CallFailure, *, attempt: int, started: float, seconds: float) -> None:
        visit, record = self.visit, self.visit.record
        visit.scope.sink.event(
            CallFailed(
                record.id, record.index, visit.path, visit.number, self.candidate, self.key,
                self.model, attempt, self.body, failure.code, str(failure), started, seconds,
            )
        )  # fmt: skip


def _ended(call: _Listener, reply: Reply) -> CallEnded:
    visit, record, usage = call.visit, call.visit.record, reply.usage
    return CallEnded(
        record.id, record.index, visit.path, visit.number, call.candidate, call.key,
        call.model, reply.attempt, call.body, reply.text, _extra(reply), reply.finish_reason,
        usage.prompt_tokens, usage.completion_tokens, usage.cost_usd, reply.started, reply.seconds,
    )  # fmt: skip


def _question(call: _Listener) -> Question:
    visit, record = call.visit, call.visit.record
    return Question(
        call.key, record.id, record.index, visit.path, visit.number, call.candidate,
        call.model, call.body,
    )  # fmt: skip


def _replayed(call: _Listener, known: Recalled) -> CallReplayed:
    visit, record, reply = call.visit, call.visit.record, known.reply
    return CallReplayed(
        record.id, record.index, visit.path, visit.number, call.candidate, call.key,
        call.model, call.body, reply.text, _extra(reply), reply.finish_reason, known.source,
        known.seq, visit.scope.world.now(),
    )  # fmt: skip


def _extra(reply: Reply) -> dict[str, Any] | None:
    if not reply.top and not reply.reasoning:
        return None
    extra: dict[str, Any] = {"top": [list(pair) for pair in reply.top]} if reply.top else {}
    return {**extra, "reasoning": reply.reasoning} if reply.reasoning else extra


def _completed(known: Reply, request: Request) -> Reply:
    """A known answer, its JSON read again where a schema asks for it."""
    if request.schema is None or known.value is not None:
        return known
    value = parsed(known.text, request.schema)
    return Reply(known.text, value, known.finish_reason, known.usage, known.top, known.reasoning)
