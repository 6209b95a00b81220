"""Cutting off calls that take too long, with one timer for all of an endpoint."""

from asyncio import AbstractEventLoop, Task, TimerHandle, current_task, get_running_loop
from typing import Any


class Deadlines:
    """Cancels a task whose call is not over `seconds` after it began.

    All calls are given the same time, so the oldest is due first and one timer will do: a timer
    a call costs more than all else that is done for it here.

    Use `begin` before the call, and `end` after it or on its cancellation.
    """

    __slots__ = ("_late", "_open", "_timer", "seconds")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._open: dict[Task[Any], tuple[float, int]] = {}
        self._late: dict[Task[Any], int] = {}
        self._timer: TimerHandle | None = None

    def begin(self, loop: AbstractEventLoop) -> Task[Any]:
        """Start the time of the task that runs in `loop`; gives the task, for `end`."""
        task = current_task(loop)
        assert task is not None  # noqa: S101 - a coroutine runs in a task
        due = loop.time() + self.seconds
        self._open[task] = due, task.cancelling()
        if self._timer is None:
            self._timer = loop.call_at(due, self._sweep)
        return task

    def end(self, task: Task[Any]) -> bool:
        """Forget a call; whether it was cut off, and by nobody else at the same time."""
        if self._open.pop(task, None) is not None:
            return False
        cancelling = self._late.pop(task, None)
        return cancelling is not None and task.uncancel() <= cancelling

    def close(self) -> None:
        """Stop the timer; a later call starts it anew."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _sweep(self) -> None:
        loop = get_running_loop()
        self._timer = None
        for task, (due, cancelling) in list(self._open.items()):
            if due > loop.time():
                self._timer = loop.call_at(due, self._sweep)
                return
            del self._open[task]
            self._late[task] = cancelling
            task.cancel()
