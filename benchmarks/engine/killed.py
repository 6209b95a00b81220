"""`kill -9` at random moments of a run, each time resumed: what is lost, what is paid twice.

    python -m benchmarks.engine.killed [-n 1000] [--kills 10] [--concurrency 64] [--seed 1]

The server counts requests. The killed run must end with the text of an uninterrupted one, and
each kill may cost no more calls than were in flight.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from benchmarks.engine.whole_runs import CALLS_A_RECORD, Counting, Shop, counting_server


def main() -> None:
    """Kill, resume, compare; leaves with 1 where something was lost or paid too often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    typed = parser.parse_args()
    calls = CALLS_A_RECORD * typed.n
    moments = sorted(random.Random(typed.seed).sample(range(1, calls), typed.kills))
    with TemporaryDirectory() as folder, counting_server() as server:
        shop = Shop(Path(folder) / "killed.duckdb", server.url, typed.n, typed.concurrency)
        lost = paid_twice(shop, server, moments)
        whole = Shop(Path(folder) / "whole.duckdb", server.url, typed.n, typed.concurrency)
        whole.run()
        same = shop.texts() == whole.texts()
    allowed = typed.concurrency * typed.kills
    print(f"{typed.n} records, {calls} calls, killed when {moments} calls had been sent.")
    print(f"Texts equal to the uninterrupted run's: {same}.")
    print(f"Paid twice: {lost} calls, {lost / typed.kills:.1f} a kill; allowed {allowed}.")
    sys.exit(0 if same and lost <= allowed else 1)


def paid_twice(shop: Shop, server: Counting, moments: Sequence[int]) -> int:
    """Run to the end with a kill at each moment; gives how many calls were sent too many."""
    for number, (before, moment) in enumerate(pairwise((0, *moments))):
        started = shop.begin() if number == 0 else shop.go_on()
        while server.asked() < max(moment, before + 1) and started.poll() is None:
            sleep(0.002)
        started.kill()
        started.wait()
        print(f"kill {number + 1}: {server.asked()} calls sent", file=sys.stderr)
    shop.finish()
    return server.asked() - CALLS_A_RECORD * shop.records


if __name__ == "__main__":
    main()
