"""10,000 records, begun by the page's runner, and by `grasp run`: each finishes the other's.

    python -m benchmarks.engine.handover [-n 10000] [--concurrency 64]

The page's runner is the app's own, in a process that is the app without a browser: it starts a
run, is looked at now and then as a page would, and closes the store in the middle; `grasp run
--continue` makes the rest. Then the other way round. Nothing may be lost or paid twice.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import perf_counter

from benchmarks.engine.whole_runs import (
    CALLS_A_RECORD,
    HERE,
    Counting,
    Shop,
    counting_server,
)
from grasp_ui.model.run import Ceilings
from grasp_ui.model.value import GraphId, RunId
from grasp_ui.services import runs
from grasp_ui.services.graphs import read_graph_file
from grasp_ui.services.runs import Changes, RunRequest
from grasp_ui.services.workspace import Workspace, open_workspace

LOOKS_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Leg:
    """One part of a run: who made it, how many calls it sent, in how many seconds."""

    who: str
    calls: int
    seconds: float


def main() -> None:
    """Both ways, with what each part took; leaves with 1 where a record or a call is astray."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=10_000)
    parser.add_argument("--concurrency", type=int, default=64)
    typed = parser.parse_args()
    wrong = 0
    for first in ("page", "command line"):
        with TemporaryDirectory() as folder, counting_server("--latency-ms", "10") as server:
            shop = Shop(Path(folder) / "store.duckdb", server.url, typed.n, typed.concurrency)
            legs = [leg(shop, server, first, half=True), leg(shop, server, other(first))]
            wrong += report(shop, server, legs)
    sys.exit(1 if wrong else 0)


def other(who: str) -> str:
    """The one who is not `who`."""
    return "page" if who == "command line" else "command line"


def leg(shop: Shop, server: Counting, who: str, *, half: bool = False) -> Leg:
    """Let `who` make half of the run, or the rest of it."""
    before, began = server.asked(), perf_counter()
    most = CALLS_A_RECORD * shop.records // 2 if half else None
    make: Callable[[Shop, int | None], None] = on_page if who == "page" else on_command_line
    make(shop, most)
    return Leg(who, server.asked() - before, perf_counter() - began)


def on_command_line(shop: Shop, most: int | None) -> None:
    """`grasp run`, up to `most` calls, or with `--continue` to the end."""
    if most is None:
        shop.finish()
    else:
        shop.begin("--max-calls", str(most)).wait()


def on_page(shop: Shop, most: int | None) -> None:
    """The runner of the app: started or resumed, looked at now and then, and closed."""
    workspace = open_workspace(home=shop.store.parent, store_file=shop.store)
    try:
        run_id = begun(workspace, shop, most)
        while workspace.runner.view(run_id).is_running:
            Event().wait(LOOKS_SECONDS)
    finally:
        workspace.close()


def begun(workspace: Workspace, shop: Shop, most: int | None) -> RunId:
    """Start the run with a ceiling, or let it go on without one."""
    if most is None:
        newest = runs.recent_runs(workspace, 1)[0]
        return runs.resume(workspace, newest.id, Changes(ceilings=Ceilings()))
    graph = HERE / "w1.yaml"
    request = RunRequest(
        graph_id=GraphId("file/w1"),
        spec=read_graph_file(graph),
        records=shop.records,
        concurrency=shop.concurrency,
        endpoint=shop.url,
        folder=graph.parent,
        ceilings=Ceilings(calls=most),
    )
    return workspace.runner.start(request)


def report(shop: Shop, server: Counting, legs: list[Leg]) -> int:
    """Print what came of it; 1 where a record is missing or a call was paid twice."""
    records, twice = len(shop.texts()), server.asked() - CALLS_A_RECORD * shop.records
    for one in legs:
        print(f"{one.who}: {one.calls} calls in {one.seconds:.1f} s")
    print(f"{records} of {shop.records} records, {twice} calls paid twice")
    return int(records != shop.records or twice != 0)


if __name__ == "__main__":
    main()
