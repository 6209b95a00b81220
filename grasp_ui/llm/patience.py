"""How long to wait for an endpoint: when a failed call is tried again."""

from collections.abc import Callable
from dataclasses import dataclass
from random import random

from grasp_ui.llm.port import CallFailure, NotReady, RateLimited

PATIENT_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Patience:
    """When a failed call is tried again.

    A call has `attempts`. What is the endpoint's trouble and not the call's costs none of them,
    only time: a refusal (429, or 503 with Retry-After), and an endpoint that has worked and is
    away (no connection, 502, 503). From the first failure on a call may take `total_seconds`.

    Waits double from `first_wait_seconds` up to `longest_wait_seconds`, each times 0.5 to 1.5
    by `jitter` (a number from 0 to 1). What the endpoint asks for counts instead; where that is
    more than is left of the total, the call fails at once.

    A call that has no answer after `hedge_after_seconds` is sent once more (0: never), and the
    first good answer counts; not where its text is watched, nor where no slot is free at once.
    """

    attempts: int = 4
    first_wait_seconds: float = 0.5
    longest_wait_seconds: float = 60.0
    total_seconds: float = 600.0
    jitter: Callable[[], float] = random
    hedge_after_seconds: float = 0.0

    def backoff(self, times: int) -> float:
        """Seconds to wait after having failed `times` times (from 1).

        Example:
            >>> Patience(jitter=lambda: 0.5).backoff(3)
            2.0
        """
        # Beyond 2 to the 30 every wait is the longest; a float would not hold much more.
        wait = self.first_wait_seconds * 2.0 ** min(times - 1, 30)
        return min(self.longest_wait_seconds, wait * (0.5 + self.jitter()))


class Trouble:
    """The failures of one call so far, and what is left of the patience with it."""

    __slots__ = ("_failed", "_held_up", "_patience", "_since")

    def __init__(self, patience: Patience, now: float) -> None:
        self._patience = patience
        self._since = now
        self._failed = 0
        self._held_up = 0

    def seconds_left(self, now: float) -> float:
        """How much longer the call may take, in all."""
        return max(0.0, self._since + self._patience.total_seconds - now)

    def wait_after(self, failure: CallFailure, now: float, *, has_worked: bool) -> float | None:
        """Seconds until the next attempt; None where there is to be none.

        `has_worked` says whether the endpoint ever gave a good answer: one that did not is not
        waited for, its address may be wrong.
        """
        if not failure.can_be_retried:
            return None
        if isinstance(failure, RateLimited) or (has_worked and isinstance(failure, NotReady)):
            self._held_up += 1
        else:
            self._failed += 1
            if self._failed >= self._patience.attempts:
                return None
        wait = failure.retry_after
        if wait is None:
            wait = self._patience.backoff(self._failed + self._held_up)
        elif self._held_up > PATIENT_AT_ONCE:
            # Some say "after 0 seconds" for as long as they refuse.
            wait = max(wait, self._patience.backoff(1))
        return wait if wait <= self.seconds_left(now) else None
