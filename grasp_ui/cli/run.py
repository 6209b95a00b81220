"""`grasp run`: run a graph headless, watch it, and say what came of it."""

from dataclasses import asdict, dataclass
from pathlib import Path

from grasp_ui.cli.outcome import Exit, answer, leave, note
from grasp_ui.cli.progress import progress
from grasp_ui.cli.workspace import opened
from grasp_ui.model.value import GraphId, RunId
from grasp_ui.services.graphs import read_graph_file
from grasp_ui.services.run_view import RunView
from grasp_ui.services.runs import RunRequest
from grasp_ui.services.workspace import Workspace, bundle

BEAT_SECONDS = 0.25
STOPPING_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed beside the graph."""

    records: int
    seed: int
    concurrency: int
    endpoint: str | None
    model: str | None


def run_graph(graph: Path, wish: Wish, store: Path | None, *, as_json: bool) -> None:
    """Run the graph in a file; leaves with 1 where a record failed or none was kept."""
    spec = read_graph_file(graph)
    with opened(store) as workspace:
        request = RunRequest(
            graph_id=graph_id(graph, workspace),
            spec=spec,
            folder=graph.resolve().parent,
            **asdict(wish),
        )
        run_id = workspace.runner.start(request)
        view = watched(workspace, run_id)
        say(workspace, view, as_json=as_json)
    if view.state == "stopped":
        leave(Exit.INTERRUPTED)
    if view.state != "done" or view.run.failed or not view.kept:
        leave(Exit.FAILED)


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
                show(view.run.done + view.run.failed, view.run.settings.records, words(view))
        except KeyboardInterrupt:
            note("Stopping: calls in flight are given up, finished records are kept.")
            runner.stop(run_id)
            view = runner.wait(run_id, STOPPING_SECONDS)
        show(view.run.done + view.run.failed, view.run.settings.records, words(view))
    return view


def words(view: RunView) -> str:
    """What is shown beside the bar."""
    failed = f", {view.run.failed} failed" if view.run.failed else ""
    getting_ready = f", {view.stage.lower()}" if not view.run.calls and view.stage else ""
    return f"{view.run.calls} calls{failed}{getting_ready}"


def say(workspace: Workspace, view: RunView, *, as_json: bool) -> None:
    """Give the result, and how to go on from it."""
    run = view.run
    lines = [
        f"Run {run.id}: {view.state}. {run.done} of {run.settings.records} records done, "
        f"{run.failed} failed; {view.kept} kept, {view.dropped} dropped by their tags.",
        f"{run.calls} calls, {run.prompt_tokens} + {run.completion_tokens} tokens, "
        f"{view.elapsed_seconds:.1f} s.",
        *(
            f"  {failure.count} × {failure.error_code} at '{failure.node}': {failure.example}"
            for failure in view.failures
        ),
    ]
    if run.reason:
        lines.append(f"Reason: {run.reason}")
    lines.append(how_to_go_on(workspace, view))
    answer(result(workspace, view), *lines, as_json=as_json)


def how_to_go_on(workspace: Workspace, view: RunView) -> str:
    """The next command, ready to be pasted."""
    store = f"--store {workspace.store_path}"
    if not view.run.done:
        return f"Nothing was stored but the events, in {workspace.store_path}."
    files = f"grasp export --format jsonl --out exports --run {view.run.id} {store}"
    if view.state != "stopped":
        return f"Export it: {files}"
    rest = view.run.settings.records - view.run.done
    return (
        f"What is finished is stored. Export it: {files}\n"
        f"A new run makes the other {rest}: grasp run … -n {rest} {store}"
    )


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
        "kept": view.kept,
        "dropped": view.dropped,
        "calls": run.calls,
        "prompt_tokens": run.prompt_tokens,
        "completion_tokens": run.completion_tokens,
        "cost_usd": run.cost_usd,
        "seconds": round(view.elapsed_seconds, 3),
        "failures": [asdict(failure) for failure in view.failures],
        "store": str(workspace.store_path),
    }
