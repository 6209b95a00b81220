"""The runner: starts runs in the background, in one thread with one loop for all."""

import asyncio
from collections.abc import Coroutine
from threading import Lock, Thread
from typing import Any, TypeVar

from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.run import Run
from grasp_ui.model.value import GraphId, RunId
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.graph_text import write_graph
from grasp_ui.services.makers import Makers
from grasp_ui.services.planning import Overrides, with_overrides
from grasp_ui.services.preparing import Place, Prepared, prepared
from grasp_ui.services.run_request import Changes, RunRequest, new_run, resumed_run
from grasp_ui.services.run_view import RunView, stored_view
from grasp_ui.services.run_work import Work
from grasp_ui.store.database import Database
from grasp_ui.store.graphs import graph_text, graph_texts_below, keep_graph_version

T = TypeVar("T")
CLOSING_SECONDS = 10.0

__all__ = ["Changes", "RunRequest", "Runner"]


class Runner:
    """Starts runs and knows those that go on. One for a process."""

    def __init__(self, database: Database, place: Place) -> None:
        self._database = database
        self._place = place
        self._makers = Makers()
        self._works: dict[RunId, Work] = {}
        self._tasks: dict[RunId, asyncio.Task[None]] = {}
        self._lock = Lock()
        self._resuming = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None

    def start(self, request: RunRequest) -> RunId:
        """Begin a run in the background.

        Raises:
            InvalidGraph: with every problem of the graph, or with each model without a price
                where there is a ceiling in dollars.
        """
        overrides = Overrides(model=request.model, endpoint=request.endpoint)
        spec = with_overrides(request.spec, overrides)
        ready = prepared(self._place, new_run(request, spec), spec, overrides)
        _keep_version(self._database, ready)
        work = Work(ready, self._database, goes_on=False)
        if request.is_watched:
            work.live.look()
        return self._begin(work)

    def resume(self, run_id: RunId, changes: Changes | None = None) -> RunId:
        """Let a run go on under its own id; what was answered is not asked again.

        Raises:
            NotFound: there is no such run.
            CannotResume: it goes on already, or nothing of it is left to do.
            InvalidGraph: its graph cannot run in today's surroundings.
        """
        changes = changes or Changes()
        with self._resuming:
            run = resumed_run(self._seen(run_id).run, changes)
            overrides = Overrides(endpoint=changes.endpoint or run.settings.endpoint)
            held = self.graphs_held_by(run)
            ready = prepared(self._place, run, self.graph_of(run), overrides, held=held)
            failed_only = changes.failed_only
            work = Work(ready, self._database, goes_on=True, failed_only=failed_only)
            return self._begin(work)

    def graph_of(self, run: Run) -> GraphSpec:
        """The graph as it ran."""
        return read_graph(graph_text(self._database, run.graph_version))

    def graphs_held_by(self, run: Run) -> dict[str, GraphSpec]:
        """The graphs that nodes of its graph held, by name, as they ran."""
        texts = graph_texts_below(self._database, GraphId(f"run/{run.id}"))
        return {name: read_graph(text) for name, text in texts.items()}

    def stop(self, run_id: RunId) -> None:
        """Ask a run to stop: calls in flight are given up, finished records are kept."""
        task = self._tasks.get(run_id)
        if task is not None:
            self._running_loop().call_soon_threadsafe(task.cancel)

    def pause(self, run_id: RunId) -> None:
        """Ask a run to pause: no call begins, calls in flight end and are kept."""
        work = self._works.get(run_id)
        if work is not None:
            self._running_loop().call_soon_threadsafe(work.pause)

    def wait(self, run_id: RunId, timeout_seconds: float | None = None) -> RunView:
        """Return when the run is over, or when the time is up, with how it stands."""
        work = self._works.get(run_id)
        if work is not None:
            work.live.over.wait(timeout_seconds)
        return self._seen(run_id)

    def view(self, run_id: RunId) -> RunView:
        """The run as it is now, for a screen: replies are streamed while it is looked at.

        Raises:
            NotFound: there is no such run.
        """
        work = self._works.get(run_id)
        if work is not None:
            work.live.look()
        return self._seen(run_id)

    def is_running(self, run_id: RunId) -> bool:
        """Whether this process is at work on a run now."""
        work = self._works.get(run_id)
        return work is not None and not work.live.over.is_set()

    def close(self) -> None:
        """Stop every run and the loop; what was acknowledged is kept. Twice does nothing."""
        loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            return
        for run_id in list(self._works):
            self.stop(run_id)
            self.wait(run_id, timeout_seconds=CLOSING_SECONDS)
        self.call(self._makers.close())
        self._loop = None
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Do `work` in the runner's loop and return what it gives."""
        return asyncio.run_coroutine_threadsafe(work, self._running_loop()).result()

    @property
    def makers(self) -> Makers:
        """The makers of models, to be used in the runner's loop alone."""
        return self._makers

    def _begin(self, work: Work) -> RunId:
        run_id = work.live.run.id
        self._works[run_id] = work
        self.call(self._go(run_id, work))
        return run_id

    async def _go(self, run_id: RunId, work: Work) -> None:
        self._tasks[run_id] = asyncio.create_task(work.go(self._makers))

    def _seen(self, run_id: RunId) -> RunView:
        work = self._works.get(run_id)
        return work.live.snapshot() if work is not None else stored_view(self._database, run_id)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = _new_loop()
                self._thread = Thread(target=self._loop.run_forever, name="runs", daemon=True)
                self._thread.start()
            return self._loop


def _keep_version(database: Database, ready: Prepared) -> None:
    """The graph as it ran, and those that it holds, so that a run can always show what it did."""
    run = ready.run
    kept = {f"run/{run.id}": (run.graph_version, ready.spec)}
    kept |= {f"run/{run.id}/{name}": (one.version, one) for name, one in ready.held.items()}
    for name, (version, graph) in kept.items():
        keep_graph_version(
            database,
            GraphId(name),
            version,
            graph.title or run.title,
            write_graph(graph),
            draft=False,
            at=run.started,
        )


def _new_loop() -> asyncio.AbstractEventLoop:
    try:
        # Imported late: there is no uvloop on Windows, and a page without a run needs none.
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
