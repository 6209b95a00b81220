"""Figures as they are noted, and their medians."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

from benchmarks.canvas.tabs import cpu_seconds_of


@dataclass(slots=True)
class Sheet:
    """Figures by name; times are in milliseconds."""

    figures: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def note(self, name: str, figure: float) -> None:
        """Add one figure."""
        self.figures[name].append(figure)

    def median(self, name: str) -> float:
        """The median of what was noted; NaN where nothing was."""
        return median(self.figures[name]) if self.figures.get(name) else float("nan")

    @contextmanager
    def noting_cpu(self, name: str, pid: int) -> Iterator[None]:
        """Note the CPU that the process `pid` uses in the block."""
        before = cpu_seconds_of(pid)
        yield
        self.note(name, 1000 * (cpu_seconds_of(pid) - before))
