"""What the canvas marks while a kept version is compared with what is drawn."""

from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.value import JsonObject
from grasp_ui.services.graph_diff import Family, GraphDiff
from grasp_ui.ui.canvas.protocol import document_of


def marks_of(diff: GraphDiff, before: GraphSpec) -> JsonObject:
    """Marks of nodes and arrows by name, and what is gone, as ghosts.

    A mark is `added`, `removed` or `changed`; renamed counts as changed.

    Example:
        >>> from grasp_ui.model.graph import NodeSpec
        >>> from grasp_ui.services.graph_diff import diff_graphs
        >>> before = GraphSpec(nodes={"ask": NodeSpec(kind="turn")})
        >>> marks = marks_of(diff_graphs(before, GraphSpec()), before)
        >>> marks["nodes"], list(marks["ghosts"]["nodes"])
        ({'ask': 'removed'}, ['ask'])
    """
    nodes, edges = _marks(diff, "node"), _marks(diff, "arrow")
    drawn = document_of(before)["nodes"]
    return {
        "nodes": nodes,
        "edges": edges,
        "ghosts": {
            "nodes": {name: drawn[name] for name, mark in nodes.items() if mark == "removed"},
            "edges": {name: _ends(name) for name, mark in edges.items() if mark == "removed"},
        },
    }


def _marks(diff: GraphDiff, family: Family) -> dict[str, str]:
    kinds = {part.name: part.kind for part in diff.of(family)}
    return {name: "changed" if kind == "renamed" else kind for name, kind in kinds.items()}


def _ends(name: str) -> JsonObject:
    source, _, target = name.partition(" #")[0].partition(" -> ")
    return {"source": source, "target": target, "when": None, "max_visits": None}
