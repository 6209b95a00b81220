"""What the canvas marks while kept versions are compared."""

from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.value import JsonObject
from grasp_ui.services.graph_diff import Family, GraphDiff, diff_graphs
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


def pair_of(before: GraphSpec, after: GraphSpec, words: str) -> JsonObject:
    """Two graphs as the canvas shows them in place of the drawing.

    It draws `after`, with marks of what differs from `before`; `words` say which two they are.

    Example:
        >>> from grasp_ui.model.graph import NodeSpec
        >>> pair = pair_of(GraphSpec(), GraphSpec(nodes={"ask": NodeSpec(kind="turn")}), "A → B")
        >>> list(pair["document"]["nodes"]), pair["marks"]["nodes"]
        (['ask'], {'ask': 'added'})
    """
    return {
        "document": document_of(after),
        "marks": marks_of(diff_graphs(before, after), before),
        "models": {name: str(alias.get("model", "")) for name, alias in after.models.items()},
        "words": words,
    }


def _marks(diff: GraphDiff, family: Family) -> dict[str, str]:
    kinds = {part.name: part.kind for part in diff.of(family)}
    return {name: "changed" if kind == "renamed" else kind for name, kind in kinds.items()}


def _ends(name: str) -> JsonObject:
    source, _, target = name.partition(" #")[0].partition(" -> ")
    return {"source": source, "target": target, "when": None, "max_visits": None}
