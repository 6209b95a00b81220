"""A model that says given lines: real, without a network, the same each time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from grasp_ui.llm.port import CallFailure, EmptyReply, NoProbabilities, Reply, Request, Watch
from grasp_ui.llm.validation import Timing, parsed, reply_of

Line = str | Reply | CallFailure
Messages = Sequence[Mapping[str, Any]]
Script = Callable[[Messages], Line]


class ScriptedModel:
    """Says its lines in turn, over and over, or what a function answers.

    A line is the text, a whole `Reply`, or a failure, which is raised. Lines are held to what
    was asked (schema, text) like a real model's. Where log-probabilities are asked for, a text
    is said with certainty. `asked` has the body of each request so far.

    Example:
        >>> import asyncio
        >>> model = ScriptedModel(["yes"])
        >>> asyncio.run(model.reply(Request(b'{"messages":[]}'))).text
        'yes'
    """

    def __init__(self, lines: Iterable[Line] | Script, name: str = "scripted") -> None:
        self.name = name
        self.wire_name = name
        self.asked: list[dict[str, Any]] = []
        self._lines = () if callable(lines) else tuple(lines)
        self._script = lines if callable(lines) else self._next

    async def reply(self, request: Request, watch: Watch | None = None) -> Reply:
        """Say the next line; nothing is tried again.

        Raises:
            CallFailure: the line is a failure, or not what the request asks for.
        """
        if watch is not None:
            watch.begin()
        body = orjson.loads(request.body)
        self.asked.append(body)
        line = self._script(body["messages"])
        try:
            reply = _reply(line, request, certain=bool(body.get("logprobs")))
        except CallFailure as failure:
            if watch is not None:
                watch.failed(failure, attempt=0, started=0.0, seconds=0.0)
            raise
        if watch is not None and watch.wants_text:
            for piece in reply.text.splitlines(keepends=True):
                watch.text(piece)
        return reply

    def _next(self, messages: Messages) -> Line:
        if not self._lines:
            return EmptyReply("The scripted model has no lines.")
        return self._lines[(len(self.asked) - 1) % len(self._lines)]


def _reply(line: Line, request: Request, *, certain: bool) -> Reply:
    if isinstance(line, CallFailure):
        raise line
    if isinstance(line, Reply):
        if certain and not line.top:
            raise NoProbabilities("The scripted reply has no log-probabilities.")
        if request.schema is not None and line.value is None:
            return replace(line, value=parsed(line.text, request.schema))
        return line
    choice: dict[str, Any] = {"message": {"content": line}, "finish_reason": "stop"}
    if certain:
        choice["logprobs"] = {"content": [{"token": line, "logprob": 0.0}]}
    return reply_of({"choices": [choice]}, request, Timing())
