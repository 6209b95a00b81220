"""The limit: the same prompts over bare aiohttp, a pool of coroutines, nothing stored.

    python benchmarks/engine/bare_client.py --endpoint URL -n 1000 --concurrency 64 --out FILE

W1 is question → answer → judge (a score and a reason by JSON schema).
"""

import argparse
import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import uvloop

TOPICS = (
    "billing", "travel", "gardening", "python errors", "home repair",
    "cooking", "astronomy", "tax", "music", "fitness",
)  # fmt: skip
SCHEMA = {
    "type": "object",
    "properties": {
        "score": {"type": "integer", "minimum": 1, "maximum": 5},
        "reason": {"type": "string"},
    },
    "required": ["score", "reason"],
    "additionalProperties": False,
}
VERDICT = {
    "type": "json_schema",
    "json_schema": {"name": "verdict", "strict": True, "schema": SCHEMA},
}
Row = dict[str, Any]


def main() -> None:
    """Run the workload and write one JSON line a record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("-n", type=int, default=200)
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--out", type=Path, required=True)
    typed = parser.parse_args()
    rows = uvloop.run(all_records(typed.endpoint, typed.n, typed.concurrency))
    typed.out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


async def all_records(endpoint: str, records: int, concurrency: int) -> list[Row]:
    """Every record, at most `concurrency` at once."""
    rows: list[Row] = []
    todo = iter(range(records))
    connector = aiohttp.TCPConnector(limit=concurrency)
    async with aiohttp.ClientSession(connector=connector) as session:
        caller = Caller(session, f"{endpoint.rstrip('/')}/chat/completions")
        await asyncio.gather(*(work(caller, todo, rows) for _ in range(concurrency)))
    return rows


async def work(caller: "Caller", todo: Iterator[int], rows: list[Row]) -> None:
    """Take records from `todo` until there are none."""
    while (index := next(todo, None)) is not None:
        rows.append(await record(caller, index))


async def record(caller: "Caller", index: int) -> Row:
    """One record of W1."""
    topic = TOPICS[index % len(TOPICS)]
    question = await caller.ask(
        "You simulate a curious user.",
        f"[rec {index}] [stage q] Topic: {topic}. Ask one question.",
    )
    answer = await caller.ask(
        "You are a helpful assistant.", f"[rec {index}] [stage a] Question: {question}"
    )
    verdict = await caller.ask(
        "You grade answers. Reply with JSON: score 1-5 and reason.",
        f"[rec {index}] [stage judge] Question: {question}\nAnswer: {answer}",
        VERDICT,
    )
    return {"id": index, "question": question, "answer": answer, **json.loads(verdict)}


class Caller:
    """Asks the endpoint, once."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def ask(self, system: str, prompt: str, response_format: Row | None = None) -> str:
        """The text of the answer; anything but an answer ends the benchmark."""
        messages = [{"role": "system", "content": system}, {"role": "user", "content": prompt}]
        body: Row = {"model": "fake", "messages": messages}
        if response_format:
            body["response_format"] = response_format
        async with self._session.post(self._url, json=body) as reply:
            reply.raise_for_status()
            return str(json.loads(await reply.read())["choices"][0]["message"]["content"])


if __name__ == "__main__":
    main()
