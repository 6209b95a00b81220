"""A tagging by judges in the runner's loop; screens look at it, and cancel it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from grasp_ui.errors import GraspError, RunHalted
from grasp_ui.llm.budget import Budget
from grasp_ui.llm.together import together
from grasp_ui.model.selection import Selection
from grasp_ui.model.value import RunId
from grasp_ui.services.makers import Makers
from grasp_ui.services.stage_two_asker import Asker
from grasp_ui.services.stage_two_ready import StageTwo
from grasp_ui.services.stage_two_source import Due, Source, due_conversations
from grasp_ui.services.stage_two_tally import JobState, TaggingView, Tally
from grasp_ui.services.turn import Turn
from grasp_ui.store import conversations
from grasp_ui.store.database import Database
from grasp_ui.store.judge_calls import keep_judged
from grasp_ui.tagging.judging import judge_conversation

CANCELLED = "Cancelled: calls in flight were given up. Tag again to go on."
MOST_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Task:
    """What to judge, and how: `run_id` names the run whose end it is."""

    stage_two: StageTwo
    selection: Selection
    budget: Budget
    name: str
    run_id: RunId | None = None
    retries_unparsed: bool = False


@dataclass(slots=True)
class TaggingJob:
    """One tagging; `view` may be asked from any thread, `go` runs in the loop."""

    database: Database
    task: Task
    turn: Turn
    on_progress: Callable[[TaggingView], None] | None = None
    over: Event = field(default_factory=Event)
    _tally: Tally = field(default_factory=Tally)
    _working: asyncio.Task[Any] | None = None

    @property
    def name(self) -> str:
        """What is at work, for people."""
        return self.task.name

    def view(self) -> TaggingView:
        """How it stands."""
        return self._tally.view()

    def wait(self, timeout_seconds: float | None = None) -> TaggingView:
        """How it ended, or stands when the time is up."""
        self.over.wait(timeout_seconds)
        return self.view()

    def cancel(self) -> None:
        """Ask it to stop; what was acknowledged is kept. From any thread."""
        working = self._working
        if working is not None:
            working.get_loop().call_soon_threadsafe(working.cancel)

    async def begin(self, makers: Makers) -> None:
        """Go to work beside everything else in the loop; the turn is taken already."""
        self._working = asyncio.create_task(self.go(makers))

    async def go(self, makers: Makers) -> None:
        """Judge to the end, whichever it is; gives the turn back."""
        self._working = asyncio.current_task()
        state: JobState = "failed"
        reason = "The tagging was broken off."
        try:
            await self._judge(makers)
            state, reason = "done", ""
        except RunHalted as halt:
            state, reason = "halted", str(halt)
        except asyncio.CancelledError:
            state, reason = "cancelled", CANCELLED
        except (GraspError, OSError) as error:
            reason = str(error)
        finally:
            self.turn.give_back(self)
            self._tally.end(state, reason)
            self.over.set()

    async def _judge(self, makers: Makers) -> None:
        stage_two, selection = self.task.stage_two, self.task.selection
        self._tally.begin(0, "Getting the models ready")
        models = {name: await makers.model(one) for name, one in stage_two.models.items()}
        asker = Asker(self.database, models, self.task.budget, self._tally, self.task.run_id)
        await asyncio.to_thread(self.database.settle)
        total = await asyncio.to_thread(conversations.count, self.database, selection)
        self._tally.begin(total, "Judging")
        pages = due_conversations(
            self.database,
            stage_two.armed,
            selection,
            asker.key,
            retries_unparsed=self.task.retries_unparsed,
        )
        source = Source(pages, lambda: asker.fresh.append({}))
        at_once = sum(one.calls_at_once for one in stage_two.models.values())
        workers = min(max(2 * at_once, 8), MOST_AT_ONCE)
        await together(self._work(source, asker) for _ in range(workers))
        await asyncio.to_thread(self.database.settle)

    async def _work(self, source: Source, asker: Asker) -> None:
        while (due := await source.next()) is not None:
            await self._one(due, asker)
            if self.on_progress is not None:
                self.on_progress(self.view())

    async def _one(self, due: Due, asker: Asker) -> None:
        tagged = due.tagged
        if not due.passes:
            self._tally.ended((), (), 0)
            return
        self._tally.passed()
        ask = asker.about(tagged.conversation.id, due.known)
        judged = await judge_conversation(self.task.stage_two.armed, tagged, ask)
        keep_judged(self.database, judged.tags, judged.preferences)
        self._tally.ended(judged.tags, tagged.tags, len(judged.preferences))
        await self.database.room()
