"""What became of everything that was to be exported: nothing is lost in silence."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from grasp_ui.model.value import JsonObject


@dataclass
class Ledger:
    """Counts of conversations; `total` is `written` and all of `dropped`.

    A written conversation gives one row or more (`rows`); what of it was left out is counted
    by reason in `left_out`. `repaired` counts written conversations whose text had to be
    mended before it could be stored, `edited` those of which a person wrote a text anew.
    `figures` counts rows by what a format says of them.

    Example:
        >>> ledger = Ledger()
        >>> ledger.drop("run failed: timed_out", times=2)
        >>> ledger.write(rows=1)
        >>> ledger.total, ledger.summary()
        (3, '1 written, 0 repaired, 2 dropped (run failed: timed_out: 2)')
    """

    written: int = 0
    rows: int = 0
    repaired: int = 0
    edited: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many conversations and failed records there were."""
        return self.written + self.dropped.total()

    def write(self, *, rows: int, is_repaired: bool = False, is_edited: bool = False) -> None:
        """Count a conversation that was written as `rows` rows."""
        self.written += 1
        self.rows += rows
        self.repaired += is_repaired
        self.edited += is_edited

    def drop(self, reason: str, *, times: int = 1) -> None:
        """Count conversations that were not written, or records that became none."""
        self.dropped[reason] += times

    def drop_all(self, failed: Mapping[str, int]) -> None:
        """Count records that never became a conversation, by reason."""
        self.dropped.update({reason: times for reason, times in failed.items() if times})

    def counts(self) -> JsonObject:
        """Everything as plain numbers, reasons in order of the alphabet."""
        figures = {"figures": dict(sorted(self.figures.items()))} if self.figures else {}
        return {
            "total": self.total,
            "written": self.written,
            "rows": self.rows,
            "repaired": self.repaired,
            **({"edited": self.edited} if self.edited else {}),
            "dropped": dict(sorted(self.dropped.items())),
            "left_out": dict(sorted(self.left_out.items())),
            **figures,
        }

    def summary(self) -> str:
        """One line for people."""
        why = ", ".join(f"{reason}: {times}" for reason, times in self.dropped.most_common())
        dropped = f"{self.dropped.total()} dropped" + (f" ({why})" if why else "")
        return f"{self.written} written, {self.repaired} repaired, {dropped}"
