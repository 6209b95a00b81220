"""What a run has come to so far: counted as its events are kept."""

from dataclasses import dataclass

from grasp_ui.model.event import CallEnded, RecordEnded, RunEvent
from grasp_ui.model.run import Run


@dataclass(slots=True)
class Tally:
    """The counts of one run that goes on."""

    done: int = 0
    failed: int = 0
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float = 0.0

    @classmethod
    def of(cls, run: Run) -> "Tally":
        """The counts that `run` has already."""
        return cls(*(getattr(run, name) for name in cls.__slots__))

    def add(self, event: RunEvent) -> None:
        """Count one event."""
        if isinstance(event, CallEnded):
            self.calls += 1
            self.prompt_tokens += event.prompt_tokens
            self.completion_tokens += event.completion_tokens
            self.cost_usd += event.cost_usd
        elif isinstance(event, RecordEnded):
            if event.state == "done":
                self.done += 1
            else:
                self.failed += 1

    def on(self, run: Run) -> Run:
        """`run` with these counts."""
        counts = {name: getattr(self, name) for name in self.__slots__}
        return run.model_copy(update=counts)
