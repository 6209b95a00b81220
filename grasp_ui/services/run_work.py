"""One run at work in the runner's loop: plan, budget, memory and sink."""

import asyncio
import time
from pathlib import Path

from grasp_ui.engine.plan import World
from grasp_ui.engine.run import run as run_plan
from grasp_ui.engine.telling import WHOLE_TEXTS
from grasp_ui.errors import GraspError, RunHalted, UnreadableFile
from grasp_ui.llm.budget import Budget
from grasp_ui.model.event import CallEnded, RecordEnded, RunEvent
from grasp_ui.model.run import RunState
from grasp_ui.model.selection import Selection
from grasp_ui.services.dataset_tagging import tag_run_in_dataset
from grasp_ui.services.learned_tags import tag_run_by_learned
from grasp_ui.services.live_run import LiveRun, Past
from grasp_ui.services.makers import Makers
from grasp_ui.services.memory import Memory
from grasp_ui.services.planning import begun, seeds_of
from grasp_ui.services.preparing import Prepared
from grasp_ui.services.rest import Rest
from grasp_ui.services.run_request import now
from grasp_ui.services.run_view import NodeView, RunView, stored_view
from grasp_ui.services.stage_one import TaggedBook
from grasp_ui.services.stage_two_job import TaggingJob, Task
from grasp_ui.services.stage_two_ready import StageTwo
from grasp_ui.services.stage_two_tally import TaggingView
from grasp_ui.services.stored_rows import StoreRows
from grasp_ui.store import runs as stored
from grasp_ui.store.database import Database
from grasp_ui.store.ends import attempts_of, newest_ends
from grasp_ui.store.judge_calls import used_by_judges

PAUSED = "Paused by hand: calls in flight have ended. Resume it to go on."
STOPPED = "Stopped by hand: calls in flight were given up. Resume it to go on."


class Work:
    """A run that was prepared, from here to its end; `live` is what screens see.

    With `goes_on` it is a run of the store that goes on: what is done is passed over, and what
    was answered is not asked again. With `failed_only` nothing but its failed records is made.
    """

    def __init__(
        self, prepared: Prepared, database: Database, *, goes_on: bool, failed_only: bool = False
    ) -> None:
        self._prepared = prepared
        self._database = database
        run, plan = prepared.run, prepared.plan
        if goes_on:
            database.settle()
        ends = newest_ends(database, run.id) if goes_on else ()
        self._rest = Rest(run.settings, ends, failed_only=failed_only)
        self._memory = Memory(database, run.settings, plan, self._rest, goes_on=goes_on)
        view = _past_view(database, prepared) if goes_on else _first_view(prepared)
        attempts = attempts_of(database, run.id) if goes_on else 0
        self._remark = ""
        self._budget = Budget(run.settings.ceilings, run, attempts=attempts)
        if goes_on:
            judges = used_by_judges(database, run.id)
            self._budget.spend(judges.tokens, judges.cost_usd, attempts=judges.calls)
            run = run.model_copy(update={"judges": judges})
        packs = run.settings.size > WHOLE_TEXTS
        self._tagged = tagged = TaggedBook(database, run.id, prepared.profile, packs=packs)
        book = _Book(tagged, self._budget, self._memory)
        self.live = LiveRun(run, book, past=Past(view, self._rest.failed, self._rest.finished))
        stored.begin_run(database, run, failed_before=self._rest.failed)

    def pause(self) -> None:
        """Let no further call begin; calls in flight end. From the loop's thread alone."""
        self._budget.close(PAUSED)

    async def go(self, makers: Makers) -> None:
        """Run to the end, whichever it is, and store it."""
        state: RunState = "failed"
        reason = "The run was broken off."
        try:
            await self._run(makers)
            state, reason = self._whole()
            if state == "done" and self._prepared.stage_two is not None:
                state, reason = await self._judge(self._prepared.stage_two, makers)
        except RunHalted as halt:
            reason = str(halt)
            state = "stopped" if reason == PAUSED else "halted"
        except asyncio.CancelledError:
            state, reason = "stopped", STOPPED
        except (GraspError, OSError) as error:
            reason = str(error)
        finally:
            self._end(state, reason)

    async def _run(self, makers: Makers) -> None:
        live, prepared = self.live, self._prepared
        live.stage = "Getting the models ready"
        models = {alias: await makers.model(own) for alias, own in prepared.models.items()}
        world = World(
            models=models,
            rubrics=prepared.rubrics,
            now=time.time,
            gate=self._gate,
            recall=self._memory.recall if self._memory.recalls else None,
        )
        live.stage = "Running"
        settings = live.run.settings
        seeds = seeds_of(
            prepared.spec,
            Path(settings.folder),
            Rest.stop(settings),
            on_set_aside=live.set_aside,
            stored=StoreRows(self._database),
        )
        # A query or a sample works long before its first row: other runs go on meanwhile.
        due = await asyncio.to_thread(begun, self._memory.due(seeds))
        ended = self._rest.finished
        try:
            await run_plan(
                prepared.plan, due, world, settings, live, answers=self._memory, ended=ended
            )
        except RunHalted:
            await self._compare()
            raise
        await self._compare()

    async def _compare(self) -> None:
        """Hold what was made against all that is stored, and let learned models tag it."""
        if self._prepared.profile is None:
            return
        database, home, run_id = self._database, self._prepared.home, self.live.run.id
        self.live.stage = "Comparing with what is stored"
        await asyncio.to_thread(tag_run_in_dataset, database, home, self._prepared.profile, run_id)
        try:
            if await asyncio.to_thread(tag_run_by_learned, database, home, run_id):
                self.live.recount(*await asyncio.to_thread(stored.verdict_counts, database, run_id))
        except UnreadableFile as error:
            # The records are whole without what the models would have said.
            self._remark = str(error)

    async def _judge(self, stage_two: StageTwo, makers: Makers) -> tuple[RunState, str]:
        """Stage two of the profile over what the run has made, within what is left to use."""
        run_id, live = self.live.run.id, self.live
        name = f"Run {run_id}"
        task = Task(stage_two, Selection(run_id=run_id), self._budget, name, run_id)
        job = TaggingJob(self._database, task, self._prepared.turn, on_progress=self._see)
        live.stage = "Waiting for another tagging"
        await self._prepared.turn.wait_for(job)
        await job.go(makers)
        view = job.view()
        self._see(view)
        live.recount(*await asyncio.to_thread(stored.verdict_counts, self._database, run_id))
        if view.state == "cancelled":
            return "stopped", STOPPED
        if view.state != "done":
            return "stopped" if view.reason == PAUSED else "halted", view.reason
        return "done", " ".join(filter(None, (self._remark, _failed_judges(view))))

    def _see(self, judging: TaggingView) -> None:
        stage = f"Judging: {judging.done} of {judging.all}" if judging.is_running else ""
        self.live.stage, self.live.judging = stage, judging

    def _gate(self) -> None:
        """Let a call begin once all answers before it are in the journal.

        So what a crash can make a resumed run pay for again is at most the calls in flight.
        """
        self._budget.gate()
        self._database.flush()

    def _end(self, state: RunState, reason: str) -> None:
        """Store how it ended, then let everybody see it."""
        seconds, run_id = self.live.seconds, self.live.run.id
        self._memory.clear()
        try:
            self._tagged.close()
            stored.end_run(
                self._database, run_id, state, reason=reason, ended=now(), seconds=seconds
            )
        finally:
            self.live.end(state, reason)

    def _whole(self) -> tuple[RunState, str]:
        """Done, or stopped where records were left alone that have not begun."""
        left = self._rest.left_alone
        if left:
            return "stopped", f"{left} records have not been made. Resume it to make them."
        return "done", self._remark


class _Book:
    """Keeps events, counts what they use, and lets memory go of records that have ended."""

    def __init__(self, tagged: TaggedBook, budget: Budget, memory: Memory) -> None:
        self._tagged = tagged
        self._budget = budget
        self._memory = memory
        self.room = tagged.room

    def keep(self, event: RunEvent) -> bool | None:
        kept = self._tagged.keep(event)
        if isinstance(event, CallEnded):
            self._budget.spend(event.prompt_tokens + event.completion_tokens, event.cost_usd)
        elif isinstance(event, RecordEnded):
            self._memory.forget(event.record_id)
        return kept


def _failed_judges(view: TaggingView) -> str:
    failed = sum(failure.count for failure in view.failures)
    if not failed:
        return ""
    first = view.failures[0]
    return (
        f"{failed} questions to judges failed ({first.count} × {first.error_code} at "
        f"{first.node}: {first.example}) The records are done; tag the run again to ask the rest."
    )


def _first_view(prepared: Prepared) -> RunView:
    return RunView(
        prepared.run, "running", nodes={name: NodeView() for name in prepared.spec.nodes}
    )


def _past_view(database: Database, prepared: Prepared) -> RunView:
    """The run so far; visits of records that are to be made again do not count."""
    return stored_view(database, prepared.run.id, finished_only=True)
