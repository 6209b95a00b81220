"""Where a run's first records are, and were when, while it goes on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from grasp_ui.model.event import (
    ArrowsTaken,
    CallEnded,
    CallReplayed,
    NodeEnded,
    NodeStarted,
)
from grasp_ui.model.record import fork_number
from grasp_ui.model.span import SHOWN_RECORDS, SHOWN_SPANS, Span

Place = tuple[int, str, int]
"""A record, a node, a visit."""


class Timeline:
    """The visits of the first `SHOWN_RECORDS` records, and what arrows they took.

    Times are given by the caller, in seconds since 1970. What goes on inside of a node (its
    path has a slash) is part of that node's visit. `past` and `past_rounds` are those of the
    parts of the run that are over; a visit that is made again stands where it ended last.
    """

    def __init__(
        self, past: Iterable[Span] = (), past_rounds: Mapping[str, int] | None = None
    ) -> None:
        self._ended = {(span[:3], span.fork): span for span in past}
        self._past_rounds = past_rounds or {}
        self._open: dict[Place, list[float]] = {}
        self._asked: dict[tuple[Place, int], bool] = {}
        self._taken: dict[tuple[int, str], int] = defaultdict(int)

    def began(self, tick: NodeStarted, now: float) -> None:
        """A record, or a fork of it, came to a node."""
        if tick.record_index < SHOWN_RECORDS and "/" not in tick.node:
            self._open.setdefault((tick.record_index, tick.node, tick.visit), []).append(now)

    def answered(self, event: CallEnded | CallReplayed) -> None:
        """A call was answered: at a visit whose answers were all known, none was made."""
        if event.record_index < SHOWN_RECORDS:
            place = (event.record_index, event.node.partition("/")[0], event.visit)
            visit = place, fork_number(event.record_id)
            was_made = isinstance(event, CallEnded)
            self._asked[visit] = self._asked.get(visit, False) or was_made

    def ended(self, event: NodeEnded) -> None:
        """A record left a node, or failed there; a node that was skipped leaves no bar."""
        if event.record_index >= SHOWN_RECORDS or "/" in event.node:
            return
        place = (event.record_index, event.node, event.visit)
        fork = fork_number(event.record_id)
        self._close(place)
        was_made = self._asked.pop((place, fork), True)
        if event.state == "skipped":
            return
        state = "cached" if event.state == "done" and not was_made else event.state
        self._ended.pop((place, fork), None)
        self._ended[place, fork] = Span(*place, event.started, event.seconds, state, fork)
        if len(self._ended) > SHOWN_SPANS:
            del self._ended[next(iter(self._ended))]

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
            for place, begun in self._open.items()
            for started in begun
        )
        return (*self._ended.values(), *going)

    def rounds(self) -> dict[str, int]:
        """By arrow: how often the record took it that took it most often."""
        most = dict(self._past_rounds)
        for (_, edge), times in self._taken.items():
            most[edge] = max(times, most.get(edge, 0))
        return most

    def _close(self, place: Place) -> None:
        """One visit at `place` is over; which of several forks' makes no difference here."""
        begun = self._open.get(place, [])
        if len(begun) > 1:
            begun.pop(0)
        else:
            self._open.pop(place, None)
