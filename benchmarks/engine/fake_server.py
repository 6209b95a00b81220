"""A model server without a model: the same prompt gives the same words, after a fixed wait.

    python benchmarks/engine/fake_server.py --port 8900 --latency-ms 50

One process, plain asyncio, about 50 µs of CPU a call: the client is what gets measured.
Understands chat completions with and without streaming, and JSON schemas. A GET of any path
gives how many requests have come so far: `{"asked": 3000}`.
"""

import argparse
import asyncio
import hashlib
from collections import Counter
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


def main() -> None:
    """Serve until killed; prints the address once it listens."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency-ms", type=float, default=50.0)
    typed = parser.parse_args()
    asyncio.run(serve(typed.port, typed.latency_ms / 1000))


async def serve(port: int, latency_seconds: float) -> None:
    """Listen on `port` (0: any that is free) and say where."""
    loop, asked = asyncio.get_running_loop(), Counter({"asked": 0})
    server = await loop.create_server(
        lambda: Chat(loop, latency_seconds, asked), "127.0.0.1", port, backlog=4096
    )
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


class Chat(asyncio.Protocol):
    """One connection: requests come one after the other and are answered in order."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, latency_seconds: float, asked: Counter[str]
    ) -> None:
        self._loop = loop
        self._asked = asked
        self._latency_seconds = latency_seconds
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP gives no other
        self._transport = transport

    def data_received(self, received: bytes) -> None:
        """Answer every request that is complete."""
        self._received += received
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            length = body_length(self._received[:end])
            if len(self._received) < end + 4 + length:
                return
            if self._received.startswith(b"GET "):
                self._tell_count()
            else:
                self._asked["asked"] += 1
                body = self._received[end + 4 : end + 4 + length]
                self._loop.call_later(self._latency_seconds, self._send, answer(body))
            self._received = self._received[end + 4 + length :]

    def _tell_count(self) -> None:
        body = orjson.dumps(dict(self._asked))
        self._send(HEAD % (b"application/json", len(body)) + body)

    def _send(self, answered: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(answered)


def body_length(head: bytes) -> int:
    """How many bytes follow the head of a request."""
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def answer(body: bytes) -> bytes:
    """The whole response to a chat request."""
    request = orjson.loads(body) if body else {"messages": []}
    told = "\0".join(str(message["content"]) for message in request["messages"])
    model = request.get("model", "fake")
    digest = hashlib.blake2b(f"{model}\1{told}".encode(), digest_size=8).digest()
    chance = int.from_bytes(digest, "big")
    schema = (request.get("response_format") or {}).get("json_schema", {}).get("schema")
    text = orjson.dumps(value_of(schema, chance)).decode() if schema else words(chance, LONGEST)
    usage = {"prompt_tokens": len(told) // 4, "completion_tokens": len(text) // 4}
    usage["total_tokens"] = sum(usage.values())
    return streamed(text, usage) if request.get("stream") else whole(text, usage)


def whole(text: str, usage: dict[str, int]) -> bytes:
    """A completion in one piece."""
    message = {"role": "assistant", "content": text}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
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
