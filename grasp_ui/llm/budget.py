"""Ceilings of a run: no call begins once one is reached; calls in flight may end."""

from collections.abc import Callable
from math import inf
from time import monotonic

from grasp_ui.errors import RunHalted
from grasp_ui.model.run import Ceilings, Run

KEPT = "Calls in flight have ended and are kept."
WHAT_TO_DO = "Raise the ceiling and resume the run."


class Budget:
    """Counts what a run uses against its ceilings, from one loop's thread.

    `used` is the run as it stands: what its earlier parts have used counts. `attempts` are the
    calls that they sent. Dollars and tokens are known when a call ends, so that they may be
    overshot by the calls in flight; calls and seconds are not overshot by a call that begins.
    `advice` says whose ceilings they are, and what to do once one is reached.

    Example:
        >>> budget = Budget(Ceilings(calls=1))
        >>> budget.gate()
        >>> budget.gate()
        Traceback (most recent call last):
        grasp_ui.errors.RunHalted: The run has reached its ceiling of 1 calls...
    """

    __slots__ = (
        "_advice", "_attempts", "_ceilings", "_clock", "_deadline", "_most_calls", "_most_tokens",
        "_most_usd", "_refusal", "_tokens", "_usd",
    )  # fmt: skip

    def __init__(
        self,
        ceilings: Ceilings,
        used: Run | None = None,
        *,
        attempts: int = 0,
        clock: Callable[[], float] = monotonic,
        advice: tuple[str, str] = ("The run", WHAT_TO_DO),
    ) -> None:
        self._ceilings = ceilings
        self._clock = clock
        self._advice = advice
        self._refusal: str | None = None
        self._attempts = attempts
        self._most_calls = inf if ceilings.calls is None else ceilings.calls
        self._usd = used.cost_usd if used else 0.0
        self._most_usd = inf if ceilings.usd is None else ceilings.usd
        self._tokens = used.tokens if used else 0
        self._most_tokens = inf if ceilings.tokens is None else ceilings.tokens
        seconds = inf if ceilings.seconds is None else ceilings.seconds
        self._deadline = seconds if seconds == inf else clock() + seconds
        if used and seconds != inf:
            self._deadline -= used.seconds

    def gate(self) -> None:
        """Let a call begin, and count it.

        Raises:
            RunHalted: a ceiling is reached, or the gate was closed; the message says which.
        """
        if self._refusal is not None:
            raise RunHalted(self._refusal)
        if (
            self._attempts >= self._most_calls
            or self._usd >= self._most_usd
            or self._tokens >= self._most_tokens
            or (self._deadline != inf and self._clock() >= self._deadline)
        ):
            self._refusal = self._reached()
            raise RunHalted(self._refusal)
        self._attempts += 1

    def spend(self, tokens: int, usd: float, *, attempts: int = 0) -> None:
        """Count what an answered call has used, and attempts that this gate did not see."""
        self._tokens += tokens
        self._usd += usd
        self._attempts += attempts

    def close(self, reason: str) -> None:
        """Let no further call begin, for `reason`."""
        if self._refusal is None:
            self._refusal = reason

    def _reached(self) -> str:
        ceilings = self._ceilings
        if self._attempts >= self._most_calls:
            what = f"{ceilings.calls:,} calls"
        elif self._usd >= self._most_usd:
            what = f"${_dollars(ceilings.usd or 0.0)} (${_dollars(self._usd)} used)"
        elif self._tokens >= self._most_tokens:
            what = f"{ceilings.tokens:,} tokens ({self._tokens:,} used)"
        else:
            what = f"{ceilings.seconds:g} seconds"
        who, fix = self._advice
        return f"{who} has reached its ceiling of {what}. {KEPT} {fix}"


def _dollars(usd: float) -> str:
    """Dollars to the cent, small sums to two digits."""
    return f"{usd:,.2f}" if usd >= 0.1 else f"{usd:.2g}"
