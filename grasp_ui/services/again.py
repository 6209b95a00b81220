"""One record once more with another prompt, and what came of it beside what was."""

from dataclasses import dataclass, replace

from grasp_ui.model.graph import GraphSpec, NodeSpec
from grasp_ui.model.run import Run
from grasp_ui.model.value import JsonObject, RecordId, RunId
from grasp_ui.services import runs
from grasp_ui.services.run_request import check_nodes
from grasp_ui.services.trace_parts import CallTrace, calls_of
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import traces


@dataclass(frozen=True, slots=True)
class ReplyPair:
    """One call of a record in two runs; None where a run did not make it."""

    node: str
    visit: int
    candidate: int
    before: CallTrace | None
    after: CallTrace | None


def rerun_edited(
    workspace: Workspace, run_id: RunId, record_index: int, node: str, fields: JsonObject
) -> RunId:
    """Make one record again with other fields of `node`, in a new run.

    The graph is else as it ran. What is before the node is replayed; the node and all that
    follows is asked anew.

    Raises:
        NotFound: there is no such run, or no such node in its graph.
        InvalidGraph: the graph cannot run with these fields.
    """
    request = runs.continued(workspace, run_id)
    check_nodes(run_id, request.spec, [node])
    recall = request.recall.model_copy(update={"anew": (node,)})
    spec = with_fields(request.spec, node, fields)
    wish = replace(request, spec=spec, recall=recall, only=(record_index,))
    return workspace.runner.start(wish)


def with_fields(spec: GraphSpec, node: str, fields: JsonObject) -> GraphSpec:
    """`spec` with some fields of a node set to something else."""
    drawn = spec.nodes[node]
    changed = NodeSpec(kind=drawn.kind, fields={**drawn.fields, **fields})
    return spec.model_copy(update={"nodes": {**spec.nodes, node: changed}})


def reply_pairs(
    workspace: Workspace, before: RunId, after: RunId, record_id: RecordId
) -> list[ReplyPair]:
    """What a record was answered in two runs, call by call, in the order of `after`.

    Calls that were replayed with the same reply are left out: nothing has changed there.
    """
    old, new = (_calls(workspace, run_id, record_id) for run_id in (before, after))
    places = dict.fromkeys([*new, *old])
    pairs = [ReplyPair(*place[:3], old.get(place), new.get(place)) for place in places]
    return [pair for pair in pairs if not _is_same(pair)]


def _calls(
    workspace: Workspace, run_id: RunId, record_id: RecordId
) -> dict[tuple[str, int, int, int], CallTrace]:
    """The calls of a record by place; where one place has several, counted through."""
    workspace.database.settle()
    found: dict[tuple[str, int, int, int], CallTrace] = {}
    for call in calls_of(traces.calls_at(workspace.database, run_id, record_id)):
        number = 0
        while (place := (call.node, call.visit, call.candidate, number)) in found:
            number += 1
        found[place] = call
    return found


def _is_same(pair: ReplyPair) -> bool:
    if pair.before is None or pair.after is None:
        return False
    return pair.after.source == "run" and pair.after.reply == pair.before.reply


def changed_before(workspace: Workspace, run: Run, spec: GraphSpec, node: str) -> list[str]:
    """What differs in `spec` from the graph of `run`, not from `node` on.

    Names of nodes before it, and of model aliases: their calls are asked again.
    """
    ran = workspace.runner.graph_of(run)
    behind = _behind(spec, node)
    nodes = [n for n in spec.nodes if n not in behind and spec.nodes[n] != ran.nodes.get(n)]
    return nodes + [name for name in spec.models if spec.models[name] != ran.models.get(name)]


def _behind(spec: GraphSpec, node: str) -> set[str]:
    """`node` and all that its arrows lead to."""
    found, waiting = set[str](), [node]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [edge.target for edge in spec.edges if edge.source == name]
    return found
