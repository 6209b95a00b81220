"""The limit: the same prompts over bare aiohttp, a pool of coroutines, nothing stored.

    python benchmarks/engine/bare_client.py w1 --endpoint URL -n 1000 --concurrency 64 --out FILE

w1 is question → answer → verdict (a score and a reason by JSON schema). w2 is three rounds of
user and assistant, a verdict, and a refinement where the score is under 4. w3 is two candidates
from two models at once, and a verdict that chooses.
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
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
HEADERS = {"Authorization": "Bearer x"}
ATTEMPTS, ROUNDS, GOOD, HALF = 4, 3, 4, 3
Row = dict[str, Any]
Record = Callable[["Caller", int], Awaitable[Row]]


def main() -> None:
    """Run the workload and write one JSON line a record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workload", choices=list(WORKLOADS))
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("-n", type=int, default=200)
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--out", type=Path, required=True)
    typed = parser.parse_args()
    work = all_records(WORKLOADS[typed.workload], typed.endpoint, typed.n, typed.concurrency)
    rows = uvloop.run(work)
    typed.out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


async def all_records(record: Record, endpoint: str, records: int, concurrency: int) -> list[Row]:
    """Every record, at most `concurrency` at once; tells when the first was there."""
    rows: list[Row] = []
    todo, begun = iter(range(records)), time.perf_counter()

    async def work(caller: Caller) -> None:
        while (index := next(todo, None)) is not None:
            rows.append(await record(caller, index))
            if len(rows) == 1:
                print(f"first record {time.perf_counter() - begun:.3f} s", file=sys.stderr)

    connector = aiohttp.TCPConnector(limit=concurrency)
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        caller = Caller(session, f"{endpoint.rstrip('/')}/chat/completions")
        await asyncio.gather(*(work(caller) for _ in range(concurrency)))
    return rows


async def first_workload(caller: "Caller", index: int) -> Row:
    """Question, answer, verdict."""
    topic = TOPICS[index % len(TOPICS)]
    asked = f"[rec {index}] [stage q] Topic: {topic}. Ask one question."
    question = await caller.ask("You simulate a curious user.", asked)
    told = f"[rec {index}] [stage a] Question: {question}"
    answer = await caller.ask("You are a helpful assistant.", told)
    verdict = await caller.judge(
        "You grade answers. Reply with JSON: score 1-5 and reason.",
        f"[rec {index}] [stage judge] Question: {question}\nAnswer: {answer}",
    )
    return {"id": index, "question": question, "answer": answer, **verdict}


async def second_workload(caller: "Caller", index: int) -> Row:
    """Three rounds of user and assistant, a verdict, a refinement of what is not good."""
    topic, history = TOPICS[index % len(TOPICS)], ""
    for number in range(ROUNDS):
        said = await caller.ask(
            "You simulate a curious user in a dialogue.",
            f"[rec {index}] [stage u{number}] Topic: {topic}. Dialogue so far:\n{history}\n"
            "Next user message?",
        )
        history += f"U: {said}\n"
        said = await caller.ask(
            "You are a helpful assistant.",
            f"[rec {index}] [stage s{number}] Dialogue so far:\n{history}\nReply.",
        )
        history += f"A: {said}\n"
    verdict = await caller.judge(
        "You grade dialogues. Reply with JSON: score 1-5 and reason.",
        f"[rec {index}] [stage judge] Dialogue:\n{history}",
    )
    told = f"[rec {index}] [stage refine] Dialogue:\n{history}\nCritique: {verdict['reason']}"
    is_good = verdict["score"] >= GOOD
    refined = None if is_good else await caller.ask("You improve the last assistant reply.", told)
    return {"id": index, "history": history, "score": verdict["score"], "refined": refined}


async def third_workload(caller: "Caller", index: int) -> Row:
    """Two candidates at once, and the one that a verdict chooses."""
    asked = f"Explain {TOPICS[index % len(TOPICS)]} case {index}."
    system = "You are a helpful assistant."
    a, b = await asyncio.gather(
        caller.ask(system, f"[rec {index}] [stage ca] {asked}", "model-a"),
        caller.ask(system, f"[rec {index}] [stage cb] {asked}", "model-b"),
    )
    verdict = await caller.judge(
        "Compare A and B. Reply with JSON: score 1-5 (under 3: A wins) and reason.",
        f"[rec {index}] [stage judge] A: {a}\nB: {b}",
    )
    chosen, rejected = (a, b) if verdict["score"] < HALF else (b, a)
    return {"id": index, "chosen": chosen, "rejected": rejected, "score": verdict["score"]}


WORKLOADS: dict[str, Record] = {
    "w1": first_workload,
    "w2": second_workload,
    "w3": third_workload,
}


class Caller:
    """Asks the endpoint, and again where it refuses or breaks off."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def ask(self, system: str, prompt: str, model: str = "fake") -> str:
        """The text of the answer."""
        return await self._text({"model": model, "messages": messages(system, prompt)})

    async def judge(self, system: str, prompt: str) -> Row:
        """The JSON of the answer, by the schema of a verdict."""
        told = messages(system, prompt)
        body = {"model": "fake", "messages": told, "response_format": VERDICT}
        verdict: Row = json.loads(await self._text(body))
        return verdict

    async def _text(self, body: Row) -> str:
        for attempt in range(ATTEMPTS):
            with suppress(aiohttp.ClientError, TimeoutError):
                return await self._once(body)
            await asyncio.sleep(0.1 * 2**attempt)
        raise RuntimeError("The endpoint does not answer.")

    async def _once(self, body: Row) -> str:
        async with self._session.post(self._url, json=body, headers=HEADERS) as reply:
            reply.raise_for_status()
            found = json.loads(await reply.read())
            return str(found["choices"][0]["message"]["content"])


def messages(system: str, prompt: str) -> list[dict[str, str]]:
    """A system message and a prompt."""
    return [{"role": "system", "content": system}, {"role": "user", "content": prompt}]


if __name__ == "__main__":
    main()
