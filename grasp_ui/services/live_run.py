"""What a screen sees of a run: counted from its events and ticks while it goes on."""

import time
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from threading import Event, Lock
from typing import Protocol

from grasp_ui.model.event import (
    ArrowsTaken,
    CallEnded,
    CallReplayed,
    NodeEnded,
    NodeStarted,
    RecordEnded,
    RunEvent,
    TextArrived,
    Tick,
)
from grasp_ui.model.run import Run, RunState, Used
from grasp_ui.model.value import RecordId
from grasp_ui.services.run_view import NodeView, RunView
from grasp_ui.services.stage_two_tally import TaggingView
from grasp_ui.services.timeline import Timeline
from grasp_ui.store.ends import End, Failure
from grasp_ui.store.tally import Tally

WATCHED_SECONDS = 3.0
SHOWN_CHARACTERS = 400


class Book(Protocol):
    """Where the events of a run are kept for good."""

    def keep(self, event: RunEvent) -> bool | None:
        """Keep an event; for a finished record, say whether its tags let it through."""

    async def room(self) -> None:
        """Wait until more can be kept."""


@dataclass(frozen=True, slots=True)
class Past:
    """What a run that goes on has come to: how it stands, and how its records ended.

    `finished` has records that are passed through again although their end is kept already.
    """

    view: RunView
    failed: Mapping[RecordId, End] = field(default_factory=dict)
    finished: Collection[RecordId] = ()


class LiveRun:
    """The sink of a run: keeps each event in `book`, and counts it for `snapshot`."""

    def __init__(self, run: Run, book: Book, *, past: Past | None = None) -> None:
        self.run = run
        self.stage = ""
        self.reason = ""
        self.state: RunState = "running"
        self.over = Event()
        self._book = book
        self._past = past or Past(RunView(run, "running"))
        view = self._past.view
        self._lock = Lock()
        self._tally = Tally.of(run, self._past.failed)
        self._verdicts = {True: view.kept, False: view.dropped}
        self._nodes = {name: replace(node) for name, node in view.nodes.items()}
        self._edges: dict[str, int] = defaultdict(int, view.edges)
        self._timeline = Timeline(view.spans, view.rounds)
        self._failures = {(one.error_code, one.node): one for one in view.failures}
        self._set_aside: list[str] = []
        self._started = time.monotonic() - run.seconds
        self._ended: float | None = None
        self._watched = float("-inf")
        self.judging: TaggingView | None = None

    @property
    def wants_text(self) -> bool:
        """Whether somebody has looked lately, so that replies are worth streaming."""
        return time.monotonic() - self._watched < WATCHED_SECONDS

    def event(self, event: RunEvent) -> None:
        """Keep an event, then count it."""
        if isinstance(event, RecordEnded) and event.record_id in self._past.finished:
            return
        kept = self._book.keep(event)
        with self._lock:
            match event:
                case NodeEnded():
                    _count_end(self._node(event.node), event)
                    self._timeline.ended(event)
                    return
                case CallEnded() | CallReplayed():
                    self._answered(event)
                    self._timeline.answered(event)
                case RecordEnded():
                    self._record_ended(event, kept=kept)
            self._tally.add(event)

    async def room(self) -> None:
        """Wait until more events can be kept."""
        await self._book.room()

    def tick(self, tick: Tick) -> None:
        """Show what goes on between events."""
        with self._lock:
            match tick:
                case NodeStarted():
                    self._timeline.began(tick, time.time())
                    node = self._node(tick.node)
                    node.running += 1
                    if node.running == 1:
                        node.followed, node.text = tick.record_index, ""
                case TextArrived():
                    node = self._node(tick.node)
                    if node.followed == tick.record_index and tick.candidate == 0:
                        node.text = (node.text + tick.piece)[-SHOWN_CHARACTERS:]
                case ArrowsTaken():
                    self._timeline.took(tick)
                    for edge in tick.edges:
                        self._edges[edge] += 1

    def end(self, state: RunState, reason: str = "") -> None:
        """The run is over."""
        with self._lock:
            self.state, self.reason = state, reason
            self._ended = time.monotonic()
            self._timeline.stop()
            for node in self._nodes.values():
                node.running = 0
        self.over.set()

    def recount(self, kept: int, dropped: int) -> None:
        """How many conversations go into exports, now that judges spoke."""
        self._verdicts = {True: kept, False: dropped}

    def set_aside(self, line: object) -> None:
        """A line of the seeds is no row; the run goes on without it."""
        with self._lock:
            self._set_aside.append(str(line))

    def look(self) -> None:
        """Somebody looks: replies are streamed for the next seconds."""
        self._watched = time.monotonic()

    @property
    def seconds(self) -> float:
        """How long the run has been at work, its earlier parts included."""
        return (self._ended or time.monotonic()) - self._started

    def snapshot(self) -> RunView:
        """The run as it is now; safe from any thread."""
        with self._lock:
            changed = {"state": self.state, "reason": self.reason, "seconds": self.seconds}
            judges = _with_judges(self.run.judges, self.judging)
            return RunView(
                run=self._tally.on(self.run).model_copy(update={**changed, "judges": judges}),
                state=self.state,
                stage=self.stage,
                elapsed_seconds=self.seconds,
                nodes={name: replace(node) for name, node in self._nodes.items()},
                edges=dict(self._edges),
                rounds=self._timeline.rounds(),
                spans=self._timeline.spans(time.time()),
                failures=tuple(self._failures.values()),
                set_aside=tuple(self._set_aside),
                kept=self._verdicts[True],
                dropped=self._verdicts[False],
                judging=self.judging,
            )

    def _node(self, path: str) -> NodeView:
        """The node that is drawn: what goes on inside of it shows on its card."""
        node = self._nodes.get(path)
        return node or self._nodes.setdefault(path.partition("/")[0], NodeView())

    def _answered(self, event: CallEnded | CallReplayed) -> None:
        node = self._node(event.node)
        if isinstance(event, CallEnded):
            node.calls += 1
            node.tokens += event.prompt_tokens + event.completion_tokens
            node.cost_usd += event.cost_usd
        else:
            node.replayed += 1
        if node.followed in (event.record_index, -1) and event.candidate == 0:
            node.text = event.reply[-SHOWN_CHARACTERS:]

    def _record_ended(self, event: RecordEnded, *, kept: bool | None) -> None:
        if kept is not None:
            self._verdicts[kept] += 1
        before = self._past.failed.get(event.record_id)
        if before is not None:
            self._count_failure(before.error_code, before.node, -1)
        if event.state == "failed":
            code = event.error_code or "failed"
            self._count_failure(code, event.node or "", 1, event.error or "")

    def _count_failure(self, code: str, node: str, change: int, example: str = "") -> None:
        known = self._failures.pop((code, node), Failure(code, node, 0, example))
        if known.count + change > 0:
            self._failures[code, node] = replace(known, count=known.count + change)


def _with_judges(before: Used, judging: TaggingView | None) -> Used:
    """What judges used in earlier parts of a run, and in this one."""
    return before if judging is None else before.plus(judging.used)


def _count_end(node: NodeView, event: NodeEnded) -> None:
    """A visit to a node, or to one inside of it, has ended."""
    is_inside = "/" in event.node
    if event.state != "skipped":
        node.running = max(0, node.running - 1)
        node.seconds += 0.0 if is_inside else event.seconds
    if event.state == "failed" or not is_inside:
        setattr(node, event.state, getattr(node, event.state) + 1)
