"""What is known of an endpoint's condition, and what therefore may be sent to it."""

from time import time

from grasp_ui.llm.breaker import Breaker
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.pace import Pace
from grasp_ui.llm.port import CallFailure, NotReady, RateLimited, ServerFault, TimedOut, Unreachable
from grasp_ui.llm.window import Window

LONGEST_PAUSE_SECONDS = 600.0


class Health:
    """Width, quotas, pause and breaker of one endpoint, kept by how its calls end.

    `is_calm` says that a good reply has nothing to change and that nothing but the width holds
    calls back; `is_held`, that something else may. Both are as of the last call that ended.
    """

    __slots__ = ("_pause_ends", "_paused_until", "_reason", "breaker", "is_calm", "is_held",
                 "pace", "window")  # fmt: skip

    def __init__(self, limits: Limits) -> None:
        self.window = Window(limits.calls_at_once)
        self.breaker = Breaker()
        has_quota = limits.requests_per_minute or limits.tokens_per_minute
        self.pace = Pace(limits) if has_quota else None
        self.is_held = self.pace is not None
        self.is_calm = False
        self._paused_until = 0.0
        self._pause_ends = 0.0
        self._reason = ""

    @property
    def pause_ends(self) -> float:
        """When a pause after a wave of refusals ends, in seconds since 1970; else 0."""
        return self._pause_ends if self._pause_ends > time() else 0.0

    @property
    def reason(self) -> str:
        """What the endpoint said last where calls are held back; empty where they are not."""
        window = self.window
        is_free = self.breaker.failure is None and window.allowed == window.ceiling
        return "" if is_free and not self.pause_ends else self._reason

    def seconds_left(self, size: int, now: float) -> float:
        """Seconds until a request of `size` bytes may go; infinity while a probe is out."""
        pause = self._paused_until - now
        if pause <= 0:
            self._paused_until = pause = 0.0
        quota = self.pace.wait(size, now) if self.pace is not None else 0.0
        return max(pause, quota, self.breaker.wait(now))

    def note_sent(self, ticket: int, size: int, now: float) -> None:
        """A request of `size` bytes goes; needed only where `is_held`."""
        self.breaker.let_in(ticket)
        if self.pace is not None:
            self.pace.take(ticket, size, now)

    def note_reply(self, ticket: int, used: tuple[int, int], now: float) -> None:
        """A good reply came; needed only where not `is_calm`."""
        self.window.widen()
        self.breaker.answered(well=True)
        self.note_end(ticket, used if any(used) else None, now)

    def note_failure(self, ticket: int, failure: CallFailure, newest: int, now: float) -> bool:
        """A call failed, `newest` was sent last; whether the breaker opens."""
        is_refusal = isinstance(failure, RateLimited | NotReady)
        if is_refusal and self.window.narrow(ticket, newest):
            self._pause(failure.retry_after or 0.0, now)
        opens = False
        if isinstance(failure, Unreachable | ServerFault):
            opens = self.breaker.failed(failure, ticket, now)
        elif not isinstance(failure, TimedOut):
            self.breaker.answered(well=False)
        if is_refusal or isinstance(failure, Unreachable | ServerFault):
            self._reason = str(failure)
        self.note_end(ticket, (0, 0) if is_refusal else None, now)
        return opens

    def note_end(self, ticket: int, used: tuple[int, int] | None, now: float) -> None:
        """A call is over; `used` are its tokens, None where they are not known."""
        self.breaker.given_up(ticket)
        if self.pace is not None:
            self.pace.settle(ticket, used, now)
        is_broken = self.breaker.failure is not None
        self.is_held = is_broken or self.pace is not None or self._paused_until > 0
        self.is_calm = not self.is_held and self.window.is_calm and self.breaker.is_calm

    def _pause(self, seconds: float, now: float) -> None:
        if seconds <= LONGEST_PAUSE_SECONDS:
            self._paused_until = max(self._paused_until, now + seconds)
            self._pause_ends = max(self._pause_ends, time() + seconds)
