"""A run as screens show it: live, or as the store has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.run import Run, RunState
from grasp_ui.model.span import Span
from grasp_ui.model.value import RunId
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.stage_two_tally import TaggingView
from grasp_ui.services.taken import taken_arrows
from grasp_ui.store import runs as stored
from grasp_ui.store.database import Database
from grasp_ui.store.ends import Failure, failures_of
from grasp_ui.store.graphs import graph_text
from grasp_ui.store.spans import spans_of

NodeState = Literal["queued", "running", "done", "failed", "skipped", "cached"]


@dataclass(slots=True)
class NodeView:
    """One node over all records of a run; `text` is the newest reply as it grows."""

    running: int = 0
    done: int = 0
    failed: int = 0
    skipped: int = 0
    calls: int = 0
    replayed: int = 0
    tokens: int = 0
    cost_usd: float = 0.0
    seconds: float = 0.0
    text: str = ""
    followed: int = -1

    @property
    def state(self) -> NodeState:
        """The one word for a card."""
        if self.running:
            return "running"
        if self.failed:
            return "failed"
        if self.done:
            return "cached" if self.replayed and not self.calls else "done"
        return "skipped" if self.skipped else "queued"


@dataclass(frozen=True, slots=True)
class RunView:
    """A run at one moment; `set_aside` has the lines of its seeds that are no rows.

    `edges` counts how often each arrow was taken, `rounds` how often by the record that took it
    most often; `spans` are the visits of its first records. `judging` is stage two, as far as
    this process did it; what it used is in the run's `judges`, beside the graph's own calls.
    """

    run: Run
    state: RunState
    stage: str = ""
    elapsed_seconds: float = 0.0
    nodes: Mapping[str, NodeView] = field(default_factory=dict)
    edges: Mapping[str, int] = field(default_factory=dict)
    rounds: Mapping[str, int] = field(default_factory=dict)
    spans: Sequence[Span] = ()
    failures: Sequence[Failure] = ()
    set_aside: Sequence[str] = ()
    kept: int = 0
    dropped: int = 0
    judging: TaggingView | None = None

    @property
    def is_running(self) -> bool:
        """Whether it still goes on."""
        return self.state == "running"

    @property
    def replayed(self) -> int:
        """How many answers came from elsewhere, so that no call was made."""
        return sum(node.replayed for node in self.nodes.values())


def stored_view(database: Database, run_id: RunId, *, finished_only: bool = False) -> RunView:
    """A run that this process does not run, as the store has it.

    With `finished_only` its nodes and arrows show what they did for records that are done.

    Raises:
        NotFound: there is no such run.
    """
    run = stored.find_run(database, run_id)
    spec = _read(graph_text(database, run.graph_version))
    edges, rounds = taken_arrows(database, run_id, spec, finished_only=finished_only)
    totals = stored.node_totals(database, run_id, finished_only=finished_only)
    kept, dropped = stored.verdict_counts(database, run_id)
    return RunView(
        run=run,
        state=run.state,
        elapsed_seconds=run.seconds or ((run.ended or run.started) - run.started).total_seconds(),
        nodes=drawn_nodes(totals, spec),
        edges=edges,
        rounds=rounds,
        spans=tuple(spans_of(database, run_id)),
        failures=tuple(failures_of(database, run_id)),
        kept=kept,
        dropped=dropped,
    )


@lru_cache(maxsize=16)
def _read(text: str) -> GraphSpec:
    """A graph as it ran: a screen asks for the same one at each turn."""
    return read_graph(text)


def drawn_nodes(totals: Mapping[str, Mapping[str, Any]], spec: GraphSpec) -> dict[str, NodeView]:
    """Stored totals by node of `spec`, with what went on inside of a node added to it."""
    found = {name: NodeView() for name in spec.nodes}
    for path, total in totals.items():
        drawn, _, inside = path.partition("/")
        node = found.setdefault(drawn, NodeView())
        for name in ("calls", "replayed", "failed", "tokens", "cost_usd"):
            setattr(node, name, getattr(node, name) + total[name])
        node.text = total["text"] or node.text
        if not inside:
            node.done, node.skipped = total["done"], total["skipped"]
            node.seconds = total["seconds"]
    return found
