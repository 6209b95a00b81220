"""Failures in a row: too many records that fail one after the other halt a run."""

from grasp_ui.engine.progress import Failure
from grasp_ui.errors import RunHalted


class Streak:
    """Counts records that failed with none finished in between; 0 allows any number."""

    __slots__ = ("_allowed", "_failed", "_halt")

    def __init__(self, allowed: int) -> None:
        self._allowed = allowed
        self._failed = 0
        self._halt: RunHalted | None = None

    def note(self, failure: Failure | None) -> None:
        """A record has ended, well or with `failure`."""
        self._failed = self._failed + 1 if failure else 0
        if failure and self._failed == self._allowed:
            place = f"at '{failure.node}'" if failure.node else "at its end"
            self._halt = RunHalted(
                f"{self._failed} records in a row failed, the last {place} ({failure.code}): "
                f"{failure.message.rstrip('.')}. Mend the cause and resume the run; how many may "
                "fail in a row is a setting of the run."
            )

    @property
    def halt(self) -> RunHalted | None:
        """Why no further record and no further call may begin."""
        return self._halt

    def gate(self) -> None:
        """Let a call begin.

        Raises:
            RunHalted: too many records in a row have failed.
        """
        if self._halt is not None:
            raise self._halt
