"""The way in to one endpoint: who may send a call now, and who waits."""

from asyncio import TimerHandle, get_running_loop
from math import inf

from grasp_ui.llm.health import Health
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.port import CallFailure
from grasp_ui.llm.state import EndpointState
from grasp_ui.llm.waiting import WaitingLine


class Gate:
    """Lets calls in, in order, as slots, pauses, quotas and breaker allow.

    Each call that is let in has a ticket, and gives it back by one of the three `leave`s.
    Nobody is turned away, save by an open breaker: who has waited for it long enough, or has
    another endpoint to go to. Belongs to one loop.
    """

    __slots__ = ("_health", "_line", "_newest", "_timer", "_window", "hedged", "in_flight")

    def __init__(self, limits: Limits) -> None:
        self.in_flight = 0
        self.hedged = 0
        self._health = Health(limits)
        self._window = self._health.window
        self._line = WaitingLine()
        self._newest = 0
        self._timer: TimerHandle | None = None

    @property
    def has_worked(self) -> bool:
        """Whether the endpoint has ever given a good answer."""
        return self._health.breaker.has_worked

    @property
    def failure(self) -> CallFailure | None:
        """Why the breaker is not closed; None where it is."""
        return self._health.breaker.failure

    @property
    def load(self) -> float:
        """Calls in flight and waiting, as a share of what may be in flight now."""
        return (self.in_flight + len(self._line)) / self._window.allowed

    def state(self, where: str) -> EndpointState:
        """How the endpoint at `where` stands; also from another thread."""
        health, window = self._health, self._window
        return EndpointState(
            where, self.in_flight, len(self._line), window.allowed, window.ceiling,
            health.pause_ends, health.breaker.state, health.reason, self._newest, self.hedged,
        )  # fmt: skip

    def resize(self, calls_at_once: int) -> None:
        """Allow another number of calls; those in flight are let finish."""
        self._window.resize(calls_at_once)
        self._let_in()

    def try_enter(self, size: int) -> int:
        """A ticket for a request of `size` bytes if it may go at once, else 0."""
        if self.in_flight >= self._window.allowed or self._line:
            return 0
        if self._health.is_held and self._seconds_left(size):
            return 0
        return self._admit(size)

    def expect_others(self) -> None:
        """Say that calls have other endpoints: the breaker may open before a good answer."""
        self._health.breaker.may_open = True

    async def enter(self, size: int, patience_seconds: float, *, is_picky: bool = False) -> int:
        """Wait for a ticket; 0 where the breaker was open for `patience_seconds`.

        A picky call gets 0 as soon as the breaker opens.
        """
        turn = self._line.join(size, patience_seconds, is_picky=is_picky)
        self._let_in()
        try:
            return await turn
        except BaseException:
            if ticket := self._line.leave(turn):
                self.leave(ticket)
            raise

    def leave_well(self, ticket: int, prompt_tokens: int, reply_tokens: int) -> None:
        """A good reply came; it says what it used, or 0 and 0."""
        self.in_flight -= 1
        if not self._health.is_calm:
            used = (prompt_tokens, reply_tokens)
            self._health.note_reply(ticket, used, get_running_loop().time())
        if self._line:
            self._let_in()

    def leave_failed(self, ticket: int, failure: CallFailure) -> None:
        """The call failed."""
        self.in_flight -= 1
        now = get_running_loop().time()
        if self._health.note_failure(ticket, failure, self._newest, now):
            self._line.send_away_picky()
        self._let_in()

    def leave(self, ticket: int) -> None:
        """The call was given up: it says nothing about the endpoint."""
        self.in_flight -= 1
        self._health.note_end(ticket, None, get_running_loop().time())
        self._let_in()

    def close(self) -> None:
        """Stop the timer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _admit(self, size: int) -> int:
        self.in_flight += 1
        self._newest = ticket = self._newest + 1
        if self._health.is_held:
            self._health.note_sent(ticket, size, get_running_loop().time())
        return ticket

    def _seconds_left(self, size: int) -> float:
        return self._health.seconds_left(size, get_running_loop().time())

    def _let_in(self) -> None:
        """Give those who wait longest their tickets, as far as they may go now."""
        breaker = self._health.breaker
        if breaker.failure is not None:
            self._line.send_away_overdue(breaker.since)
        while self.in_flight < self._window.allowed and (first := self._line.first()):
            if self._health.is_held and (seconds := self._seconds_left(first.size)):
                self._come_back_in(seconds)
                return
            self._line.serve(self._admit(first.size))

    def _come_back_in(self, seconds: float) -> None:
        self.close()
        if seconds < inf:
            self._timer = get_running_loop().call_later(seconds, self._let_in)
