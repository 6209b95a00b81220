"""A model server without a model: the same prompt gives the same words, after a wait.

    python benchmarks/engine/fake_server.py --port 8900 --latency-ms 50
    python benchmarks/engine/fake_server.py --latency lognormal:800:0.6 --faults 429=0.1,hang=0.01

One process, plain asyncio, about 50 µs of CPU a call: the client is what gets measured.
Understands chat completions with and without streaming, and JSON schemas. A GET of any path
gives how many requests have come so far, how many of them met a fault, and how many were in
flight on average while there were any: `{"asked": 3000, "faulty": 0, "in_flight": 63.2}`.

Faults are drawn by what is asked. `--faults` come the first time that a prompt is sent,
`--sticky` ones each time; both take KIND=SHARE,… with shares of all prompts. Kinds: 429, 503,
500, 404, malformed, no_choices, empty, none, content_filter, length, badjson, mismatch, hang,
reset. Waits are `fixed:MILLISECONDS`, or `lognormal:MEDIAN:SIGMA` with a median in milliseconds.
"""

import argparse
import asyncio
import hashlib
import math
import random
import zlib
from collections.abc import Callable
from typing import Any

import orjson

WORDS = (
    "graph", "node", "seed", "model", "turn", "agent", "persona", "topic", "answer", "reason",
    "detail", "example", "value", "table", "river", "cloud", "paper", "light", "stone", "bread",
    "music", "train", "garden", "window", "market", "winter", "because", "however", "therefore",
    "maybe", "often", "always", "never", "simple", "complex", "useful", "clear", "gentle", "quick",
)  # fmt: skip
LONGEST = 60
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
STATUSES = {
    "429": b"429 Too Many Requests\r\nRetry-After: 0",
    "503": b"503 Service Unavailable\r\nRetry-After: 0",
    "500": b"500 Internal Server Error",
    "404": b"404 Not Found",
}
TEXTS: dict[str, tuple[str | None, str]] = {
    "empty": ("", "stop"),
    "none": (None, "stop"),
    "content_filter": ("", "content_filter"),
    "length": ('{"score": ', "length"),
    "badjson": ("Sure! Here is the JSON: {score: 4", "stop"),
    "mismatch": ('{"score": "high"}', "stop"),
}
REFUSED = b'{"error": {"message": "Not this time"}}'
BODIES = {"malformed": b'{"choices": [{"mess', "no_choices": b'{"choices": []}'}
SILENT = ("hang", "reset")
KINDS = (*STATUSES, *BODIES, *TEXTS, *SILENT)
FORMAL = ("length", "badjson", "mismatch")
"""Faults of a JSON answer: other answers do not meet them."""
Shares = tuple[tuple[str, float], ...]


def main() -> None:
    """Serve until killed; prints the address once it listens."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency-ms", type=float, default=50.0)
    parser.add_argument("--latency", default="")
    parser.add_argument("--faults", type=shares, default=())
    parser.add_argument("--sticky", type=shares, default=())
    typed = parser.parse_args()
    latency = waits(typed.latency or f"fixed:{typed.latency_ms}")
    asyncio.run(serve(typed.port, latency, Faults(typed.faults, typed.sticky)))


def shares(typed: str) -> Shares:
    """KIND=SHARE,… as pairs."""
    pairs = [part.partition("=") for part in typed.split(",") if part]
    if unknown := [kind for kind, _, _ in pairs if kind not in KINDS]:
        raise argparse.ArgumentTypeError(f"no fault is called {unknown[0]}; there are {KINDS}")
    return tuple((kind, float(share)) for kind, _, share in pairs)


def waits(typed: str) -> Callable[[], float]:
    """Seconds to wait, one call after the other: `fixed:50` or `lognormal:800:0.6`."""
    law, *figures = typed.split(":")
    seconds = float(figures[0]) / 1000
    if law == "fixed":
        return lambda: seconds
    drawn, middle, sigma = random.Random(1), math.log(seconds), float(figures[1])
    return lambda: drawn.lognormvariate(middle, sigma)


class Faults:
    """Which fault a request meets: drawn by its bytes, so the same in any order."""

    def __init__(self, passing: Shares, sticky: Shares) -> None:
        self._limits = [(kind, share, False) for kind, share in passing]
        self._limits += [(kind, share, True) for kind, share in sticky]
        self._met: set[int] = set()

    def of(self, body: bytes) -> str:
        """The fault of this request; empty for none."""
        if not self._limits:
            return ""
        mark = zlib.crc32(body)
        left = mark / 2**32
        for kind, share, is_sticky in self._limits:
            left -= share
            if left < 0:
                has_passed = not is_sticky and mark in self._met
                self._met.add(mark)
                is_beside = kind in FORMAL and b'"response_format"' not in body
                return "" if has_passed or is_beside else kind
        return ""


class Load:
    """How many requests came, met a fault, and were in flight at a time."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.asked = self.faulty = self.in_flight = 0
        self._now = now
        self._since = self._area = self._busy = 0.0

    def change(self, by: int) -> None:
        """More, or fewer, requests are in flight from now on."""
        now = self._now()
        if self.in_flight:
            self._area += self.in_flight * (now - self._since)
            self._busy += now - self._since
        self._since = now
        self.in_flight += by

    def told(self) -> bytes:
        """The figures as JSON."""
        self.change(0)
        mean = self._area / self._busy if self._busy else 0.0
        figures = {"asked": self.asked, "faulty": self.faulty, "in_flight": round(mean, 2)}
        return orjson.dumps(figures)


async def serve(port: int, latency: Callable[[], float], faults: Faults) -> None:
    """Listen on `port` (0: any that is free) and say where."""
    loop = asyncio.get_running_loop()
    load = Load(loop.time)
    server = await loop.create_server(
        lambda: Chat(loop, latency, faults, load), "127.0.0.1", port, backlog=4096
    )
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


class Chat(asyncio.Protocol):
    """One connection: requests come one after the other and are answered in order."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        latency: Callable[[], float],
        faults: Faults,
        load: Load,
    ) -> None:
        self._loop = loop
        self._latency = latency
        self._faults = faults
        self._load = load
        self._received = b""
        self._pending = 0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP gives no other
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """What was in flight is given up."""
        self._transport = None
        self._load.change(-self._pending)
        self._pending = 0

    def data_received(self, received: bytes) -> None:
        """Answer every request that is complete."""
        self._received += received
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            length = body_length(self._received[:end])
            if len(self._received) < end + 4 + length:
                return
            if self._received.startswith(b"GET "):
                body = self._load.told()
                self._write(HEAD % (b"application/json", len(body)) + body)
            else:
                self._asked(self._received[end + 4 : end + 4 + length])
            self._received = self._received[end + 4 + length :]

    def _asked(self, body: bytes) -> None:
        fault = self._faults.of(body)
        self._load.asked += 1
        self._load.faulty += bool(fault)
        self._load.change(1)
        self._pending += 1
        if fault != "hang":
            answered = b"" if fault == "reset" else answer(body, fault)
            self._loop.call_later(self._latency(), self._send, answered)

    def _send(self, answered: bytes) -> None:
        if self._transport is None:
            return
        self._pending -= 1
        self._load.change(-1)
        self._write(answered)

    def _write(self, answered: bytes) -> None:
        if self._transport is not None and not answered:
            self._transport.abort()
        elif self._transport is not None and not self._transport.is_closing():
            self._transport.write(answered)


def body_length(head: bytes) -> int:
    """How many bytes follow the head of a request."""
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def answer(body: bytes, fault: str = "") -> bytes:
    """The whole response to a chat request."""
    if fault in STATUSES:
        head = b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n"
        return head % (STATUSES[fault], len(REFUSED)) + REFUSED
    if fault in BODIES:
        return HEAD % (b"application/json", len(BODIES[fault])) + BODIES[fault]
    request = orjson.loads(body) if body else {"messages": []}
    told = "\0".join(str(message["content"]) for message in request["messages"])
    model = request.get("model", "fake")
    digest = hashlib.blake2b(f"{model}\1{told}".encode(), digest_size=8).digest()
    chance = int.from_bytes(digest, "big")
    schema = (request.get("response_format") or {}).get("json_schema", {}).get("schema")
    text = orjson.dumps(value_of(schema, chance)).decode() if schema else words(chance, LONGEST)
    usage = {"prompt_tokens": len(told) // 4, "completion_tokens": len(text) // 4}
    usage["total_tokens"] = sum(usage.values())
    if request.get("stream") and not fault:
        return streamed(text, usage)
    return whole(*TEXTS.get(fault, (text, "stop")), usage)


def whole(text: str | None, reason: str, usage: dict[str, int]) -> bytes:
    """A completion in one piece."""
    message = {"role": "assistant", "content": text}
    choices = [{"index": 0, "message": message, "finish_reason": reason}]
    body = orjson.dumps({"object": "chat.completion", "choices": choices, "usage": usage})
    return HEAD % (b"application/json", len(body)) + body


def streamed(text: str, usage: dict[str, int]) -> bytes:
    """A completion as events: one piece, then the end with the usage."""
    first = {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]}
    last = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "usage": usage}
    events = (orjson.dumps(first), orjson.dumps(last), b"[DONE]")
    body = b"".join(b"data: %s\n\n" % event for event in events)
    return HEAD % (b"text/event-stream", len(body)) + body


def words(chance: int, count: int) -> str:
    """`count` words drawn from `chance`."""
    drawn = []
    for _ in range(count):
        chance = (chance * 25214903917 + 11) & 0xFFFFFFFFFFFF
        drawn.append(WORDS[(chance >> 20) % len(WORDS)])
    return " ".join(drawn)


def value_of(schema: dict[str, Any], chance: int) -> Any:
    """A value that a small JSON schema accepts, drawn from `chance`."""
    if "enum" in schema:
        return schema["enum"][chance % len(schema["enum"])]
    match schema.get("type", "object"):
        case "object":
            properties = schema.get("properties", {})
            return {
                name: value_of(part, chance // (place + 7))
                for place, (name, part) in enumerate(properties.items())
            }
        case "integer":
            lowest, highest = schema.get("minimum", 1), schema.get("maximum", 5)
            return lowest + chance % (highest - lowest + 1)
        case "number":
            return round((chance % 1000) / 999, 3)
        case "boolean":
            return bool(chance % 2)
        case _:
            return words(chance, 12)


if __name__ == "__main__":
    main()
