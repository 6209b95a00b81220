"""Where a run's first records are, and were when, while it goes on."""

from collections import defaultdict, deque
from collections.abc import Iterable

from grasp_ui.model.event import (
    ArrowsTaken,
    CallEnded,
    CallReplayed,
    NodeEnded,
    NodeStarted,
)
from grasp_ui.model.span import SHOWN_RECORDS, SHOWN_SPANS, Span

Place = tuple[int, str, int]


class Timeline:
    """The visits of the first `SHOWN_RECORDS` records, and what arrows they took.

    Times are given by the caller, in seconds since 1970. What goes on inside of a node (its
    path has a slash) is part of that node's visit.
    """

    def __init__(self, past: Iterable[Span] = ()) -> None:
        self._ended = deque(past, maxlen=SHOWN_SPANS)
        self._open: dict[Place, float] = {}
        self._asked: dict[Place, bool] = {}
        self._taken: dict[tuple[int, str], int] = defaultdict(int)

    def began(self, tick: NodeStarted, now: float) -> None:
        """A record came to a node."""
        if tick.record_index < SHOWN_RECORDS and "/" not in tick.node:
            self._open[tick.record_index, tick.node, tick.visit] = now

    def answered(self, event: CallEnded | CallReplayed) -> None:
        """A call was answered: at a visit whose answers were all known, none was made."""
        if event.record_index < SHOWN_RECORDS:
            place = (event.record_index, event.node.partition("/")[0], event.visit)
            was_made = isinstance(event, CallEnded)
            self._asked[place] = self._asked.get(place, False) or was_made

    def ended(self, event: NodeEnded) -> None:
        """A record left a node, or failed there; a node that was skipped leaves no bar."""
        if event.record_index >= SHOWN_RECORDS or "/" in event.node:
            return
        place = (event.record_index, event.node, event.visit)
        self._open.pop(place, None)
        was_made = self._asked.pop(place, True)
        if event.state == "skipped":
            return
        state = "cached" if event.state == "done" and not was_made else event.state
        self._ended.append(Span(*place, event.started, event.seconds, state))

    def took(self, tick: ArrowsTaken) -> None:
        """A record took arrows."""
        if tick.record_index < SHOWN_RECORDS:
            for edge in tick.edges:
                self._taken[tick.record_index, edge] += 1

    def stop(self) -> None:
        """The run is over: visits that had not ended are given up."""
        self._open.clear()

    def spans(self, now: float) -> tuple[Span, ...]:
        """All visits: those that have ended in their order, then those that go on."""
        going = (
            Span(*place, started, max(0.0, now - started), "running")
            for place, started in self._open.items()
        )
        return (*self._ended, *going)

    def rounds(self) -> dict[str, int]:
        """By arrow: how often the record took it that took it most often."""
        most: dict[str, int] = {}
        for (_, edge), times in self._taken.items():
            most[edge] = max(times, most.get(edge, 0))
        return most
