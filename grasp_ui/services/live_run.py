"""What a screen sees of a run: counted from its events and ticks while it goes on."""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Event, Lock
from typing import Any, Literal, Protocol

from grasp_ui.model.event import (
    ArrowsTaken,
    CallEnded,
    CallFailed,
    NodeEnded,
    NodeStarted,
    RecordEnded,
    RunEvent,
    TextArrived,
    Tick,
)
from grasp_ui.model.run import Run, RunState
from grasp_ui.store.runs import Failure

NodeState = Literal["queued", "running", "done", "failed", "skipped", "cached"]
WATCHED_SECONDS = 3.0
SHOWN_CHARACTERS = 400


@dataclass(slots=True)
class NodeView:
    """One node over all records of a run; `text` is the newest reply as it grows."""

    running: int = 0
    done: int = 0
    failed: int = 0
    skipped: int = 0
    calls: int = 0
    seconds: float = 0.0
    text: str = ""
    followed: int = -1

    @property
    def state(self) -> NodeState:
        """The one word for a card."""
        if self.running:
            return "running"
        if self.failed:
            return "failed"
        if self.done:
            return "done"
        return "skipped" if self.skipped else "queued"


@dataclass(frozen=True, slots=True)
class RunView:
    """A run at one moment; `set_aside` has the lines of its seeds that are no rows."""

    run: Run
    state: RunState
    stage: str = ""
    elapsed_seconds: float = 0.0
    nodes: Mapping[str, NodeView] = field(default_factory=dict)
    edges: Mapping[str, int] = field(default_factory=dict)
    failures: Sequence[Failure] = ()
    set_aside: Sequence[str] = ()
    kept: int = 0
    dropped: int = 0

    @property
    def is_running(self) -> bool:
        """Whether it still goes on."""
        return self.state == "running"


class Book(Protocol):
    """Where the events of a run are kept for good."""

    def keep(self, event: RunEvent) -> bool | None:
        """Keep an event; for a finished record, say whether its tags let it through."""

    async def room(self) -> None:
        """Wait until more can be kept."""


class LiveRun:
    """The sink of a run: keeps each event in `book`, and counts it for `snapshot`."""

    def __init__(self, run: Run, book: Book, *, nodes: Sequence[str]) -> None:
        self.run = run
        self.stage = ""
        self.reason = ""
        self.state: RunState = "running"
        self.over = Event()
        self._book = book
        self._lock = Lock()
        self._nodes = {name: NodeView() for name in nodes}
        self._edges: dict[str, int] = defaultdict(int)
        self._failures: dict[tuple[str, str], Failure] = {}
        self._totals = defaultdict[str, float](float)
        self._set_aside: list[str] = []
        self._started = time.monotonic()
        self._ended: float | None = None
        self._watched = float("-inf")

    @property
    def wants_text(self) -> bool:
        """Whether somebody has looked lately, so that replies are worth streaming."""
        return time.monotonic() - self._watched < WATCHED_SECONDS

    def event(self, event: RunEvent) -> None:
        """Keep an event, then count it."""
        kept = self._book.keep(event)
        with self._lock:
            match event:
                case CallEnded():
                    self._call_ended(event)
                case CallFailed():
                    self._totals["faults"] += 1
                case NodeEnded():
                    self._node_ended(event)
                case RecordEnded():
                    self._totals[event.state] += 1
                    if kept is not None:
                        self._totals["kept" if kept else "dropped"] += 1
                    if event.state == "failed":
                        self._note_failure(event)

    async def room(self) -> None:
        """Wait until more events can be kept."""
        await self._book.room()

    def tick(self, tick: Tick) -> None:
        """Show what goes on between events."""
        with self._lock:
            match tick:
                case NodeStarted():
                    node = self._node(tick.node)
                    node.running += 1
                    if node.running == 1:
                        node.followed, node.text = tick.record_index, ""
                case TextArrived():
                    node = self._node(tick.node)
                    if node.followed == tick.record_index and tick.candidate == 0:
                        node.text = (node.text + tick.piece)[-SHOWN_CHARACTERS:]
                case ArrowsTaken():
                    for edge in tick.edges:
                        self._edges[edge] += 1

    def end(self, state: RunState, reason: str = "") -> None:
        """The run is over."""
        with self._lock:
            self.state, self.reason = state, reason
            self._ended = time.monotonic()
        self.over.set()

    def set_aside(self, line: object) -> None:
        """A line of the seeds is no row; the run goes on without it."""
        with self._lock:
            self._set_aside.append(str(line))

    def look(self) -> None:
        """Somebody looks: replies are streamed for the next seconds."""
        self._watched = time.monotonic()

    def snapshot(self) -> RunView:
        """The run as it is now; safe from any thread."""
        with self._lock:
            nodes = {name: replace(node) for name, node in self._nodes.items()}
            total = self._totals
            run = self.run.model_copy(
                update={
                    "state": self.state,
                    "reason": self.reason,
                    "done": int(total["done"]),
                    "failed": int(total["failed"]),
                    "calls": int(total["calls"]),
                    "prompt_tokens": int(total["prompt_tokens"]),
                    "completion_tokens": int(total["completion_tokens"]),
                    "cost_usd": total["cost_usd"],
                }
            )
            return RunView(
                run=run,
                state=self.state,
                stage=self.stage,
                elapsed_seconds=(self._ended or time.monotonic()) - self._started,
                nodes=nodes,
                edges=dict(self._edges),
                failures=tuple(self._failures.values()),
                set_aside=tuple(self._set_aside),
                kept=int(total["kept"]),
                dropped=int(total["dropped"]),
            )

    def _node(self, path: str) -> NodeView:
        """The node that is drawn: what goes on inside of it shows on its card."""
        return self._nodes[path.partition("/")[0]]

    def _call_ended(self, event: CallEnded) -> None:
        node = self._node(event.node)
        node.calls += 1
        if node.followed in (event.record_index, -1) and event.candidate == 0:
            node.text = event.reply[-SHOWN_CHARACTERS:]
        self._totals["calls"] += 1
        self._totals["prompt_tokens"] += event.prompt_tokens
        self._totals["completion_tokens"] += event.completion_tokens
        self._totals["cost_usd"] += event.cost_usd

    def _node_ended(self, event: NodeEnded) -> None:
        node = self._node(event.node)
        is_inside = "/" in event.node
        if event.state != "skipped":
            node.running = max(0, node.running - 1)
            node.seconds += 0.0 if is_inside else event.seconds
        if event.state == "failed" or not is_inside:
            setattr(node, event.state, getattr(node, event.state) + 1)

    def _note_failure(self, event: RecordEnded) -> None:
        code, node = event.error_code or "failed", event.node or ""
        known = self._failures.get((code, node))
        self._failures[code, node] = Failure(
            error_code=code,
            node=node,
            count=(known.count if known else 0) + 1,
            example=known.example if known else event.error or "",
        )


def drawn_nodes(totals: Mapping[str, Mapping[str, Any]]) -> dict[str, NodeView]:
    """Stored totals by node, with what went on inside of a node added to it."""
    found: dict[str, NodeView] = {}
    for path, total in totals.items():
        name, _, inside = path.partition("/")
        node = found.setdefault(name, NodeView())
        node.calls += total["calls"]
        node.failed += total["failed"]
        node.text = total["text"] or node.text
        if not inside:
            node.done, node.skipped = total["done"], total["skipped"]
            node.seconds = total["seconds"]
    return found
