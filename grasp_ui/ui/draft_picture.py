"""A draft graph as a small read-only picture, in the DOT language."""

from grasp_ui.model.graph import EdgeSpec, GraphSpec
from grasp_ui.services.node_kinds import node_kinds
from grasp_ui.ui import theme
from grasp_ui.ui.neutral import one_line


def draft_picture(spec: GraphSpec, look: theme.Ground) -> str:
    """The graph in the DOT language: a box for each node, coloured by kind.

    Example:
        >>> graph = GraphSpec(edges=(EdgeSpec(source="a", target="b"),))
        >>> '"a" -> "b"' in draft_picture(graph, "light")
        True
    """
    kinds = {card.name: card for card in node_kinds()}
    boxes = [
        f"{_quoted(name)} [label={_quoted(_card(name, node.kind))}, "
        f'color="{kinds[node.kind].color if node.kind in kinds else theme.HEX[look]["gray"]}"];'
        for name, node in spec.nodes.items()
    ]
    arrows = [
        f"{_quoted(edge.source)} -> {_quoted(edge.target)} [label={_quoted(_condition(edge))}];"
        for edge in spec.edges
    ]
    return "\n".join(("digraph {", *_style(look), *boxes, *arrows, "}"))


def _style(look: theme.Ground) -> list[str]:
    ink, line = theme.INK[look], theme.HEX[look]["gray"]
    return [
        'rankdir=LR; bgcolor="transparent"; nodesep=0.25; ranksep=0.4;',
        f'node [shape=box, style=rounded, fontname="sans-serif", fontsize=11, fontcolor="{ink}"];',
        f'edge [color="{line}", fontcolor="{line}", fontname="sans-serif", fontsize=9];',
    ]


def _card(name: str, kind: str) -> str:
    return f"{one_line(name, 30)}\n{one_line(kind, 30)}"


def _condition(edge: EdgeSpec) -> str:
    most = f", {edge.max_visits} times at most" if edge.max_visits else ""
    return one_line(f"{edge.when}{most}", 60) if edge.when else ""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
