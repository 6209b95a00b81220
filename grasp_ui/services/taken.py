"""Which arrows the records of a stored run took, and how often."""

from collections import Counter
from collections.abc import Sequence

from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.value import RunId
from grasp_ui.store.database import Database
from grasp_ui.store.leaves import Leave, leaves_of

Taken = tuple[dict[str, int], dict[str, int]]
"""By arrow: how often it was taken, and how often by the record that took it most often."""


def taken_arrows(
    database: Database, run_id: RunId, spec: GraphSpec, *, finished_only: bool = False
) -> Taken:
    """What a screen showed of arrows while the run went on, from its events.

    The rounds are those of the records that a time line shows. With `finished_only` records
    that are done count alone.
    """
    forking = [name for name, node in spec.nodes.items() if node.fields.get("pick") == "each"]
    edges: Counter[str] = Counter()
    by_record: Counter[tuple[int, str]] = Counter()
    for leave in leaves_of(database, run_id, forking=forking, finished_only=finished_only):
        for edge in _by_which(leave, spec):
            edges[edge] += leave.times
            if leave.record_index is not None:
                by_record[leave.record_index, edge] += leave.times
    rounds: dict[str, int] = {}
    for (_, edge), times in by_record.items():
        rounds[edge] = max(times, rounds.get(edge, 0))
    return dict(edges), rounds


def _by_which(leave: Leave, spec: GraphSpec) -> Sequence[str]:
    """The arrows of a leave; where the log names none, all of them or none.

    A node that is disabled counts as skipped, and yet its arrows are taken.
    """
    if leave.taken is not None:
        return leave.taken
    node = spec.nodes.get(leave.node)
    if leave.was_skipped and not (node and node.fields.get("disabled")):
        return ()
    return [edge.name for edge in spec.edges if edge.source == leave.node]
