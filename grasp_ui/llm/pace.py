"""Quotas a minute: calls wait for their share, none is turned away."""

from grasp_ui.llm.limits import Limits

BYTES_A_TOKEN = 4
FIRST_GUESS = 256.0
NOTHING = 1e-6
SHARE_PER_REPLY = 0.1


class Bucket:
    """A quota that refills steadily and holds one second's worth (at least 1).

    Taking may leave it in debt, which later calls wait for; so what is larger than the bucket
    passes too, and over any time no more is taken than was refilled, the bucket and one taking.
    """

    __slots__ = ("_capacity", "_filled_at", "_level", "_per_second")

    def __init__(self, per_minute: float) -> None:
        self._per_second = per_minute / 60
        self._capacity = max(1.0, self._per_second)
        self._level = self._capacity
        self._filled_at = 0.0

    def wait(self, amount: float, now: float) -> float:
        """Seconds until `amount` may be taken; 0 where it may be now."""
        self._fill(now)
        missing = min(amount, self._capacity) - self._level
        # Less is rounding, and would be waited for without an end.
        return missing / self._per_second if missing > NOTHING else 0.0

    def take(self, amount: float, now: float) -> None:
        """Take `amount`; a negative one gives back."""
        self._fill(now)
        self._level = min(self._capacity, self._level - amount)

    def _fill(self, now: float) -> None:
        gained = (now - self._filled_at) * self._per_second if self._filled_at else 0.0
        self._level = min(self._capacity, self._level + gained)
        self._filled_at = now


class Pace:
    """Requests and tokens a minute of one endpoint.

    A call reserves the tokens that it will use by an estimate (its length, and the usual length
    of replies); what it says that it used corrects the estimate.
    """

    def __init__(self, limits: Limits) -> None:
        self._requests = Bucket(limits.requests_per_minute) if limits.requests_per_minute else None
        self._tokens = Bucket(limits.tokens_per_minute) if limits.tokens_per_minute else None
        self._usual_reply = FIRST_GUESS
        self._reserved: dict[int, float] = {}

    def wait(self, size: int, now: float) -> float:
        """Seconds until a request of `size` bytes may go; 0 where it may now."""
        seconds = self._requests.wait(1.0, now) if self._requests else 0.0
        if self._tokens:
            seconds = max(seconds, self._tokens.wait(self._estimate(size), now))
        return seconds

    def take(self, ticket: int, size: int, now: float) -> None:
        """A request of `size` bytes goes."""
        if self._requests:
            self._requests.take(1.0, now)
        if self._tokens:
            self._reserved[ticket] = self._estimate(size)
            self._tokens.take(self._reserved[ticket], now)

    def settle(self, ticket: int, used: tuple[int, int] | None, now: float) -> None:
        """Correct what a call reserved: `used` are its prompt and reply tokens.

        None: they are not known, and the estimate stands. (0, 0): it used none.
        """
        reserved = self._reserved.pop(ticket, None)
        if reserved is None or used is None or self._tokens is None:
            return
        self._tokens.take(sum(used) - reserved, now)
        if used[1]:
            self._usual_reply += (used[1] - self._usual_reply) * SHARE_PER_REPLY

    def _estimate(self, size: int) -> float:
        return size / BYTES_A_TOKEN + self._usual_reply
