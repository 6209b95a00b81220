"""An OpenAI-compatible server without a model, for tests: on loopback, on a free port.

Answers are a function of model and messages, so that they are the same in every run. Faults
are named and come in the given order, one a request; after the last all is well. A prompt may
ask for its own: `[always 500]` in it fails each time, `[once empty]` the first time. `draw`
may be set to what gives the fault of each request, by its body; `say` to what gives its text.
`pace` is the time between two streamed words, in seconds. While `answers` is cleared, requests
wait; the one of number `waits_from` clears it, which `holds` tells.
"""

import asyncio
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

import orjson
from aiohttp import web

from tests.fake_messages import as_chat, as_message, error_body, streamed_message
from tests.fake_values import text_of, value_of, yes_or_no

LAST_TURNS = 5
"""Connections that were just cut off close in one of the loop's next turns."""
ASKED_FOR = re.compile(r"\[(once|always) ([^\]]+)\]")
REFUSALS: dict[str, tuple[int, dict[str, str], str]] = {
    "429": (429, {"Retry-After": "1", "retry-after-ms": "10"}, "Rate limit reached"),
    "429 for an hour": (429, {"Retry-After": "3600"}, "Quota used up"),
    "503": (503, {"Retry-After": "0"}, "Loading model"),
    "500": (500, {}, "The server had an error"),
    "401": (401, {}, "Incorrect API key provided: {key}. You sent {masked}."),
    "400": (400, {}, "max_tokens is too large"),
    "404": (404, {}, "The model does not exist"),
    "redirect": (307, {"Location": "http://127.0.0.1:9/"}, ""),
}
# Not an endpoint's trouble but a model's way: it is asked for by name alone.
NO_TEMPERATURE: dict[str, tuple[int, dict[str, str], str]] = {
    "no temperature": (400, {}, "Unsupported value: 'temperature' does not support 0"),
}
BODIES = {
    "malformed": b'{"choices": [{"message": {"role": "assist',
    "no choices": b'{"choices": [], "usage": {"prompt_tokens": 1}}',
    "error as success": b'{"error": {"code": 429, "message": "Slow down"}}',
    "not an object": b'["hello"]',
}
TEXTS: dict[str, tuple[str | None, str]] = {
    "empty": ("", "stop"),
    "none": (None, "stop"),
    "content_filter": ("", "content_filter"),
    "badjson": ("Sure! Here is the JSON: {score: 4", "stop"),
    "mismatch": ('{"score": "high"}', "stop"),
    "length": ('{"score": ', "length"),
}


class FakeServer:
    """A running fake server: its address, what it was asked, how busy it was."""

    def __init__(
        self, *, faults: Iterable[str] = (), key: str = "", words: int = 12, seconds: float = 0.0
    ) -> None:
        self.url = ""
        self.key = key
        self.asked: list[dict[str, Any]] = []
        self.outcomes: Counter[str] = Counter()
        self.in_flight = 0
        self.most_in_flight = 0
        self.began = threading.Event()
        self.hung_up = threading.Event()
        self.draw: Callable[[dict[str, Any]], str] | None = None
        self.say: Callable[[dict[str, Any]], str] | None = None
        self.pace = 0.0
        self.answers = threading.Event()
        self.answers.set()
        self.waits_from, self.holds = 0, threading.Event()
        self._faults = iter(tuple(faults))
        self._failed: set[str] = set()
        self._words = words
        self._seconds = seconds

    async def chat(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, of either form."""
        body = orjson.loads(await request.read())
        self.asked.append(body)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        self.began.set()
        try:
            if len(self.asked) == self.waits_from:
                self.answers.clear()
                self.holds.set()
            await asyncio.sleep(self._seconds)
            while not self.answers.is_set():
                await asyncio.sleep(0.01)
            return await self._answer(request, body, self._fault(request, body))
        except asyncio.CancelledError:
            self.hung_up.set()
            raise
        finally:
            self.in_flight -= 1

    def _fault(self, request: web.Request, body: dict[str, Any]) -> str:
        wrong = self.key and sent_key(request) != self.key
        drawn = self.draw(body) if self.draw else ""
        fault = "401" if wrong else drawn or self._asked_for(body) or next(self._faults, "")
        self.outcomes[fault or "ok"] += 1
        return fault

    def _asked_for(self, body: dict[str, Any]) -> str:
        prompt = str(body["messages"][-1]["content"])
        found = ASKED_FOR.search(prompt)
        if found is None or (found[1] == "once" and prompt in self._failed):
            return ""
        self._failed.add(prompt)
        return found[2]

    async def _answer(
        self, request: web.Request, body: dict[str, Any], fault: str
    ) -> web.StreamResponse:
        if fault == "hang":
            await asyncio.Event().wait()
        if fault == "reset" and request.transport is not None:
            request.transport.abort()
        if fault in REFUSALS or fault in NO_TEMPERATURE:
            return refusal(fault, request)
        if fault in BODIES:
            return web.Response(body=BODIES[fault], content_type="application/json")
        if is_messages(request):
            completion = completion_for(as_chat(body), fault, words=self._words)
            message = as_message(completion, body)
            if body.get("stream"):
                return await streamed_message(request, message, fault)
            return web.json_response(message)
        completion = self._completion(body, fault)
        if body.get("stream"):
            return await streamed(request, completion, fault, pace=self.pace)
        return web.json_response(completion)

    def _completion(self, body: dict[str, Any], fault: str) -> dict[str, Any]:
        completion = completion_for(body, fault, words=self._words)
        if self.say and not fault:
            completion["choices"][0]["message"]["content"] = self.say(body)
        return completion


@contextmanager
def fake_server(
    *, faults: Iterable[str] = (), key: str = "", words: int = 12, seconds: float = 0.0
) -> Iterator[FakeServer]:
    """A fake server in a thread of its own, gone at the end of the block."""
    server = FakeServer(faults=faults, key=key, words=words, seconds=seconds)
    is_up, loop = threading.Event(), asyncio.new_event_loop()
    over = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(serve(server, is_up, over)))
    thread.start()
    try:
        if not is_up.wait(10):
            raise RuntimeError("The fake server does not start.")
        yield server
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()


async def serve(server: FakeServer, is_up: threading.Event, over: asyncio.Event) -> None:
    """Serve until `over`."""
    app = web.Application()
    app.router.add_post("/v1/chat/completions", server.chat)
    app.router.add_post("/v1/messages", server.chat)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    is_up.set()
    await over.wait()
    connections = runner.server
    assert connections is not None
    await runner.cleanup()
    for _ in range(LAST_TURNS):
        # One that was taken in as the last ones were closed is not among them.
        await connections.shutdown(0)
        await asyncio.sleep(0)


def refusal(fault: str, request: web.Request) -> web.Response:
    """The answer that refuses, with headers and an error message as real servers have them."""
    status, headers, message = {**REFUSALS, **NO_TEMPERATURE}[fault]
    key = sent_key(request)
    said = message.format(key=key, masked=f"{key[:5]}****{key[-4:]}")
    told = error_body(status, said) if is_messages(request) else {"error": {"message": said}}
    return web.json_response(told, status=status, headers=headers)


def sent_key(request: web.Request) -> str:
    """The key that a request carries, whichever header it is in."""
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return request.headers.get("x-api-key", bearer)


def is_messages(request: web.Request) -> bool:
    """Whether a request is of Anthropic's form."""
    return request.path.endswith("/messages")


def completion_for(body: dict[str, Any], fault: str, *, words: int) -> dict[str, Any]:
    """A chat completion: the words, the value or the probabilities that the hash draws."""
    told = orjson.dumps([body.get("model"), body["messages"]])
    drawn = int.from_bytes(blake2b(told, digest_size=8).digest(), "big")
    schema = (body.get("response_format") or {}).get("json_schema", {}).get("schema")
    text: str | None = text_of(drawn, min(words, body.get("max_tokens") or words))
    finish, probabilities = "stop", None
    if schema is not None:
        text = orjson.dumps(value_of(schema, drawn)).decode()
    if body.get("logprobs"):
        text, probabilities = yes_or_no(drawn)
    if fault in TEXTS:
        text, finish = TEXTS[fault]
    message = {"role": "assistant", "content": text, "reasoning_content": "Let me think."}
    return {
        "object": "chat.completion",
        "model": body.get("model"),
        "choices": [
            {"index": 0, "message": message, "finish_reason": finish, "logprobs": probabilities}
        ],
        "usage": {"prompt_tokens": len(told) // 4, "completion_tokens": len(text or "") // 4},
    }


async def streamed(
    request: web.Request, completion: dict[str, Any], fault: str, *, pace: float = 0.0
) -> web.StreamResponse:
    """The completion in chunks, a word each; `broken stream` ends after the first.

    `silent stream` begins and says nothing, `stalled stream` says the first word and no more.
    """
    answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await answer.prepare(request)
    choice = completion["choices"][0]
    said = choice["message"]
    deltas = [
        {"role": "assistant", "content": ""},
        {"reasoning_content": said["reasoning_content"]},
    ]
    deltas += [{"content": piece} for piece in (said["content"] or "").split(" ")[:1]]
    deltas += [{"content": f" {piece}"} for piece in (said["content"] or "").split(" ")[1:]]
    chunks: list[dict[str, Any]] = [{"choices": [{"delta": delta}]} for delta in deltas]
    chunks[2]["choices"][0]["logprobs"] = choice["logprobs"]
    chunks.append({"choices": [{"delta": {}, "finish_reason": choice["finish_reason"]}]})
    chunks.append({"choices": [], "usage": completion["usage"]})
    if fault == "error in stream":
        chunks[3:] = [{"error": {"code": 500, "message": "Out of memory"}}]
    if fault == "broken stream":
        del chunks[3:]
    stop = {"silent stream": 1, "stalled stream": 3}.get(fault)
    for chunk in chunks[:stop]:
        await answer.write(b"data: " + orjson.dumps(chunk) + b"\n\n")
        await asyncio.sleep(pace)
    if stop:
        await asyncio.Event().wait()
    if not fault:
        await answer.write(b"data: [DONE]\n\n")
    return answer
