"""How long to wait for an endpoint: when to try again, and how many at once."""

from asyncio import Future, get_running_loop, sleep
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from random import random
from time import monotonic
from types import TracebackType

from grasp_ui.llm.port import CallFailure, RateLimited

WAVE = 0.3
SHARE_PER_REPLY = 0.02


@dataclass(frozen=True, slots=True)
class Patience:
    """When a failed call is tried again.

    Waits double from `first_wait_seconds`, each times 0.5 to 1.5 by `jitter` (a number from 0
    to 1). What the endpoint asks for counts instead, up to `longest_wait_seconds`; one that
    asks for more is not waited for.
    """

    attempts: int = 4
    first_wait_seconds: float = 0.5
    longest_wait_seconds: float = 60.0
    jitter: Callable[[], float] = random

    def wait_after(self, failure: CallFailure, attempt: int) -> float | None:
        """Seconds until attempt `attempt + 1`; None where there is to be none.

        Example:
            >>> Patience(jitter=lambda: 0.5).wait_after(RateLimited("slow down"), 2)
            2.0
        """
        if not failure.can_be_retried or attempt + 1 >= self.attempts:
            return None
        asked = failure.retry_after
        if asked is not None:
            return asked if asked <= self.longest_wait_seconds else None
        wait = self.first_wait_seconds * 2.0**attempt
        return min(self.longest_wait_seconds, wait * (0.5 + self.jitter()))


class CallLimit:
    """At most `calls_at_once` calls of one endpoint, first come first served.

    A lone 429 is the business of its own call. Only when they make up a good share of the
    recent answers does `Retry-After` pause the endpoint as a whole.
    """

    __slots__ = ("_paused_until", "_refused", "_waiting", "calls_at_once", "in_flight")

    def __init__(self, calls_at_once: int) -> None:
        self.calls_at_once = calls_at_once
        self.in_flight = 0
        self._waiting: deque[Future[None]] = deque()
        self._paused_until = 0.0
        self._refused = 0.0

    async def __aenter__(self) -> None:
        if self.in_flight < self.calls_at_once:
            self.in_flight += 1
        else:
            await self._queue()
        if self._paused_until:
            await self._sit_out()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._refused -= self._refused * SHARE_PER_REPLY
        elif isinstance(error, RateLimited):
            self._note_refusal(error.retry_after)
        self._release()

    def _note_refusal(self, retry_after: float | None) -> None:
        self._refused += (1 - self._refused) * SHARE_PER_REPLY
        if retry_after and self._refused > WAVE:
            self._paused_until = max(self._paused_until, monotonic() + retry_after)

    async def _queue(self) -> None:
        """Wait until a call that ends hands its slot over."""
        turn: Future[None] = get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except BaseException:
            if turn.done() and not turn.cancelled():
                self._release()
            raise

    async def _sit_out(self) -> None:
        try:
            while (left := self._paused_until - monotonic()) > 0:
                await sleep(left)
        except BaseException:
            self._release()
            raise
        self._paused_until = 0.0

    def resize(self, calls_at_once: int) -> None:
        """Allow another number of calls; those in flight are let finish."""
        self.calls_at_once = calls_at_once
        while self.in_flight < calls_at_once and self._hand_over():
            self.in_flight += 1

    def _release(self) -> None:
        if self.in_flight > self.calls_at_once or not self._hand_over():
            self.in_flight -= 1

    def _hand_over(self) -> bool:
        """Give a slot to who waits longest; False if nobody does."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return True
        return False
