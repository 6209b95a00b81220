"""`grasp run`: run a graph headless, watch it, and say what came of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from grasp_ui.cli.lean import look_for_garbage_less_often
from grasp_ui.cli.outcome import Exit, answer, leave, note
from grasp_ui.cli.progress import progress
from grasp_ui.cli.workspace import opened
from grasp_ui.errors import CannotResume, NotFound
from grasp_ui.model.run import Ceilings, Run
from grasp_ui.model.value import GraphId, RunId
from grasp_ui.services import runs
from grasp_ui.services.graphs import read_graph_file
from grasp_ui.services.run_request import Changes, RunRequest, check_nodes
from grasp_ui.services.run_view import RunView
from grasp_ui.services.stage_two_words import tagging_in_words
from grasp_ui.services.workspace import Workspace, bundle

BEAT_SECONDS = 0.25
STOPPING_SECONDS = 15.0
STORE_MEGABYTES = 32
"""A run writes far more than it reads: what DuckDB would keep of it in memory is of no use."""
LAST = "last"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed; None where an option was left out."""

    graph: Path | None
    records: int | None
    seed: int | None
    concurrency: int | None
    endpoint: str | None
    model: str | None
    continues: str | None
    failed_only: bool
    from_node: str | None
    cache: bool
    every_row: bool
    ceilings: Mapping[str, float | None]


def run_graph(wish: Wish, store: Path | None, *, as_json: bool) -> None:
    """Run a graph, or let a run go on; the exit code says how it ended."""
    check_wish(wish)
    look_for_garbage_less_often()
    with opened(store) as workspace:
        workspace.database.cache_little(STORE_MEGABYTES)
        run_id = begun(workspace, wish)
        note(f"Run {run_id}")
        view = watched(workspace, run_id)
        say(workspace, view, as_json=as_json)
    if view.state == "stopped":
        leave(Exit.INTERRUPTED)
    if view.state == "halted":
        leave(Exit.HALTED)
    if view.state != "done" or view.run.failed or not view.kept:
        leave(Exit.FAILED)


def check_wish(wish: Wish) -> None:
    """Hold the options against each other.

    Raises:
        CannotResume: two of them do not go together, or one is missing.
    """
    if wish.every_row and (wish.continues or wish.records):
        raise CannotResume("--all goes with a new run, and without -n.")
    if wish.continues is None:
        _check_new(wish)
    elif wish.graph is None and not wish.from_node:
        _check_going_on(wish)
    elif wish.failed_only:
        raise CannotResume("--failed-only goes with --continue RUN alone, without a graph.")


def _check_new(wish: Wish) -> None:
    if wish.graph is None:
        raise CannotResume("Name a graph to run, or a run to go on with: --continue RUN.")
    if wish.failed_only or wish.from_node:
        raise CannotResume("Say of which run: --continue RUN.")


def _check_going_on(wish: Wish) -> None:
    fixed = {"--seed": wish.seed, "--model": wish.model, "--cache": wish.cache or None}
    given = [name for name, value in fixed.items() if value is not None]
    if given:
        raise CannotResume(
            f"A run goes on as it began: leave out {', '.join(given)}. To change the graph, "
            "name one beside --continue; a new run then pays for what differs."
        )


def begun(workspace: Workspace, wish: Wish) -> RunId:
    """Begin the run that was asked for, or let it go on."""
    if wish.continues is None:
        request = with_wish(fresh(workspace, wish), wish)
        if wish.every_row:
            request = replace(request, records=runs.seed_rows_of(workspace, request))
        return workspace.runner.start(request)
    run_id = named_run(workspace, wish.continues)
    if wish.graph is not None or wish.from_node:
        return workspace.runner.start(with_wish(following(workspace, run_id, wish), wish))
    run = runs.find_run(workspace, run_id)
    changes = Changes(
        records=wish.records,
        concurrency=wish.concurrency,
        endpoint=wish.endpoint,
        ceilings=with_ceilings(run.settings.ceilings, wish),
        failed_only=wish.failed_only,
    )
    return runs.resume(workspace, run_id, changes)


def named_run(workspace: Workspace, name: str) -> RunId:
    """The run of that id; `last` is the newest one of the store.

    Raises:
        NotFound: the store has no run.
    """
    if name != LAST:
        return RunId(name)
    newest = runs.recent_runs(workspace, 1)
    if not newest:
        raise NotFound(f"There is no run in {workspace.store_path}. Name another --store.")
    return newest[0].id


def fresh(workspace: Workspace, wish: Wish) -> RunRequest:
    """A run of the graph that was named."""
    graph = wish.graph or Path()
    return RunRequest(
        graph_id=graph_id(graph, workspace),
        spec=read_graph_file(graph),
        folder=graph.resolve().parent,
    )


def following(workspace: Workspace, run_id: RunId, wish: Wish) -> RunRequest:
    """A run that uses the answers of another, of the graph named or of the same."""
    request = runs.continued(workspace, run_id)
    if wish.graph is not None:
        named = fresh(workspace, wish)
        request = replace(request, graph_id=named.graph_id, spec=named.spec, folder=named.folder)
    if wish.from_node:
        check_nodes(run_id, request.spec, [wish.from_node])
        recall = request.recall.model_copy(update={"anew": (wish.from_node,)})
        request = replace(request, recall=recall)
    return request


def with_wish(request: RunRequest, wish: Wish) -> RunRequest:
    """`request` with the options that were typed."""
    names = ("records", "seed", "concurrency", "endpoint", "model")
    given = {name: getattr(wish, name) for name in names if getattr(wish, name) is not None}
    recall = request.recall.model_copy(update={"cache": wish.cache})
    ceilings = with_ceilings(request.ceilings, wish)
    return replace(request, **given, recall=recall, ceilings=ceilings)


def with_ceilings(before: Ceilings, wish: Wish) -> Ceilings:
    """The ceilings of before, with those that were typed in their place."""
    return before.model_copy(update=dict(wish.ceilings))


def graph_id(graph: Path, workspace: Workspace) -> GraphId:
    """How the app calls the graph in a file: an example, one's own, or just a file."""
    path = graph.resolve().with_suffix("")
    folders = {"example": bundle() / "graphs", "own": workspace.home / "graphs"}
    for family, folder in folders.items():
        if path.is_relative_to(folder):
            return GraphId(f"{family}/{path.relative_to(folder).as_posix()}")
    return GraphId(f"file/{path.name}")


def watched(workspace: Workspace, run_id: RunId) -> RunView:
    """How the run ended; Ctrl-C stops it, and what is finished is kept."""
    runner = workspace.runner
    with progress("Records") as show:
        try:
            while (view := runner.wait(run_id, BEAT_SECONDS)).is_running:
                show(view.run.records_ended, view.run.settings.records, words(view))
        except KeyboardInterrupt:
            note("Stopping: calls in flight are given up, finished records are kept.")
            runner.stop(run_id)
            view = runner.wait(run_id, STOPPING_SECONDS)
        show(view.run.records_ended, view.run.settings.records, words(view))
    return view


def words(view: RunView) -> str:
    """What is shown beside the bar."""
    failed = f", {view.run.failed} failed" if view.run.failed else ""
    calls = view.run.used.calls
    getting_ready = f", {view.stage.lower()}" if not calls and view.stage else ""
    return f"{calls} calls{failed}{getting_ready}"


def say(workspace: Workspace, view: RunView, *, as_json: bool) -> None:
    """Give the result, and how to go on from it."""
    run = view.run
    used = run.used
    cost = f", ${used.cost_usd:.4f}" if used.cost_usd else ""
    judges = f" (of them judges: {run.judges.calls})" if run.judges.calls else ""
    known = f", {view.replayed} answers known before" if view.replayed else ""
    lines = [
        f"Run {run.id}: {view.state}. {run.done} of {all_records(run)} records done, "
        f"{run.failed} failed; {view.kept} kept, {view.dropped} dropped by their tags.",
        f"{used.calls} calls{judges}{known}, {used.prompt_tokens} + {used.completion_tokens} "
        f"tokens{cost}, "
        f"{view.elapsed_seconds:.1f} s.",
        *(
            f"  {failure.count} × {failure.error_code} at '{failure.node}': {failure.example}"
            for failure in view.failures
        ),
        *(tagging_in_words(view.judging) if view.judging else ()),
    ]
    if run.reason:
        lines.append(f"Reason: {run.reason}")
    lines += ways_on(workspace, view)
    answer(result(workspace, view), *lines, as_json=as_json)


def ways_on(workspace: Workspace, view: RunView) -> list[str]:
    """The next commands, ready to be pasted."""
    run, store = view.run, f"--store {workspace.store_path}"
    lines = []
    if run.can_be_resumed:
        raised = " --max-… MORE" if view.state == "halted" else ""
        failed = " --failed-only" if view.state == "done" else ""
        lines.append(f"Go on with it: grasp run --continue {run.id}{failed}{raised} {store}")
    if run.done:
        files = f"grasp export --format jsonl --out exports --run {run.id} {store}"
        lines.append(f"Export what is finished: {files}")
    return lines


def all_records(run: Run) -> str:
    """How many records a run has, with the forks that were told so far."""
    forks = f" + {run.forks} forked" if run.forks else ""
    return f"{run.settings.records}{forks}"


def result(workspace: Workspace, view: RunView) -> dict[str, object]:
    """The run as `--json` gives it."""
    run = view.run
    return {
        "run": run.id,
        "state": view.state,
        "reason": run.reason,
        "records": run.settings.records,
        "done": run.done,
        "failed": run.failed,
        "forks": run.forks,
        "kept": view.kept,
        "dropped": view.dropped,
        "continues": run.continues,
        "calls": run.used.calls,
        "replayed": view.replayed,
        "prompt_tokens": run.used.prompt_tokens,
        "completion_tokens": run.used.completion_tokens,
        "cost_usd": run.used.cost_usd,
        "of_judges": run.judges._asdict(),
        "seconds": round(view.elapsed_seconds, 3),
        "failures": [asdict(failure) for failure in view.failures],
        "judges": None if view.judging is None else asdict(view.judging),
        "store": str(workspace.store_path),
    }
