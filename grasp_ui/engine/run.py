"""The run: records through a plan, several at once, events as they happen."""

import asyncio
from collections.abc import Collection, Iterable, Iterator

from grasp_ui.engine.bench import steps_of
from grasp_ui.engine.passage import pass_through, stop
from grasp_ui.engine.plan import Answers, Plan, Sink, World
from grasp_ui.engine.result import built_texts
from grasp_ui.engine.streak import Streak
from grasp_ui.engine.visit import Scope
from grasp_ui.errors import RunHalted
from grasp_ui.model.record import Seed
from grasp_ui.model.run import RunSettings
from grasp_ui.model.value import RecordId
from grasp_ui.text.templates import template

# One record more than calls, so that an endpoint is not idle while a record is being closed.
FEWEST_ACTIVE = 2


async def run(  # noqa: PLR0913 - the engine's one door, each a different part of the world
    plan: Plan,
    seeds: Iterable[Seed],
    world: World,
    settings: RunSettings,
    sink: Sink,
    *,
    answers: Answers | None = None,
    ended: Collection[RecordId] = (),
) -> None:
    """Pass every seed through `plan`; all that happens goes to `sink`.

    Seeds are taken when a record can begin, so they may be a stream. A failed call, parse or
    condition fails its record and nothing else. `answers` has replies by call key: those
    calls are not made again, and no event is told of them; what `world.recall` knows is told
    as `CallReplayed`. `ended` are records that have ended already: seeds and forks of that id are
    passed over. Cancelling leaves what has finished; of a record that had not, no end is told.

    Raises:
        RunHalted: the world's gate let no further call begin, or too many records in a row have
            failed; calls in flight have ended, and records that need more are left without an end.
    """
    known: Answers = {} if answers is None else answers
    scope = Scope(
        plan, world, settings, sink, known, steps_of(plan, world),
        template(plan.graph.system), built_texts(plan), Streak(settings.failures_in_a_row), ended,
    )  # fmt: skip
    stream = iter(seeds)
    active = max(settings.concurrency, FEWEST_ACTIVE)
    workers = [asyncio.ensure_future(_work(scope, stream)) for _ in range(active)]
    try:
        halts = await asyncio.gather(*workers)
    finally:
        await stop(workers)
    for halt in filter(None, halts):
        raise halt


async def _work(scope: Scope, seeds: Iterator[Seed]) -> RunHalted | None:
    for seed in seeds:
        if scope.ended and seed.record_id in scope.ended:
            continue
        halt = scope.streak.halt or await pass_through(scope, seed)
        if halt is not None:
            return halt
        await scope.sink.room()
    return None
