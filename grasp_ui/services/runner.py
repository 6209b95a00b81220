"""The runner: starts runs in the background, in one thread with one loop for all."""

import asyncio
import secrets
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Thread
from typing import Any, TypeVar

from grasp_ui.engine.compile import compile_graph
from grasp_ui.engine.plan import Plan, World
from grasp_ui.engine.run import run as run_plan
from grasp_ui.errors import GraspError, NotFound
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.llm.port import ChatModel
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.run import Run, RunSettings, RunState
from grasp_ui.model.value import GraphId, RunId
from grasp_ui.services.graph_text import write_graph
from grasp_ui.services.live_run import LiveRun, RunView, drawn_nodes
from grasp_ui.services.makers import Makers
from grasp_ui.services.planning import (
    Overrides,
    all_profiles,
    begun,
    seeds_of,
    surroundings_of,
    with_overrides,
)
from grasp_ui.services.settings import ENDPOINT_KEY, ModelSettings, Settings
from grasp_ui.services.stage_one import TaggedBook, profile_of
from grasp_ui.services.stored_rows import FirstRows, StoreRows
from grasp_ui.services.subgraphs import Shelves, with_subgraphs
from grasp_ui.store import runs as stored
from grasp_ui.store.database import Database
from grasp_ui.store.graphs import keep_graph_version

T = TypeVar("T")
CLOSING_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What to run: a graph over a number of records. `folder` is where its files are.

    `endpoint` sends every alias to one address, `model` replaces the model of every alias.
    """

    graph_id: GraphId
    spec: GraphSpec
    records: int = 5
    seed: int = 7
    concurrency: int = 8
    endpoint: str | None = None
    model: str | None = None
    folder: Path = field(default_factory=Path)


class Runner:
    """Starts runs and knows those that go on. One for a process."""

    def __init__(
        self, database: Database, settings: Callable[[], Settings], *, home: Path, bundle: Path
    ) -> None:
        self._database = database
        self._settings = settings
        self._home = home
        self._bundle = bundle
        self._makers = Makers()
        self._live: dict[RunId, LiveRun] = {}
        self._tasks: dict[RunId, asyncio.Task[None]] = {}
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None

    def start(self, request: RunRequest) -> RunId:
        """Begin a run in the background.

        Raises:
            InvalidGraph: with every problem of the graph.
        """
        settings = self._settings()
        overrides = Overrides(model=request.model, endpoint=request.endpoint)
        spec = with_overrides(request.spec, overrides)
        profiles = all_profiles(self._home, self._bundle)
        surroundings = surroundings_of(
            spec,
            settings,
            folder=request.folder,
            profiles=profiles,
            endpoint=request.endpoint,
            stored=FirstRows(self._database),
        )
        shelves = Shelves(request.folder, self._home, self._bundle)
        surroundings = with_subgraphs(surroundings, spec, shelves, overrides)
        plan = compile_graph(spec, surroundings)
        run = _new_run(request, spec, plan)
        book = TaggedBook(self._database, run.id, profile_of(spec, profiles))
        live = LiveRun(run, book, nodes=list(spec.nodes))
        _keep_version(self._database, run, spec, surroundings.graphs)
        stored.begin_run(self._database, run)
        work = self._work(live, plan, replace(request, spec=spec), settings)
        self._live[run.id] = live
        self.call(self._begin(run.id, work))
        return run.id

    def stop(self, run_id: RunId) -> None:
        """Ask a run to stop: calls in flight are given up, finished records are kept."""
        task = self._tasks.get(run_id)
        if task is not None:
            self._running_loop().call_soon_threadsafe(task.cancel)

    def wait(self, run_id: RunId, timeout_seconds: float | None = None) -> RunView:
        """Return when the run is over, or when the time is up, with how it stands."""
        live = self._live.get(run_id)
        if live is not None:
            live.over.wait(timeout_seconds)
        return self._seen(run_id)

    def view(self, run_id: RunId) -> RunView:
        """The run as it is now, for a screen: replies are streamed while it is looked at.

        Raises:
            NotFound: there is no such run.
        """
        live = self._live.get(run_id)
        if live is not None:
            live.look()
        return self._seen(run_id)

    def close(self) -> None:
        """Stop every run and the loop; what was acknowledged is kept. Twice does nothing."""
        loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            return
        for run_id in list(self._live):
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

    async def _begin(self, run_id: RunId, work: Coroutine[Any, Any, None]) -> None:
        self._tasks[run_id] = asyncio.create_task(work)

    def _seen(self, run_id: RunId) -> RunView:
        live = self._live.get(run_id)
        return live.snapshot() if live is not None else stored_view(self._database, run_id)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = _new_loop()
                self._thread = Thread(target=self._loop.run_forever, name="runs", daemon=True)
                self._thread.start()
            return self._loop

    async def _work(
        self, live: LiveRun, plan: Plan, request: RunRequest, settings: Settings
    ) -> None:
        state: RunState = "failed"
        reason = "The run was broken off."
        try:
            live.stage = "Getting the models ready"
            world = await self._world(plan, request, settings)
            live.stage = "Running"
            seeds = seeds_of(
                request.spec,
                request.folder,
                request.records,
                on_set_aside=live.set_aside,
                stored=StoreRows(self._database),
            )
            # A query or a sample works long before its first row: other runs go on meanwhile.
            seeds = await asyncio.to_thread(begun, seeds)
            await run_plan(plan, seeds, world, live.run.settings, live)
            state, reason = "done", ""
        except asyncio.CancelledError:
            state, reason = "stopped", "Stopped by hand."
        except (GraspError, OSError) as error:
            reason = str(error)
        finally:
            stored.end_run(self._database, live.run.id, state, reason=reason, ended=_now())
            live.end(state, reason)

    async def _world(self, plan: Plan, request: RunRequest, settings: Settings) -> World:
        models: dict[str, ChatModel] = {}
        for alias, keys in plan.models.items():
            chosen = _model_settings(keys.model, request, settings)
            models[alias] = await self._makers.model(chosen)
        return World(models=models, rubrics=load_rubrics(), now=time.time)


def stored_view(database: Database, run_id: RunId) -> RunView:
    """A run that this process does not run, as the store has it."""
    run = stored.find_run(database, run_id)
    totals = stored.node_totals(database, run_id)
    kept, dropped = stored.verdict_counts(database, run_id)
    ended = run.ended or run.started
    return RunView(
        run=run,
        state=run.state,
        elapsed_seconds=(ended - run.started).total_seconds(),
        nodes=drawn_nodes(totals),
        failures=tuple(stored.failures_of(database, run_id)),
        kept=kept,
        dropped=dropped,
    )


def _model_settings(name: str, request: RunRequest, settings: Settings) -> ModelSettings:
    if request.endpoint:
        return ModelSettings(
            name=name,
            url=request.endpoint,
            calls_at_once=request.concurrency,
            key_variable=ENDPOINT_KEY,
        )
    known = settings.model(name)
    if known is None:
        raise NotFound(f"There is no model named '{name}' in Settings. Add it there.")
    return known


def _new_run(request: RunRequest, spec: GraphSpec, plan: Plan) -> Run:
    started = _now()
    run_id = RunId(f"{started:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}")
    return Run(
        id=run_id,
        graph_id=request.graph_id,
        graph_version=plan.version,
        title=spec.title or str(request.graph_id).rpartition("/")[2],
        state="running",
        settings=RunSettings(
            run_id=run_id,
            records=request.records,
            seed=request.seed,
            concurrency=request.concurrency,
        ),
        models={alias: str(keys.get("model")) for alias, keys in spec.models.items()},
        started=started,
    )


def _keep_version(
    database: Database, run: Run, spec: GraphSpec, held: Mapping[str, GraphSpec]
) -> None:
    """The graph as it ran, and those that it holds, so that a run can always show what it did."""
    kept = {f"run/{run.id}": (run.graph_version, spec)}
    kept |= {f"run/{run.id}/{name}": (inner.version, inner) for name, inner in held.items()}
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


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _new_loop() -> asyncio.AbstractEventLoop:
    try:
        # Imported late: there is no uvloop on Windows, and a page without a run needs none.
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
