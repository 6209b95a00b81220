"""A subgraph as its nodes again."""

from collections.abc import Collection, Iterator, Mapping

from grasp_ui.engine.holding import HoldingConfig
from grasp_ui.engine.inline import written_in
from grasp_ui.engine.kind import meanings
from grasp_ui.errors import CannotGroup
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from grasp_ui.model.value import JsonObject
from grasp_ui.services.group_border import Border, border_of
from grasp_ui.services.grouping import (
    Place,
    config_of,
    free_name,
    middle_of,
    names_used,
    snapped,
)


def ungrouped(spec: GraphSpec, node: str, inner: GraphSpec) -> tuple[GraphSpec, tuple[str, ...]]:
    """The graph with the nodes of the subgraph `node` in its place, and their names.

    Raises:
        CannotGroup: the nodes alone would not do what the subgraph does; the message says why.
    """
    config = _holding(spec, node)
    inner = _with_changes(inner, config)
    _keeps_names(spec, node, inner, config)
    rest = {name: one for name, one in spec.nodes.items() if name != node}
    fresh = _fresh(inner.nodes, rest)
    models = {**inner.models, **spec.models}
    nodes: dict[str, NodeSpec] = {}
    for name, known in spec.nodes.items():
        if name == node:
            for one, held in inner.nodes.items():
                nodes[fresh[one]] = _with_alias(held, inner.models, models)
        else:
            nodes[name] = known
    ends = _ends(inner)
    edges = [_renamed(e, fresh) for e in inner.edges if {e.source, e.target} <= set(fresh)]
    first = [fresh[name] for name in ends.firsts], [fresh[name] for name in ends.lasts]
    layout = {name: place for name, place in spec.layout.items() if name != node}
    layout |= _moved(inner.layout, fresh, spec.layout.get(node))
    changed = {
        "nodes": nodes,
        "edges": (*_spread(spec.edges, node, *first), *edges),
        "layout": layout,
        "models": {**spec.models, **{a: k for a, k in models.items() if a not in spec.models}},
    }
    flat = spec.model_copy(update=changed)
    border_of(flat, fresh.values())
    return flat, tuple(fresh.values())


def _spread(
    edges: tuple[EdgeSpec, ...], node: str, firsts: list[str], lasts: list[str]
) -> Iterator[EdgeSpec]:
    """The arrows outside; those of `node` at each node that it begins or ends with."""
    for edge in edges:
        sources = lasts if edge.source == node else [edge.source]
        targets = firsts if edge.target == node else [edge.target]
        if edge.max_visits is not None and len(sources) * len(targets) > 1:
            raise CannotGroup(
                f"'{edge.name}' goes round '{node}', which begins or ends in several places. "
                "Let it begin and end with one node first."
            )
        for source in sources:
            for target in targets:
                yield edge.model_copy(update={"source": source, "target": target})


def _holding(spec: GraphSpec, node: str) -> HoldingConfig:
    known = spec.nodes.get(node)
    config = config_of(known) if known else None
    if known is None or known.kind != "subgraph" or not isinstance(config, HoldingConfig):
        raise CannotGroup(f"'{node}' is no subgraph. Select one.")
    if config.disabled:
        raise CannotGroup(f"'{node}' is switched off. Switch it on first.")
    return config


def _with_changes(inner: GraphSpec, config: HoldingConfig) -> GraphSpec:
    """The inner graph with the fields that the node sets in it."""
    if inner.unread or not inner.nodes:
        fault = str(inner.unread[0]) if inner.unread else "It has no nodes."
        raise CannotGroup(f"'{config.graph}' cannot be put in: {fault}")
    if config.overrides.models or any("/" in path for path in config.overrides.nodes):
        raise CannotGroup("Its overrides change models, or nodes further inside. Take them out.")
    nodes = dict(inner.nodes)
    for name, changes in config.overrides.nodes.items():
        if name in nodes:
            fields = {**nodes[name].fields, **changes}
            nodes[name] = nodes[name].model_copy(update={"fields": fields})
    return inner.model_copy(update={"nodes": nodes})


def _keeps_names(spec: GraphSpec, node: str, inner: GraphSpec, config: HoldingConfig) -> None:
    """Every variable is called the same inside and outside, and none meets another."""
    for inside, outside in (*config.inputs.items(), *config.outputs.items()):
        if inside != outside:
            raise CannotGroup(
                f"'{inside}' inside is '{outside}' outside, and the nodes alone have one name "
                "for it. Give both the same name first."
            )
    rest = {name: one for name, one in spec.nodes.items() if name != node}
    others = spec.model_copy(update={"nodes": rest})
    outside_names = {*written_in(others), *(n.partition(".")[0] for n in names_used(others))}
    for name in written_in(inner):
        if name not in config.outputs and name in outside_names:
            raise CannotGroup(
                f"'{name}' is written inside and stays there, and outside there is another "
                f"'{name}'. Rename one of them first."
            )


def _with_alias(
    node: NodeSpec, inner: Mapping[str, JsonObject], outer: Mapping[str, JsonObject]
) -> NodeSpec:
    """The node with the model that it means by naming none, where outside that is another."""
    config = config_of(node)
    if config is None or len(inner) != 1 or len(outer) == 1:
        return node
    only = next(iter(inner))
    fields = dict(node.fields)
    for name, meaning in meanings(type(config)):
        if meaning in ("model", "models") and not fields.get(name):
            fields[name] = only if meaning == "model" else [only]
    return node.model_copy(update={"fields": fields})


def _ends(inner: GraphSpec) -> Border:
    forward = [e for e in inner.edges if e.max_visits is None and e.source != e.target]
    led_to = {e.target for e in forward if e.source in inner.nodes}
    led_from = {e.source for e in forward if e.target in inner.nodes}
    return Border(
        tuple(name for name in inner.nodes if name not in led_to),
        tuple(name for name in inner.nodes if name not in led_from),
    )


def _renamed(edge: EdgeSpec, fresh: Mapping[str, str]) -> EdgeSpec:
    return edge.model_copy(update={"source": fresh[edge.source], "target": fresh[edge.target]})


def _fresh(names: Collection[str], taken: Collection[str]) -> dict[str, str]:
    fresh: dict[str, str] = {}
    for name in names:
        fresh[name] = free_name(name, {*taken, *fresh.values()})
    return fresh


def _moved(
    layout: Mapping[str, Place], fresh: Mapping[str, str], at: Place | None
) -> dict[str, Place]:
    """The places of the nodes with their middle where the subgraph stood."""
    middle = middle_of(layout)
    dx, dy = snapped((at[0] - middle[0], at[1] - middle[1])) if at and middle else (0.0, 0.0)
    return {fresh[n]: (x + dx, y + dy) for n, (x, y) in layout.items() if n in fresh}
