"""When an endpoint is left alone for a while, because it does not work at all."""

from math import inf
from typing import Literal

from grasp_ui.llm.port import CallFailure, NotReady

BreakerState = Literal["closed", "open", "half-open"]
FAILURES_IN_A_ROW = 10
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0


class Breaker:
    """Opens after ten failures in a row, without an answer between.

    Open, no call goes; after a second one call is let through as a probe, and its answer closes
    the breaker. Where nobody answers the probe, the next waits twice as long, up to 30 s.

    An error of the server (5xx, a broken connection) may be the call's own. It does not make
    the wait longer, and counts at the first attempt of a call alone: the last calls of a run,
    tried again and again, are no sign of a broken endpoint.

    It opens only where it `may_open`: an endpoint that has never given a good answer may have
    the wrong address, and where there is no other its calls should fail soon with the reason.
    """

    __slots__ = ("_failures", "_probe", "_retry_at", "_wait", "failure", "has_worked",
                 "may_open", "since")  # fmt: skip

    def __init__(self) -> None:
        self.has_worked = False
        self.may_open = False
        self.failure: CallFailure | None = None
        self.since = 0.0
        self._failures = 0
        self._probe = 0
        self._retry_at = 0.0
        self._wait = FIRST_WAIT_SECONDS

    @property
    def is_calm(self) -> bool:
        """Whether a good answer would change nothing."""
        return self.has_worked and not self._failures

    @property
    def state(self) -> BreakerState:
        """`closed`: calls go. `open`: none goes. `half-open`: one is out to see."""
        if self.failure is None:
            return "closed"
        return "half-open" if self._probe else "open"

    def wait(self, now: float) -> float:
        """Seconds until a call may go; infinity while a probe is out."""
        if self.failure is None:
            return 0.0
        return inf if self._probe else max(0.0, self._retry_at - now)

    def let_in(self, ticket: int) -> None:
        """A call goes; where the breaker is open it is the probe."""
        if self.failure is not None:
            self._probe = ticket

    def answered(self, *, well: bool) -> None:
        """An answer came, good or not: the endpoint is there."""
        if well:
            self.has_worked = self.may_open = True
        self._failures = 0
        self.failure = None
        self._probe = 0
        self._wait = FIRST_WAIT_SECONDS

    def failed(self, failure: CallFailure, ticket: int, now: float) -> bool:
        """A call found the endpoint not working; whether the breaker opens.

        While it is open only the probe's word counts: other calls went before it opened.
        """
        is_away = isinstance(failure, NotReady)
        if self.failure is None:
            self._failures += is_away or failure.attempt == 0
            if not self.may_open or self._failures < FAILURES_IN_A_ROW:
                return False
            self.since = now
        elif ticket != self._probe:
            return False
        elif is_away:
            self._wait = min(LONGEST_WAIT_SECONDS, 2 * self._wait)
        self.failure = failure
        self._probe = 0
        self._retry_at = now + self._wait
        return True

    def given_up(self, ticket: int) -> None:
        """A call ended without telling anything; if it was the probe, another may go."""
        if ticket == self._probe:
            self._probe = 0
