"""The run: records through a plan, several at once, events as they happen."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.flow import Joins, Ready, arrows_taken
from grasp_ui.engine.plan import Answers, Arrow, Plan, PlanNode, Sink, World
from grasp_ui.engine.result import built_texts, open_transcript, result_of
from grasp_ui.engine.transcript import Post
from grasp_ui.engine.visit import Failure, Progress, Scope, Visit
from grasp_ui.errors import GraspError, RunHalted
from grasp_ui.model.event import (
    ArrowsTaken,
    NodeEnded,
    NodeStarted,
    RecordEnded,
    RecordResult,
)
from grasp_ui.model.record import Seed
from grasp_ui.model.run import RunSettings
from grasp_ui.text.templates import template

# One record more than calls, so that an endpoint is not idle while a record is being closed.
FEWEST_ACTIVE = 2
Tasks = list[asyncio.Task[None]]


async def run(  # noqa: PLR0913 - the engine's one door, each a different part of the world
    plan: Plan,
    seeds: Iterable[Seed],
    world: World,
    settings: RunSettings,
    sink: Sink,
    *,
    answers: Answers | None = None,
) -> None:
    """Pass every seed through `plan`; all that happens goes to `sink`.

    Seeds are taken when a record can begin, so they may be a stream. A failed call, parse or
    condition fails its record and nothing else. `answers` has replies by call key: those
    calls are not made again, and no event is told of them; what `world.recall` knows is told
    as `CallReplayed`. Cancelling leaves what has finished; of a record that had not, no end.

    Raises:
        RunHalted: the world's gate let no further call begin; calls in flight have ended, and
            records that need more are left without an end.
    """
    benches = {name: Bench(plan, world, node) for name, node in plan.nodes.items()}
    steps = {name: bench.node.deed(bench.node.config, bench) for name, bench in benches.items()}
    system = template(plan.graph.system)
    scope = Scope(
        plan,
        world,
        settings,
        sink,
        answers if answers is not None else {},
        steps,
        system,
        built_texts(plan),
    )
    stream = iter(seeds)
    active = max(settings.concurrency, FEWEST_ACTIVE)
    workers = [asyncio.ensure_future(_work(scope, stream)) for _ in range(active)]
    try:
        halts = await asyncio.gather(*workers)
    finally:
        await _stop(workers)
    for halt in filter(None, halts):
        raise halt


async def _work(scope: Scope, seeds: Iterator[Seed]) -> RunHalted | None:
    for seed in seeds:
        halt = await _Passage(scope, seed).end()
        if halt is not None:
            return halt
        await scope.sink.room()
    return None


async def _stop(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Leave none of `tasks` behind."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class _Passage:
    """One record's way through the plan."""

    __slots__ = ("_joins", "_record", "_scope", "_tasks")

    def __init__(self, scope: Scope, seed: Seed) -> None:
        self._scope = scope
        self._record = Progress(seed, scope.settings, started=scope.world.now())
        self._joins = Joins(scope.plan.nodes)
        self._tasks: Tasks = []

    async def end(self) -> RunHalted | None:
        """Go all the way, and tell how it ended; where it may not go on, give why."""
        result: RecordResult | None = None
        try:
            await self._branches(open_transcript(self._scope, self._record))
            if not (self._record.failures or self._record.halted):
                result = result_of(self._scope, self._record)
        except GraspError as error:
            self._record.failures.append(_failure(None, error))
        if self._record.halted is None:
            self._tell_end(result)
        return self._record.halted

    async def _branches(self, tip: Post | None) -> None:
        nodes = self._scope.plan.nodes
        first, *others = (nodes[name] for name in self._scope.plan.starts)
        try:
            self._fork(Ready(node, tip) for node in others)
            await self._follow(first, tip)
            while self._tasks:
                await self._tasks[-1]
                self._tasks = [task for task in self._tasks if not task.done()]
        finally:
            await _stop(self._tasks)

    def _fork(self, branches: Iterable[Ready]) -> None:
        self._tasks += [
            asyncio.ensure_future(self._follow(branch.node, branch.tip)) for branch in branches
        ]

    async def _follow(self, node: PlanNode, tip: Post | None) -> None:
        """Follow one branch here; a task is made only for a second one.

        After a failure or a halt on another branch it stops before its next node: what was asked is
        still heard and told, so that a resumed run need not ask again.
        """
        while not (self._record.failures or self._record.halted):
            ready = await self._fire(node, tip)
            if not ready:
                return
            (node, tip), *others = ready
            if others:
                self._fork(others)

    async def _fire(self, node: PlanNode, tip: Post | None) -> list[Ready]:
        visit = Visit(self._scope, self._record, node, tip)
        started = self._scope.world.now()
        self._scope.sink.tick(NodeStarted(self._record.index, node.name, visit.number))
        try:
            if not node.config.disabled:
                await self._scope.steps[node.name](visit)
            taken = arrows_taken(node, self._record.variables, visit.notes)
        except RunHalted as halt:
            self._record.halted = halt
            return []
        except Exception as error:  # noqa: BLE001 - what fails a record becomes its event
            failure = _failure(node.name, error)
            self._record.failures.append(failure)
            self._tell(visit, started, failure=failure)
            return []
        self._tell(visit, started, taken=taken)
        return self._leave(visit, taken)

    def _leave(self, visit: Visit, taken: list[Arrow]) -> list[Ready]:
        if not visit.node.arrows:
            return []
        names = tuple(arrow.name for arrow in taken)
        self._scope.sink.tick(ArrowsTaken(self._record.index, visit.node.name, names))
        ready, skipped = self._joins.leave(visit.node, taken, visit.tip)
        for node in skipped:
            now = self._scope.world.now()
            self._scope.sink.event(
                NodeEnded(self._record.id, self._record.index, node.name, 0, "skipped", {}, now, 0)
            )
        return ready

    def _tell(
        self,
        visit: Visit,
        started: float,
        *,
        taken: list[Arrow] | None = None,
        failure: Failure | None = None,
    ) -> None:
        record, node = self._record, visit.node
        state: Literal["done", "skipped", "failed"] = "skipped" if node.config.disabled else "done"
        self._scope.sink.event(
            NodeEnded(
                record.id, record.index, node.name, visit.number,
                "failed" if failure else state, _detail(visit, taken),
                started, self._scope.world.now() - started,
                failure.code if failure else None, failure.message if failure else None,
            )
        )  # fmt: skip

    def _tell_end(self, result: RecordResult | None) -> None:
        record = self._record
        places = list(self._scope.plan.nodes)
        failure = min(
            record.failures,
            key=lambda one: places.index(one.node) if one.node else len(places),
            default=Failure(None, "", ""),
        )
        self._scope.sink.event(
            RecordEnded(
                record.id, record.index, "done" if result else "failed", record.started,
                self._scope.world.now() - record.started, failure.node,
                failure.code or None, failure.message or None, result,
            )
        )  # fmt: skip


def _detail(visit: Visit, taken: list[Arrow] | None) -> dict[str, object]:
    """What a visit wrote and noted, and where it went on, where that was decided."""
    detail: dict[str, object] = {}
    if visit.wrote:
        detail["variables"] = visit.wrote
    if visit.notes:
        detail["notes"] = visit.notes
    if taken is not None and len(taken) != len(visit.node.arrows):
        detail["taken"] = [arrow.name for arrow in taken]
    return detail


def _failure(node: str | None, error: Exception) -> Failure:
    code = getattr(error, "code", None)
    if not isinstance(code, str):
        name = type(error).__name__
        code = "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
    return Failure(node, code, str(error) or code)
