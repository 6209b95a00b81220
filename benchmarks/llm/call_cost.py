"""What one call through `DirectModel` costs, beside bare aiohttp that posts the same bytes.

    python benchmarks/llm/call_cost.py --endpoint http://127.0.0.1:8900/v1

Both in one process and one loop, in turns; thread CPU time a call, medians of the rounds. Bare
aiohttp checks the status, reads the JSON and takes the text; `DirectModel` limits, times,
validates and makes a `Reply`. Without `--endpoint` the fake server of `benchmarks/engine` runs.
"""

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from statistics import median

import aiohttp
import orjson
import uvloop

from grasp_ui.llm.direct_model import DirectModel, Endpoint
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.port import Request

SERVER = Path(__file__).parent.parent / "engine" / "fake_server.py"
Ask = Callable[[bytes], Awaitable[object]]


def main() -> None:
    """Measure and print one line a contestant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--endpoint", default="")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--calls", type=int, default=3000)
    parser.add_argument("--concurrency", type=int, default=64)
    typed = parser.parse_args()
    if typed.endpoint:
        uvloop.run(measure(typed.endpoint, typed))
        return
    command = [sys.executable, str(SERVER), "--latency-ms", "50"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None  # noqa: S101 - a pipe was asked for
        try:
            uvloop.run(measure(server.stdout.readline().strip(), typed))
        finally:
            server.terminate()


async def measure(url: str, typed: argparse.Namespace) -> None:
    """Both contestants in turns, after one round that is not counted."""
    endpoint = Endpoint(url, limits=Limits(calls_at_once=typed.concurrency))
    model = DirectModel("fake", "fake", endpoint)

    async def direct(body: bytes) -> object:
        return await model.reply(Request(body))

    timeout = aiohttp.ClientTimeout(total=60)
    connector = aiohttp.TCPConnector(limit=typed.concurrency)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        contestants: dict[str, Ask] = {
            "bare aiohttp": bare(session, f"{url}/chat/completions"),
            "DirectModel": direct,
        }
        costs = await in_turns(contestants, typed)
    await endpoint.close()
    limit = median(costs["bare aiohttp"])
    for name, measured in costs.items():
        told = " ".join(f"{cost:.1f}" for cost in measured)
        print(f"{name:14} {median(measured):6.1f} µs  {median(measured) / limit:.3f}  ({told})")


async def in_turns(
    contestants: dict[str, Ask], typed: argparse.Namespace
) -> dict[str, list[float]]:
    """What each contestant cost in each round."""
    costs: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(typed.rounds + 1):
        for name, ask in contestants.items():
            cost = await cost_of(ask, typed.calls, typed.concurrency)
            if number:
                costs[name].append(cost)
    return costs


def bare(session: aiohttp.ClientSession, url: str) -> Ask:
    """The limit: post, read, take the text."""
    headers = {"Authorization": "Bearer x", "Content-Type": "application/json"}

    async def ask(body: bytes) -> object:
        async with session.post(url, data=body, headers=headers) as answer:
            answer.raise_for_status()
            completion = orjson.loads(await answer.read())
            return completion["choices"][0]["message"]["content"]

    return ask


async def cost_of(ask: Ask, calls: int, concurrency: int) -> float:
    """Microseconds of this thread's CPU that one call costs."""
    bodies = iter([body_of(number) for number in range(calls)])

    async def work(bodies: Iterator[bytes]) -> None:
        for body in bodies:
            await ask(body)

    begun = time.thread_time()
    await asyncio.gather(*(work(bodies) for _ in range(concurrency)))
    return (time.thread_time() - begun) / calls * 1e6


def body_of(number: int) -> bytes:
    """A request of usual size."""
    messages = [
        {"role": "system", "content": "You are a helpful assistant."},
        {"role": "user", "content": f"[rec {number}] [stage a] Question: how do I do this?"},
    ]
    return orjson.dumps({"model": "fake", "messages": messages})


if __name__ == "__main__":
    main()
