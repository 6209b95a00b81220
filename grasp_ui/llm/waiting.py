"""The queue before an endpoint: calls in the order in which they came."""

from asyncio import Future, get_running_loop
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiter:
    """A call that waits: its bytes, its patience with a broken endpoint, since when.

    A picky one has another endpoint to go to.
    """

    size: int
    patience_seconds: float
    is_picky: bool
    since: float


class WaitingLine:
    """Calls that wait for a ticket, first come first served."""

    __slots__ = ("_turns",)

    def __init__(self) -> None:
        self._turns: OrderedDict[Future[int], Waiter] = OrderedDict()

    def __len__(self) -> int:
        return len(self._turns)

    def join(self, size: int, patience_seconds: float, *, is_picky: bool) -> Future[int]:
        """Stand at the end; gives what to await."""
        loop = get_running_loop()
        turn: Future[int] = loop.create_future()
        self._turns[turn] = Waiter(size, patience_seconds, is_picky, loop.time())
        return turn

    def leave(self, turn: Future[int]) -> int:
        """Forget a call that is given up; gives the ticket that it has, else 0."""
        self._turns.pop(turn, None)
        return turn.result() if turn.done() and not turn.cancelled() else 0

    def first(self) -> Waiter | None:
        """Who is next."""
        while self._turns:
            turn = next(iter(self._turns))
            if not turn.done():
                return self._turns[turn]
            del self._turns[turn]
        return None

    def serve(self, ticket: int) -> None:
        """Give `first` its ticket."""
        turn, _ = self._turns.popitem(last=False)
        turn.set_result(ticket)

    def send_away_picky(self) -> None:
        """Those who have another endpoint to go to get no ticket here: 0."""
        self._send_away(lambda waiter: waiter.is_picky)

    def send_away_overdue(self, since: float) -> None:
        """Nor do those who have waited long enough for an endpoint that broke at `since`."""
        now = get_running_loop().time()
        self._send_away(lambda w: now - max(w.since, since) >= w.patience_seconds)

    def _send_away(self, are_meant: Callable[[Waiter], bool]) -> None:
        for turn in [turn for turn, waiter in self._turns.items() if are_meant(waiter)]:
            del self._turns[turn]
            if not turn.done():
                turn.set_result(0)
