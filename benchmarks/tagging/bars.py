"""A bar of the tagging benchmark: what was found, beside length alone, and whether it is met."""

from collections.abc import Sequence
from dataclasses import dataclass

from grasp_ui.tagging.ranking import FEWEST, Estimate


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the table. `counts` False: the row is there to compare, and is no bar."""

    name: str
    goal: float
    length: Estimate
    found: Estimate
    note: str = ""
    counts: bool = True

    @property
    def verdict(self) -> str:
        """Met, missed, or too few cases to say either."""
        if not self.counts:
            return "to compare"
        if self.found.value is None:
            return f"not measured: {self.found.reason}"
        if self.found.cases < FEWEST:
            return f"too few cases ({self.found.cases} < {FEWEST})"
        return "**met**" if self.found.value >= self.goal else "**missed**"


def table(bars: Sequence[Bar]) -> str:
    """The bars as a Markdown table."""
    head = ["| target | length alone | found | cases | goal | |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *map(_row, bars)])


def shown(estimate: Estimate) -> str:
    """A figure with its interval, as the table has it."""
    if estimate.value is None:
        return "–"
    value = short(estimate.value)
    if estimate.low is None or estimate.high is None:
        return value
    return f"{value} ({short(estimate.low)}–{short(estimate.high)})"


def _row(bar: Bar) -> str:
    goal = f"≥ {short(bar.goal)}" if bar.counts else ""
    why = f"{bar.verdict}. {bar.note}" if bar.note else bar.verdict
    cells = (bar.name, shown(bar.length), shown(bar.found), str(bar.found.cases), goal, why)
    return f"| {' | '.join(cells)} |"


def short(value: float) -> str:
    """Three places, without the nought before them."""
    return f"{value:.3f}".removeprefix("0")
