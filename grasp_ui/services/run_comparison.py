"""Two runs side by side: what they cost, what came of them, record by record."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from grasp_ui.model.run import Run
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.value import RunId
from grasp_ui.services.graph_diff import GraphDiff, diff_graphs
from grasp_ui.services.versions import version_spec
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import insights, pairing
from grasp_ui.store import runs as stored

Both = tuple[float | None, float | None]
"""A figure of the one run and of the other; None where there is none."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of both runs. `unit` is what it counts, `dollars` or `seconds`."""

    name: str
    unit: str
    values: Both

    @property
    def change(self) -> float | None:
        """How much more the other has; None where one of both has none."""
        one, other = self.values
        return None if one is None or other is None else other - one


@dataclass(frozen=True, slots=True)
class NodeFigures:
    """One node in both runs: visits done, calls, tokens, dollars, seconds a visit."""

    node: str
    done: Both
    calls: Both
    tokens: Both
    cost_usd: Both
    seconds: Both


@dataclass(frozen=True, slots=True)
class TagFigures:
    """One tag in both runs: share of conversations that have it, and the mean score.

    A tag whose action is `pass` is in the mean and not in the share.
    """

    name: str
    source: str
    share: Both
    score: Both


@dataclass(frozen=True, slots=True)
class RunPair:
    """One record in both runs. Seeds may differ where graphs or settings do."""

    one: TaggedConversation
    other: TaggedConversation
    same_seed: bool


@dataclass(frozen=True, slots=True)
class RunComparison:
    """Two runs, side by side; `pairs` is how many records have a conversation in both."""

    one: Run
    other: Run
    figures: tuple[Figure, ...]
    nodes: tuple[NodeFigures, ...]
    tags: tuple[TagFigures, ...]
    pairs: int
    graphs: GraphDiff = field(default_factory=GraphDiff)


def compare_runs(workspace: Workspace, one: RunId, other: RunId) -> RunComparison:
    """Everything that two runs have to be compared by, but their texts.

    Raises:
        NotFound: one of them is not in this store.
    """
    workspace.database.settle()
    runs = stored.find_run(workspace.database, one), stored.find_run(workspace.database, other)
    specs = [version_spec(workspace, f"run.{run.id}") for run in runs]
    return RunComparison(
        one=runs[0],
        other=runs[1],
        figures=tuple(_figures(workspace, runs)),
        nodes=tuple(_nodes(workspace, runs)),
        tags=tuple(_tags(workspace, runs)),
        pairs=pairing.count_pairs(workspace.database, one, other),
        graphs=diff_graphs(*specs),
    )


def pairs_of_runs(
    workspace: Workspace, one: RunId, other: RunId, *, offset: int = 0, limit: int = 10
) -> list[RunPair]:
    """One page of the records that have a conversation in both runs, by record."""
    pairs = pairing.pairs_of(workspace.database, one, other, offset=offset, limit=limit)
    return [RunPair(*pair) for pair in pairs]


def _figures(workspace: Workspace, runs: tuple[Run, Run]) -> Iterable[Figure]:
    def of(name: str, unit: str, value: Callable[[Run], float | None]) -> Figure:
        return Figure(name, unit, (value(runs[0]), value(runs[1])))

    verdicts = {run.id: stored.verdict_counts(workspace.database, run.id) for run in runs}
    yield of("Records done", "records", lambda run: run.done)
    yield of("Records failed", "records", lambda run: run.failed)
    yield of("Kept", "conversations", lambda run: verdicts[run.id][0])
    yield of("Dropped", "conversations", lambda run: verdicts[run.id][1])
    yield of("Yield", "share", lambda run: _ratio(verdicts[run.id][0], sum(verdicts[run.id])))
    yield of("Calls", "calls", lambda run: run.used.calls)
    if any(run.judges.calls for run in runs):
        yield of("Of them judges", "calls", lambda run: run.judges.calls)
    yield of("Tokens sent", "tokens", lambda run: run.used.prompt_tokens)
    yield of("Tokens written", "tokens", lambda run: run.used.completion_tokens)
    yield of("Spend", "dollars", lambda run: run.used.cost_usd)
    yield of(
        "Spend a kept one", "dollars", lambda run: _ratio(run.used.cost_usd, verdicts[run.id][0])
    )
    yield of("Time at work", "seconds", lambda run: run.seconds)


def _nodes(workspace: Workspace, runs: tuple[Run, Run]) -> Iterable[NodeFigures]:
    both = [stored.node_totals(workspace.database, run.id) for run in runs]
    for node in dict.fromkeys(name for totals in both for name in totals):
        one, other = (totals.get(node, {}) for totals in both)

        def of(name: str, one: Mapping[str, Any] = one, other: Mapping[str, Any] = other) -> Both:
            return one.get(name), other.get(name)

        seconds = _each(one), _each(other)
        yield NodeFigures(node, of("done"), of("calls"), of("tokens"), of("cost_usd"), seconds)


def _each(totals: Mapping[str, Any]) -> float | None:
    """Seconds of one visit, in the mean; skipped ones took none."""
    return _ratio(totals["seconds"], totals["done"] + totals["failed"]) if totals else None


def _tags(workspace: Workspace, runs: tuple[Run, Run]) -> Iterable[TagFigures]:
    both = [_tags_of(workspace, run) for run in runs]
    for name, source in sorted({key for tags in both for key in tags}):
        found = [tags.get((name, source), (0.0, None)) for tags in both]
        share = found[0][0], found[1][0]
        yield TagFigures(name, source, share, (found[0][1], found[1][1]))


def _tags_of(workspace: Workspace, run: Run) -> dict[tuple[str, str], tuple[float, float | None]]:
    """Share of conversations and mean score, by name and source of a tag."""
    rows = insights.tag_means(workspace.database, Selection(run_id=run.id))
    whole = sum(stored.verdict_counts(workspace.database, run.id))
    return {
        (name, source): (_ratio(conversations, whole) or 0.0, score)
        for name, source, conversations, score in rows
    }


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
