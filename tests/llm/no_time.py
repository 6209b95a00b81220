"""A loop in which waiting takes no time: its clock leaps to the next thing that is due."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
START = 1000.0


class NoTimeLoop(asyncio.SelectorEventLoop):
    """A loop for work that only waits for timers and for itself."""

    def __init__(self) -> None:
        self.selector = LeapingSelector()
        super().__init__(self.selector)

    def time(self) -> float:
        """Seconds, of which none passes but by leaping."""
        return self.selector.now


class LeapingSelector(selectors.DefaultSelector):
    """Finds that time has passed where others would wait."""

    now = START

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Nothing; and `timeout` is over.

        Raises:
            AssertionError: nothing will ever happen: the work waits for ever.
        """
        found = super().select(0)
        if timeout is None and not found:
            raise AssertionError("Nothing is due: the work waits for ever.")
        if timeout and not found:
            self.now += timeout
        return found


def in_no_time(work: Coroutine[Any, Any, T]) -> T:
    """What `work` gives; hours of waiting take no time."""
    with asyncio.Runner(loop_factory=NoTimeLoop) as runner:
        return runner.run(work)


def now() -> float:
    """Seconds since the work began."""
    return asyncio.get_running_loop().time() - START
