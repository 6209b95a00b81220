"""Drafts that are written a moment after their edit: no screen waits for them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Timer, get_ident

from grasp_ui.errors import GraspError
from grasp_ui.model.value import GraphId

DELAY_SECONDS = 0.25
"""How long an edit may be in memory alone: writing 200 nodes as YAML takes longer than that."""


@dataclass(slots=True)
class LateDrafts:
    """The newest draft of each graph that is still to be written.

    Whoever reads a draft settles it first. `faults` says of a graph why its draft could not be
    written in the background; it is tried again by the next reader, who then hears of it.

    Example:
        >>> drafts, written = LateDrafts(), []
        >>> drafts.put(GraphId("own/a"), lambda: written.append("older"))
        >>> drafts.put(GraphId("own/a"), lambda: written.append("newer"))
        >>> drafts.settle(GraphId("own/a"))
        >>> written
        ['newer']
    """

    faults: dict[GraphId, str] = field(default_factory=dict)
    _waiting: dict[GraphId, Callable[[], object]] = field(default_factory=dict)
    _timer: Timer | None = None
    _list: Lock = field(default_factory=Lock)
    _turn: Lock = field(default_factory=Lock)
    _writer: int = 0

    def put(self, graph_id: GraphId, write: Callable[[], object]) -> None:
        """Call `write` soon, on another thread, instead of what waits for this graph."""
        with self._list:
            self._waiting[graph_id] = write
            if self._timer is None:
                self._timer = Timer(DELAY_SECONDS, self._write_due)
                self._timer.daemon = True
                self._timer.start()

    def settle(self, *graph_ids: GraphId) -> None:
        """Write now what waits for these graphs, or for all; waits for who writes already.

        Raises:
            GraspError: as the writing does; what was to be written keeps waiting.
        """
        if self._writer == get_ident():  # what is being written here reads what was before
            return
        with self._turn:
            self._writer = get_ident()
            try:
                for graph_id in graph_ids or tuple(self._waiting):
                    self._write(graph_id)
            finally:
                self._writer = 0

    def _write_due(self) -> None:
        with self._list:
            self._timer = None
            due = tuple(self._waiting)
        for graph_id in due:
            try:
                self.settle(graph_id)
            except (GraspError, OSError) as error:
                self.faults[graph_id] = str(error)

    def _write(self, graph_id: GraphId) -> None:
        with self._list:
            write = self._waiting.pop(graph_id, None)
        if write is None:
            return
        try:
            write()
        except BaseException:
            with self._list:
                self._waiting.setdefault(graph_id, write)
            raise
        self.faults.pop(graph_id, None)
