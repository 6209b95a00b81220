"""A selection of nodes as one subgraph."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from grasp_ui.engine.holding import BUILT_IN
from grasp_ui.engine.inline import written_in
from grasp_ui.engine.kind import KINDS, NodeConfig
from grasp_ui.engine.legible import legible
from grasp_ui.errors import CannotGroup
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from grasp_ui.model.value import JsonObject
from grasp_ui.services.group_border import Border, border_of
from grasp_ui.text.conditions import InvalidCondition, condition_names
from grasp_ui.text.templates import InvalidTemplate

GRID = 10
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Grouped:
    """A graph with a subgraph `node` in the place of some nodes, and these as a graph."""

    outer: GraphSpec
    inner: GraphSpec
    node: str


def group_of(spec: GraphSpec, names: Collection[str], title: str, graph: str) -> Grouped:
    """The nodes `names` as one subgraph, which does the same.

    What they write is its outputs, by the same names; what they read comes from outside as
    before. The inner graph has a seed row with what it reads, so that it can be tried alone.

    Args:
        spec: the graph.
        names: the nodes that are chosen, at least two.
        title: what the inner graph is called.
        graph: the file or id under which it will be found.

    Raises:
        CannotGroup: a single node cannot stand for them; the message says why.
    """
    chosen = {name: node for name, node in spec.nodes.items() if name in names}
    if len(chosen) < 2:
        raise CannotGroup("A group has at least two nodes. Select more of them; seeds are none.")
    border = border_of(spec, chosen)
    inner = _inner(spec, chosen, title)
    node = free_name(_stem(title), spec.nodes)
    written = list(dict.fromkeys(written_in(inner)))
    fields: JsonObject = {"title": title, "graph": graph}
    fields |= {"outputs": written} if written else {}
    nodes: dict[str, NodeSpec] = {}
    for name, known in spec.nodes.items():
        if name not in chosen:
            nodes[name] = known
        elif node not in nodes:
            nodes[node] = NodeSpec(kind="subgraph", fields=fields)
    layout = {name: place for name, place in spec.layout.items() if name not in chosen}
    middle = middle_of(inner.layout)
    changed = {
        "nodes": nodes,
        "edges": tuple(_drawn_together(spec.edges, chosen, border, node)),
        "layout": {**layout, node: snapped(middle)} if middle else layout,
    }
    return Grouped(spec.model_copy(update=changed), inner, node)


def names_read(spec: GraphSpec) -> list[str]:
    """The variables that a graph names and none of its nodes writes."""
    written = {*written_in(spec), *BUILT_IN}
    found = dict.fromkeys(name.partition(".")[0] for name in names_used(spec))
    return [name for name in found if name not in written]


def names_used(spec: GraphSpec) -> Iterator[str]:
    """Every variable that nodes and arrows name, with its dots."""
    for node in spec.nodes.values():
        config = config_of(node)
        try:
            yield from sorted(config.variables_read()) if config else ()
        except (InvalidTemplate, InvalidCondition):
            continue
    for edge in spec.edges:
        try:
            yield from sorted(condition_names(edge.when)) if edge.when else ()
        except InvalidCondition:
            continue


def config_of(node: NodeSpec) -> NodeConfig | None:
    """What the fields of a node say, as far as they can be read."""
    if node.kind not in KINDS:
        return None
    config, _ = legible(KINDS[node.kind].config, node.fields)
    return config if isinstance(config, NodeConfig) else None


def _inner(spec: GraphSpec, chosen: Mapping[str, NodeSpec], title: str) -> GraphSpec:
    inner = GraphSpec(
        title=title,
        system=spec.system,
        models=spec.models,
        nodes=dict(chosen),
        edges=tuple(e for e in spec.edges if e.source in chosen and e.target in chosen),
        tagging=spec.tagging,
        layout={name: place for name, place in spec.layout.items() if name in chosen},
    )
    read = names_read(inner)
    rows = spec.seeds.get("rows")
    first = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
    row = {name: first.get(name, name) for name in read}
    seeds = {"kind": "inline", "rows": [row]} if row else {}
    return inner.model_copy(update={"seeds": seeds, "output": _output(inner, read)})


def _output(inner: GraphSpec, read: list[str]) -> JsonObject:
    """What a graph without turns leaves when it runs alone: what it read last wrote."""
    configs = [config for config in map(config_of, inner.nodes.values()) if config]
    written = list(written_in(inner))
    if any(config.adds_messages() for config in configs) or not written:
        return {}
    asked = f"{{{read[0]}}}" if read else "Begin."
    said: list[Any] = [{"role": "user", "content": asked}]
    return {"messages": [*said, {"role": "assistant", "content": f"{{{written[-1]}}}"}]}


def _drawn_together(
    edges: tuple[EdgeSpec, ...], chosen: Collection[str], border: Border, node: str
) -> Iterator[EdgeSpec]:
    """The arrows outside; of those that cross, what all nodes of the border have once."""
    for edge in edges:
        begins, ends = edge.source in chosen, edge.target in chosen
        if not begins and not ends:
            yield edge
        elif not begins and edge.target == border.firsts[0]:
            yield edge.model_copy(update={"target": node})
        elif not ends and edge.source == border.lasts[0]:
            yield edge.model_copy(update={"source": node})


def free_name(stem: str, taken: Collection[str]) -> str:
    """`stem`, with a number where that is taken."""
    tries = (stem if number == 1 else f"{stem}_{number}" for number in count(1))
    return next(name for name in tries if name not in taken)


def _stem(title: str) -> str:
    """A node's name from a title: letters, digits and _, no digit first."""
    letters = "".join(c if c.isascii() and c.isalnum() else "_" for c in title.casefold())
    stem = "_".join(part for part in letters.split("_") if part)
    return stem if stem[:1].isalpha() else f"group_{stem}".rstrip("_")


def middle_of(layout: Mapping[str, Place]) -> Place | None:
    """The middle of the places; None where there is none."""
    if not layout:
        return None
    across, down = zip(*layout.values(), strict=True)
    return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2


def snapped(place: Place) -> Place:
    """The nearest place on the grid of the canvas."""
    return round(place[0] / GRID) * float(GRID), round(place[1] / GRID) * float(GRID)
