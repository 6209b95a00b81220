"""One job at a time, such as a tagging: two would pay for the same twice."""

import asyncio
from threading import Lock
from typing import Protocol

from grasp_ui.errors import CannotTag, GraspError

LOOK_SECONDS = 0.1
JUDGES_ADVICE = (
    "is at work on this store with judges. Wait until it is over, or cancel it: what it was "
    "answered is kept."
)


class Job(Protocol):
    """What holds the turn."""

    @property
    def name(self) -> str:
        """What is at work, for people."""

    def cancel(self) -> None:
        """Ask it to stop."""

    def wait(self, timeout_seconds: float | None = None) -> object:
        """Return when it is over, or when the time is up."""


class Turn:
    """Who is at work on a store; `last` stays when it is over.

    By default with judges. Others are refused with `error`: who is at work, and `advice`.
    """

    def __init__(self, error: type[GraspError] = CannotTag, advice: str = JUDGES_ADVICE) -> None:
        self._error = error
        self._advice = advice
        self.last: Job | None = None
        self._holder: Job | None = None
        self._lock = Lock()

    def take(self, job: Job) -> None:
        """Give the turn to `job`.

        Raises:
            CannotTag: another has it; or the error that this turn was made with.
        """
        with self._lock:
            if self._holder is not None:
                raise self._error(f"{self._holder.name} {self._advice}")
            self._holder = self.last = job

    async def wait_for(self, job: Job) -> None:
        """Give the turn to `job` as soon as nobody has it."""
        while True:
            try:
                self.take(job)
            except self._error:
                await asyncio.sleep(LOOK_SECONDS)
            else:
                return

    def give_back(self, job: Job) -> None:
        """Let others have the turn."""
        with self._lock:
            if self._holder is job:
                self._holder = None

    def stop(self, timeout_seconds: float) -> None:
        """Cancel who is at work, and wait for the end."""
        holder = self._holder
        if holder is not None:
            holder.cancel()
            holder.wait(timeout_seconds)
