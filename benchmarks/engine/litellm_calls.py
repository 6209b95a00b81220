"""What a call through litellm costs beside a direct one, and what loading litellm costs.

    python benchmarks/engine/litellm_calls.py [--rounds 3] [-n 1000] [--endpoint URL]

CPU time of this process alone, 64 calls at once, the ways in turns; medians are told. Where no
endpoint is named, the fake server beside this file is started.
"""

import argparse
import asyncio
import resource
import statistics
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from time import process_time

import orjson
import uvloop

from grasp_ui.llm.direct_model import DirectModel, Endpoint
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.litellm_model import LitellmEndpoint, load_litellm
from grasp_ui.llm.port import Request

SERVER = Path(__file__).resolve().parent / "fake_server.py"
AT_ONCE = 64
WAYS = {"direct": "", "hosted_vllm": "hosted_vllm/", "openai": "openai/"}


def main() -> None:
    """Measure, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--endpoint")
    typed = parser.parse_args()
    begun, before = process_time(), peak_mb()
    load_litellm()
    print(f"loading: {process_time() - begun:.1f} s CPU, {peak_mb() - before:.0f} MB")
    with Popen([sys.executable, str(SERVER), "--port", "0"], stdout=PIPE, text=True) as server:
        try:
            assert server.stdout is not None  # noqa: S101 - it is a pipe
            url = typed.endpoint or server.stdout.readline().strip()
            uvloop.run(compare(url, typed.rounds, typed.n))
        finally:
            server.kill()


async def compare(url: str, rounds: int, calls: int) -> None:
    """Ask in each way in turns and tell the medians."""
    models = {way: model(way, url) for way in WAYS}
    for one in models.values():
        await cost(one, AT_ONCE)
    spent: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way, one in models.items():
            spent[way].append(await cost(one, calls))
    direct = statistics.median(spent["direct"])
    for way, figures in spent.items():
        middle = statistics.median(figures)
        print(f"{way}: {middle * 1000:.2f} ms CPU a call, {middle / direct:.1f} × direct")
    for one in models.values():
        await one.endpoint.close()


def model(way: str, url: str) -> DirectModel:
    """The server's model, asked in one way."""
    make = Endpoint if way == "direct" else LitellmEndpoint
    return DirectModel(way, f"{WAYS[way]}fake", make(url, "a-key", Limits(AT_ONCE)))


async def cost(one: DirectModel, calls: int) -> float:
    """CPU seconds for a call, over `calls` of them."""
    begun = process_time()
    await asyncio.gather(*(one.reply(request(one, number)) for number in range(calls)))
    return (process_time() - begun) / calls


def request(one: DirectModel, number: int) -> Request:
    """A short question, another one for each number."""
    said = [{"role": "user", "content": f"Ask one short question about garden number {number}."}]
    body = {"model": one.wire_name, "messages": said, "max_tokens": 60, "temperature": 0.3}
    return Request(orjson.dumps(body))


def peak_mb() -> float:
    """The largest memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
