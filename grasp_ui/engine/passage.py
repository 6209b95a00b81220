"""The way of one record through a plan, branch by branch, to its end."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from grasp_ui.engine.flow import arrows_taken
from grasp_ui.engine.joins import Joins, Ready
from grasp_ui.engine.kind import Step
from grasp_ui.engine.plan import Arrow, Plan
from grasp_ui.engine.progress import Element, Failure, Progress, RecordFailed
from grasp_ui.engine.result import open_transcript, result_of
from grasp_ui.engine.telling import failure_of, tell_end, tell_node, tell_skipped
from grasp_ui.engine.transcript import Post
from grasp_ui.engine.visit import Scope, Visit
from grasp_ui.errors import GraspError, RunHalted
from grasp_ui.model.event import ArrowsTaken, NodeStarted, RecordResult
from grasp_ui.model.record import Seed

Tasks = list[asyncio.Task[Any]]


async def pass_through(scope: Scope, seed: Seed) -> RunHalted | None:
    """Take one seed all the way, and tell how its record ended, and each fork of it.

    Returns:
        Why the record may not go on, where it may not: no end of it is told then.
    """
    return await _Passage(scope, Progress(seed, scope.settings, started=scope.world.now())).end()


async def pass_elements(
    visit: Visit,
    plan: Plan,
    steps: Mapping[str, Step],
    rows: Sequence[dict[str, Any]],
    *,
    at_once: int,
) -> list[dict[str, Any]]:
    """Take each of `rows` through `plan` as a part of the visit's record.

    Returns:
        The variables of each in the end, in order.

    Raises:
        RecordFailed: one has failed; the message says which and where.
        RunHalted: the record may not go on.
    """
    scope = replace(visit.scope, plan=plan, steps=steps)
    failures: list[Failure] = []
    parts = [
        visit.record.element(
            Element(number, visit.path, (visit.node.place, visit.number), visit.visits),
            variables,
            failures,
        )
        for number, variables in enumerate(rows)
    ]
    left = iter(parts)
    workers = [
        asyncio.ensure_future(_work_off(scope, left, visit.tip))
        for _ in range(min(at_once, len(parts)))
    ]
    try:
        await asyncio.gather(*workers)
    finally:
        await stop(workers)
    if visit.record.fate.halted is not None:
        raise visit.record.fate.halted
    if failures:
        first = min(failures, key=lambda one: one.place)
        raise RecordFailed(first.code, f"It failed at '{first.node}': {first.message}")
    return [part.variables for part in parts]


async def _work_off(scope: Scope, parts: Iterator[Progress], tip: Post | None) -> None:
    for part in parts:
        passage = _Passage(scope, part)
        await passage.follow_all(passage.joins.begin(scope.plan.starts, tip))


async def stop(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Leave none of `tasks` behind."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class _Passage:
    """One record's way through the plan; a fork's is one of its own."""

    __slots__ = ("_forks", "_record", "_scope", "_tasks", "joins")

    def __init__(self, scope: Scope, record: Progress, joins: Joins | None = None) -> None:
        self._scope = scope
        self._record = record
        self.joins = joins or Joins(scope.plan, record)
        self._tasks: Tasks = []
        self._forks: Tasks = []

    async def end(self, ready: Sequence[Ready] | None = None) -> RunHalted | None:
        """Go on from `ready`, or from the start, and tell the end.

        A record's end is told after those of its forks: once it is there, nothing is missing.
        """
        record = self._record
        result: RecordResult | None = None
        try:
            if ready is None:
                tip = open_transcript(self._scope, record)
                ready = self.joins.begin(self._scope.plan.starts, tip)
            await self.follow_all(ready)
            if not record.is_over:
                result = result_of(self._scope, record)
        except GraspError as error:
            record.failures.append(failure_of(error))
        halt = record.fate.halted
        if self._forks:
            halt = await self._ends_of_forks() or halt
        if halt is None:
            tell_end(self._scope, record, result)
        return halt

    async def follow_all(self, ready: Sequence[Ready]) -> None:
        """Follow the branches that begin with `ready` until nothing can fire."""
        if not ready:
            return
        first, *others = ready
        try:
            self._fan_out(others)
            await self._follow(first)
            while self._tasks:
                await self._tasks[-1]
                self._tasks = [task for task in self._tasks if not task.done()]
        finally:
            if self._tasks:
                await stop(self._tasks)

    async def _ends_of_forks(self) -> RunHalted | None:
        try:
            halts = await asyncio.gather(*self._forks)
        finally:
            await stop(self._forks)
        return next(filter(None, halts), None)

    def _fan_out(self, branches: Iterable[Ready]) -> None:
        self._tasks += [asyncio.ensure_future(self._follow(branch)) for branch in branches]

    async def _follow(self, branch: Ready) -> None:
        """Follow one branch here; a task is made only for a second one.

        After a failure or a halt on another branch it stops before its next node: what was asked is
        still heard and told, so that a resumed run need not ask again.
        """
        while not self._record.is_over:
            ready = await self._fire(branch)
            if not ready:
                return
            branch, *others = ready
            if others:
                self._fan_out(others)

    async def _fire(self, branch: Ready) -> Sequence[Ready]:
        visit = Visit(self._scope, self._record, *branch)
        node, started = branch.node, self._scope.world.now()
        if node.is_told:
            self._scope.sink.tick(NodeStarted(self._record.index, visit.path, visit.number))
        else:
            self._record.entered[visit.path.removesuffix("/")] = started
        try:
            self._record.fate.count_step(self._scope.settings.most_steps)
            if not node.config.disabled:
                await self._scope.steps[node.name](visit)
            times = self.joins.taken(node) if node.back else {}
            taken = arrows_taken(node, visit.variables, visit.notes, times)
        except RunHalted as halt:
            self._record.fate.halted = halt
            return ()
        except Exception as error:  # noqa: BLE001 - what fails a record becomes its event
            failure = failure_of(error, visit)
            self._record.failures.append(failure)
            tell_node(visit, started, failure=failure)
            return ()
        tell_node(visit, started, taken=taken)
        for post in visit.branches[1:]:
            self._fork(visit, taken, post)
        return self._leave(visit, taken)

    def _fork(self, visit: Visit, taken: list[Arrow], post: Post) -> None:
        """Let a record of its own go on from `post`, unless it has ended earlier."""
        twin, tip = self._record.fork(post, self._scope.settings)
        if twin.id in self._scope.ended:
            return
        passage = _Passage(self._scope, twin, self.joins.copy(twin))
        there = Visit(
            self._scope, twin, visit.node, tip, visit.number, visit.visits, visit.round_began_at
        )
        ready = passage._leave(there, taken)
        self._forks.append(asyncio.ensure_future(passage.end(ready)))

    def _leave(self, visit: Visit, taken: list[Arrow]) -> Sequence[Ready]:
        if not visit.node.arrows and not visit.node.back:
            return ()
        if visit.node.is_told and self._record.outer is None:
            names = tuple(arrow.name for arrow in taken)
            self._scope.sink.tick(ArrowsTaken(self._record.index, visit.path, names))
        ready, skipped = self.joins.leave(visit.node, taken, visit.tip)
        for one in skipped:
            tell_skipped(self._scope, self._record, one)
        return ready
