"""W1 against a server that fails in every way: what is lost, what is kept, what it costs.

    python -m benchmarks.engine.faulty [-n 1000] [--concurrency 64] [--latency fixed:50]

For 5 % and for 20 % of all prompts: `grasp run` against a faulty server, three quarters of the
faults once, one quarter each time; then the failed records again against a good one. Leaves
with 1 where a record is lost, or what is kept differs from a run without faults.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.engine.fake_server import KINDS
from benchmarks.engine.whole_runs import HERE, PYTHON, Counting, Shop, counting_server
from grasp_ui.services.settings import ModelSettings, Settings, save_settings

SHARES = (0.05, 0.2)
TIMEOUT_SECONDS = 2.0
PATIENCE_SECONDS = 10.0
HEADINGS = (
    "faults", "done", "failed", "requests", "faulty", "in flight", "seconds", "lost", "differ",
    "after the retry",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Course:
    """How many records, how many calls at once, how long a call takes."""

    records: int
    concurrency: int
    latency: str


def main() -> None:
    """Run both shares, and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--latency", default="fixed:50")
    typed = parser.parse_args()
    course = Course(typed.n, typed.concurrency, typed.latency)
    rows, reasons = [], []
    with TemporaryDirectory() as folder, server(course) as good:
        whole = Shop(Path(folder) / "whole.duckdb", good.url, typed.n, typed.concurrency)
        whole.run()
        expected = set(whole.texts())
        for share in SHARES:
            row, failures = played(course, share, Path(folder), good, expected)
            rows.append(row)
            reasons.append(f"{share:.0%}: {failures}")
    print(f"| {' | '.join(HEADINGS)} |\n|{'---|' * len(HEADINGS)}")
    for row in rows:
        print(f"| {' | '.join(str(row[name]) for name in HEADINGS)} |")
    print("\nFailed, by class.", *reasons, sep="\n")
    good_end = f"{typed.n} done, equal"
    sys.exit(any(r["lost"] or r["differ"] or r["after the retry"] != good_end for r in rows))


@contextmanager
def server(course: Course, share: float = 0.0) -> Iterator[Counting]:
    """A server of which `share` of all prompts meet a fault."""
    options = ["--latency", course.latency]
    for option, part in (("--faults", 0.75), ("--sticky", 0.25)):
        each = share * part / len(KINDS)
        options += [option, ",".join(f"{kind}={each}" for kind in KINDS)] if share else []
    with counting_server(*options) as started:
        yield started


def played(
    course: Course, share: float, folder: Path, good: Counting, expected: set[str]
) -> tuple[dict[str, object], str]:
    """One run and its retry: the row of the table, and why records failed."""
    home = folder / f"home-{share}"
    with server(course, share) as faulty:
        save_settings(home, settings_for(course, faulty.url))
        asked = ["-n", str(course.records), "--concurrency", str(course.concurrency)]
        first = told(home, str(HERE / "w1.yaml"), *asked)
        figures = faulty.figures()
    shop = Shop(home / "store.duckdb", good.url, course.records, course.concurrency)
    kept = shop.texts("before")
    save_settings(home, settings_for(course, good.url))
    then = told(home, "--continue", first["run"], "--failed-only")
    is_equal = set(shop.texts("after")) == expected
    row = {
        "faults": f"{share:.0%}",
        "done": first["done"],
        "failed": first["failed"],
        "requests": int(figures["asked"]),
        "faulty": int(figures["faulty"]),
        "in flight": figures["in_flight"],
        "seconds": first["seconds"],
        "lost": course.records - len(kept) - first["failed"],
        "differ": len(set(kept) - expected),
        "after the retry": f"{then['done']} done, {'equal' if is_equal else 'DIFFERENT'}",
    }
    return row, said_of(first["failures"])


def said_of(failures: list[dict[str, Any]]) -> str:
    """How many records failed for each class of reason."""
    counts: dict[str, int] = {}
    for failure in failures:
        counts[failure["error_code"]] = counts.get(failure["error_code"], 0) + failure["count"]
    return ", ".join(f"{code} {counts[code]}" for code in sorted(counts))


def settings_for(course: Course, url: str) -> Settings:
    """The one model of W1, with little time and less patience: a hang is to cost seconds."""
    model = ModelSettings(
        name="fake",
        url=url,
        calls_at_once=course.concurrency,
        timeout_seconds=TIMEOUT_SECONDS,
        patience_seconds=PATIENCE_SECONDS,
    )
    return Settings(models=(model,))


def told(home: Path, *words: str) -> dict[str, Any]:
    """What `grasp run` says of a run in the workspace `home`."""
    store = ["--store", str(home / "store.duckdb"), "--json"]
    command = [PYTHON, "-m", "grasp_ui.cli", "run", *words, *store]
    ended = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
        env={"GRASP_HOME": str(home)}, text=True,
    )  # fmt: skip
    return dict(json.loads(ended.stdout))


if __name__ == "__main__":
    main()
