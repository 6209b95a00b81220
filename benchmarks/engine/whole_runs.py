"""What the checks of whole runs share: a counting server, and W1 in a store."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent
PYTHON = sys.executable
CALLS_A_RECORD = 3


@dataclass(frozen=True, slots=True)
class Counting:
    """A fake server that knows how many requests have come."""

    url: str

    def asked(self) -> int:
        """How many requests have come so far."""
        return int(self.figures()["asked"])

    def figures(self) -> dict[str, float]:
        """How many requests came, met a fault, and were in flight on average."""
        with urlopen(self.url) as answer:  # noqa: S310 - an address of our own
            return dict(json.load(answer))


@contextmanager
def counting_server(*words: str) -> Iterator[Counting]:
    """A fake server of our own with the options `words`, gone at the end of the block."""
    command = [PYTHON, str(HERE / "fake_server.py"), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None  # noqa: S101 - it was asked for
        try:
            yield Counting(started.stdout.readline().strip())
        finally:
            started.terminate()


@dataclass(frozen=True, slots=True)
class Shop:
    """A store with one run of W1, made by `grasp run`."""

    store: Path
    url: str
    records: int
    concurrency: int

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        """Start the run in a process of its own."""
        asked = ["-n", str(self.records), "--concurrency", str(self.concurrency)]
        return self._started(str(HERE / "w1.yaml"), *asked, "--endpoint", self.url, *words)

    def go_on(self, *words: str) -> subprocess.Popen[bytes]:
        """Let the run go on in a process of its own."""
        return self._started("--continue", "last", *words)

    def run(self) -> None:
        """Make the whole run."""
        _succeed(self.begin())

    def finish(self) -> None:
        """Let the run go on to its end."""
        _succeed(self.go_on("--max-calls", "0"))

    def texts(self, name: str = "exports") -> list[str]:
        """The records as lines, sorted: index and variables. A name serves once."""
        exports = self.store.with_suffix(f".{name}")
        command = [PYTHON, "-m", "grasp_ui.cli", "export", "--format", "jsonl"]
        command += ["--out", str(exports), "--store", str(self.store)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (written,) = exports.rglob("data.jsonl")
        rows = (json.loads(line) for line in written.read_text(encoding="utf-8").splitlines())
        return sorted(json.dumps([row["record_index"], row["variables"]]) for row in rows)

    def _started(self, *words: str) -> subprocess.Popen[bytes]:
        command = [PYTHON, "-m", "grasp_ui.cli", "run", *words, "--store", str(self.store)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _succeed(started: subprocess.Popen[bytes]) -> None:
    if started.wait():
        sys.exit(f"A command failed with {started.returncode}.")
