"""A workload through `grasp run` against a bare aiohttp client, in turns on one machine.

    python benchmarks/engine/compare.py [w1|w2|w3] [--rounds 5] [-n 1000] [--endpoint URL]

Both are measured as whole processes, in turns; medians are told. Start-up is what a run of one
record costs; it is told with and without. The texts of both must be equal, line by line.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import duckdb

HERE = Path(__file__).resolve().parent
PYTHON = sys.executable
KEPT = {
    "w1": ("question", "answer", "score", "reason"),
    "w2": ("history", "score", "refined"),
    "w3": ("chosen", "rejected", "score"),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: CPU and wall seconds, and its largest memory."""

    cpu_seconds: float
    wall_seconds: float
    peak_mb: float


@dataclass(slots=True)
class Contestant:
    """A way to run W1, and what its runs and its starts took."""

    name: str
    runs: list[Cost] = field(default_factory=list)
    starts: list[Cost] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Course:
    """What is run: which workload, against which endpoint, how much of it, where."""

    workload: str
    endpoint: str
    records: int
    concurrency: int
    folder: Path

    def command(self, name: str, records: int, out: Path) -> list[str]:
        """The command line of a contestant."""
        asked = ["--endpoint", self.endpoint, "-n", str(records)]
        asked += ["--concurrency", str(self.concurrency)]
        if name == "bare aiohttp":
            return [PYTHON, str(HERE / "bare_client.py"), self.workload, *asked, "--out", str(out)]
        graph = str(HERE / f"{self.workload}.yaml")
        return [PYTHON, "-m", "grasp_ui.cli", "run", graph, *asked, "--store", str(out), "--json"]


def main() -> None:
    """Run all rounds, compare the texts, and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workload", nargs="?", default="w1", choices=list(KEPT))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--latency-ms", type=float, default=50.0)
    parser.add_argument("--endpoint", help="A server that is running already.")
    typed = parser.parse_args()
    with TemporaryDirectory() as folder, server(typed.endpoint, typed.latency_ms) as endpoint:
        course = Course(typed.workload, endpoint, typed.n, typed.concurrency, Path(folder))
        contestants = (Contestant("bare aiohttp"), Contestant("grasp run"))
        for number in range(typed.rounds):
            run_round(course, contestants[:: -1 if number % 2 else 1], number)
        check_texts(course, typed.rounds - 1)
        calls = calls_made(output(course, "grasp run", typed.rounds - 1))
    print_table(course, contestants, calls)


@contextmanager
def server(endpoint: str | None, latency_ms: float) -> Iterator[str]:
    """The endpoint's address: the one given, or that of our own server."""
    if endpoint:
        yield endpoint
        return
    command = [PYTHON, str(HERE / "fake_server.py"), "--latency-ms", str(latency_ms)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None  # noqa: S101 - it was asked for
        try:
            yield started.stdout.readline().strip()
        finally:
            started.terminate()


def run_round(course: Course, contestants: Sequence[Contestant], number: int) -> None:
    """One start and one run of each contestant."""
    for contestant in contestants:
        start = course.folder / f"start-{contestant.name}-{number}"
        contestant.starts.append(measured(course.command(contestant.name, 1, start)))
        out = output(course, contestant.name, number)
        contestant.runs.append(measured(course.command(contestant.name, course.records, out)))
        print(f"round {number + 1}, {contestant.name}: {contestant.runs[-1]}", file=sys.stderr)


def output(course: Course, name: str, number: int) -> Path:
    """What a contestant writes in a round."""
    return course.folder / f"{name}-{number}"


def measured(command: list[str]) -> Cost:
    """Run `command` to its end; it must succeed."""
    began = perf_counter()
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert started.stderr is not None  # noqa: S101 - it was asked for
    said = started.stderr.read().decode()
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{said}")
    largest = used.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    return Cost(used.ru_utime + used.ru_stime, perf_counter() - began, largest)


def check_texts(course: Course, number: int) -> None:
    """Stop unless both contestants made the same records, word for word."""
    bare = output(course, "bare aiohttp", number).read_text(encoding="utf-8").splitlines()
    ours = stored_rows(course, output(course, "grasp run", number))
    if sorted(bare) != sorted(ours):
        sys.exit(f"The texts differ: {len(bare)} rows against {len(ours)}.")
    print(f"{len(ours)} rows, text equal to the bare client's.", file=sys.stderr)


def stored_rows(course: Course, store: Path) -> list[str]:
    """The records of a store as the bare client writes them, by way of a JSONL export."""
    out = course.folder / "export"
    export = ["export", "--format", "jsonl", "--out", str(out), "--store", str(store)]
    command = [PYTHON, "-m", "grasp_ui.cli", *export]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (exported,) = out.rglob("data.jsonl")
    rows = (json.loads(line) for line in exported.read_text(encoding="utf-8").splitlines())
    return [json.dumps(as_bare(row, KEPT[course.workload])) for row in rows]


def as_bare(row: dict[str, object], names: Sequence[str]) -> dict[str, object]:
    """One exported row, with the names and the order of the bare client."""
    variables = row["variables"]
    assert isinstance(variables, dict)  # noqa: S101 - so the format says
    return {"id": row["record_index"], **{name: variables.get(name) for name in names}}


def calls_made(store: Path) -> int:
    """How many calls the run in a store took."""
    with duckdb.connect(str(store), read_only=True) as connection:
        row = connection.execute("select max(calls) from run").fetchone()
    return int(row[0]) if row else 0


def print_table(course: Course, contestants: Sequence[Contestant], calls: int) -> None:
    """The medians, in Markdown."""
    print(f"{course.workload}: {course.records} records, {calls} calls")
    print(
        "| | CPU ms a call | without start-up | records/s | without start-up "
        "| peak MB | start-up CPU s |"
    )
    print("|---|---|---|---|---|---|---|")
    whole = [median(c.runs, "cpu_seconds") for c in contestants]
    working = [net(contestant, calls) for contestant in contestants]
    rates = [rate(contestant, course.records) for contestant in contestants]
    for contestant, cpu, work, pace in zip(contestants, whole, working, rates, strict=True):
        print(
            f"| {contestant.name} | {1000 * cpu / calls:.3f} | {work:.3f} | "
            f"{course.records / median(contestant.runs, 'wall_seconds'):.0f} | {pace:.0f} | "
            f"{median(contestant.runs, 'peak_mb'):.0f} | "
            f"{median(contestant.starts, 'cpu_seconds'):.2f} |"
        )
    ratios = f"{whole[1] / whole[0]:.2f} | {working[1] / working[0]:.2f}"
    print(f"| ratio | {ratios} | | {rates[1] / rates[0]:.2f} | | |")


def rate(contestant: Contestant, records: int) -> float:
    """Records a second beyond the first, whose run is the start-up."""
    whole, start = (median(c, "wall_seconds") for c in (contestant.runs, contestant.starts))
    return (records - 1) / (whole - start)


def net(contestant: Contestant, calls: int) -> float:
    """CPU milliseconds a call without what a run of one record takes as well."""
    spent = median(contestant.runs, "cpu_seconds") - median(contestant.starts, "cpu_seconds")
    return 1000 * spent / calls


def median(costs: Sequence[Cost], name: str) -> float:
    """The median of one figure."""
    return float(statistics.median(getattr(cost, name) for cost in costs))


if __name__ == "__main__":
    main()
