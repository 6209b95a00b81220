"""What a run has come to so far: counted as its events are kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from grasp_ui.model.event import CallEnded, RecordEnded, RunEvent
from grasp_ui.model.record import FORK
from grasp_ui.model.run import Run
from grasp_ui.model.value import RecordId

_COUNTS = ("done", "failed", "forks", "calls", "prompt_tokens", "completion_tokens", "cost_usd")


@dataclass(slots=True)
class Tally:
    """The counts of one run that goes on.

    `failed_before` has the records that failed in an earlier part of it: when one of them
    ends again, its new end counts and its old one no longer does.
    """

    done: int = 0
    failed: int = 0
    forks: int = 0
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float = 0.0
    failed_before: set[RecordId] = field(default_factory=set)

    @classmethod
    def of(cls, run: Run, failed_before: Iterable[RecordId] = ()) -> "Tally":
        """The counts that `run` has already."""
        counts = {name: getattr(run, name) for name in _COUNTS}
        return cls(**counts, failed_before=set(failed_before))

    def add(self, event: RunEvent) -> None:
        """Count one event."""
        if isinstance(event, CallEnded):
            self.calls += 1
            self.prompt_tokens += event.prompt_tokens
            self.completion_tokens += event.completion_tokens
            self.cost_usd += event.cost_usd
        elif isinstance(event, RecordEnded):
            self._end(event)

    def on(self, run: Run) -> Run:
        """`run` with these counts."""
        return run.model_copy(update={name: getattr(self, name) for name in _COUNTS})

    def _end(self, event: RecordEnded) -> None:
        if event.record_id in self.failed_before:
            self.failed_before.discard(event.record_id)
            self.failed -= 1
        else:
            self.forks += FORK in event.record_id
        if event.state == "done":
            self.done += 1
        else:
            self.failed += 1
