"""Graphs that nodes hold, put in the place of their nodes: one flat graph.

A subgraph `draft` becomes its nodes, named `draft/…`, between a way in, `draft/`, and a way out,
which keeps its name. A map keeps its node, and beside it the graph that it runs for each element.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from grasp_ui.engine.findings import meant
from grasp_ui.engine.holding import BUILT_IN, HOLDERS, HoldingConfig
from grasp_ui.engine.kind import KINDS, NodeConfig, meanings
from grasp_ui.engine.legible import legible, said_to_write
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from grasp_ui.model.problem import Problem
from grasp_ui.model.value import JsonObject, identity

Actual = Callable[[str], str]
"""From a variable's name inside to its name in the record."""


@dataclass(slots=True)
class Flat:
    """A flat graph, and what it came from.

    Attributes:
        graph: the nodes by their paths, and the arrows between them.
        actual: for nodes inside of a subgraph, what their variables are called in the record.
        held: the graphs of the maps, by the path of the map.
        used: the versions of the graphs that were put in, by name.
        problems: what kept a graph from being put in.
    """

    graph: GraphSpec
    actual: dict[str, Actual] = field(default_factory=dict)
    held: dict[str, "Held"] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)

    def way_in(self, path: str) -> bool:
        """Whether `path` is where a subgraph begins."""
        return path.endswith("/") and path[:-1] in self.opened

    @property
    def version(self) -> str:
        """The graph's version; that of the graphs it holds goes into it."""
        return identity(self.graph.version, self.used) if self.used else self.graph.version


@dataclass(frozen=True, slots=True)
class Held:
    """The graph of a map; `path` and `stack` say inside of what it stands."""

    graph: GraphSpec
    path: str = ""
    stack: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Room:
    """Where a graph's nodes are put: below which path, with which names, inside of what."""

    path: str = ""
    actual: Actual | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    stack: tuple[str, ...] = ()


def flattened(top: Held, graphs: Mapping[str, GraphSpec]) -> Flat:
    """A graph with the graphs that its nodes hold in their places."""
    graph = top.graph
    if not any(node.kind in HOLDERS for node in graph.nodes.values()):
        return Flat(graph)
    inliner = _Inliner(top, graphs)
    inliner.put(graph, _Room(aliases={a: a for a in graph.models}, stack=top.stack))
    return inliner.flat


class _Inliner:
    """Puts graph after graph into one."""

    def __init__(self, top: Held, graphs: Mapping[str, GraphSpec]) -> None:
        graph = top.graph
        self._top = top
        self._graphs = graphs
        self._nodes: dict[str, NodeSpec] = {}
        self._edges: list[EdgeSpec] = []
        self._models = dict(graph.models)
        self._written = graph
        self._flat = Flat(graph)

    @property
    def flat(self) -> Flat:
        """What has become of the graph."""
        parts = {"nodes": self._nodes, "edges": tuple(self._edges), "models": self._models}
        self._flat.graph = self._written.model_copy(update=parts)
        return self._flat

    def put(self, graph: GraphSpec, room: _Room) -> None:
        """Put the nodes and arrows of `graph` into `room`."""
        for name, node in graph.nodes.items():
            path = room.path + name
            config = _holding(node)
            inner = self._found(path, config, room) if config else None
            if config is None or inner is None:
                self._add(path, node, room)
            elif node.kind == "map":
                self._add(path, node, room)
                aliased = _with_aliases(inner, self._aliases(path, config, inner, room))
                stack = (*room.stack, config.graph)
                self._flat.held[path] = Held(aliased, f"{self._top.path}{path}/", stack)
            else:
                self._open(path, config, inner, room)
                self._add(path, node, room)
        for edge in graph.edges:
            source, target = room.path + edge.source, room.path + edge.target
            target = f"{target}/" if target in self._flat.opened else target
            self._edges.append(edge.model_copy(update={"source": source, "target": target}))

    def _add(self, path: str, node: NodeSpec, room: _Room) -> None:
        self._nodes[path] = node
        if room.actual is not None:
            self._flat.actual[path] = room.actual

    def _found(self, path: str, config: HoldingConfig, room: _Room) -> GraphSpec | None:
        """The graph that a node holds, changed as it says; None where that is a problem."""
        name, stack = config.graph, (*room.stack, config.graph)
        if not name:
            self._say(path, "graph", "The node names no graph.", "Name a file beside this one.")
        elif name in room.stack:
            way = " → ".join((*stack[stack.index(name) :],))
            self._say(path, "graph", f"The graph '{name}' holds itself: {way}.", "Take one out.")
        elif name not in self._graphs:
            what = f"There is no graph '{name}' here."
            fix = (
                "Name a file beside this one, such as `critique.yaml`, or an id: `own/NAME` or "
                "`example/NAME`."
            )
            self._say(path, "graph", what, fix)
        else:
            inner = self._graphs[name]
            self._flat.used[name] = inner.version
            for problem in inner.unread:
                self._say(path, "graph", f"In '{name}': {problem}", "")
            return self._changed(path, config, inner)
        return None

    def _changed(self, path: str, config: HoldingConfig, inner: GraphSpec) -> GraphSpec:
        nodes = dict(inner.nodes)
        for name, fields in config.overrides.nodes.items():
            first, _, rest = name.partition("/")
            if first not in nodes:
                what = f"There is no node '{first}' in '{config.graph}'."
                self._say(path, "overrides", what, meant(first, nodes))
                continue
            node = nodes[first]
            changes = _below(node, rest, fields) if rest else fields
            nodes[first] = node.model_copy(update={"fields": {**node.fields, **changes}})
        for alias in config.overrides.models:
            if alias not in inner.models:
                what = f"There is no model alias '{alias}' in '{config.graph}'."
                self._say(path, "overrides", what, meant(alias, inner.models))
        written = set(written_in(inner))
        for name in sorted(config.outputs.keys() - written):
            what = f"Nothing in '{config.graph}' writes '{name}'."
            self._say(path, "outputs", what, meant(name, sorted(written)))
        for name in sorted(config.inputs.keys() & written):
            what = f"'{name}' is an input, but '{config.graph}' writes it itself."
            self._say(path, "inputs", what, "Take it out of the inputs.")
        return inner.model_copy(update={"nodes": nodes})

    def _open(self, path: str, config: HoldingConfig, inner: GraphSpec, room: _Room) -> None:
        """Put `inner` between a way in and a way out."""
        self._flat.opened.add(path)
        aliases = self._aliases(path, config, inner, room)
        actual = _names_inside(f"{path}/", config, inner, room.actual or _as_it_is)
        self._add(f"{path}/", NodeSpec(kind="subgraph"), room)
        self.put(
            _with_aliases(inner, aliases),
            _Room(f"{path}/", actual, aliases, (*room.stack, config.graph)),
        )
        first, last = _ends(inner)
        ways = [(f"{path}/", f"{path}/{name}") for name in first]
        ways += [(f"{path}/{name}", path) for name in last]
        for source, target in (*ways, (f"{path}/", path)):
            into = f"{target}/" if target in self._flat.opened and target != path else target
            self._edges.append(EdgeSpec(source=source, target=into))

    def _aliases(
        self, path: str, config: HoldingConfig, inner: GraphSpec, room: _Room
    ) -> dict[str, str]:
        """For each alias inside the model that it means: the outer one's, else its own."""
        aliases = dict(room.aliases)
        for alias, keys in inner.models.items():
            changes = config.overrides.models.get(alias)
            if alias in aliases and changes is None:
                continue
            known = self._models[aliases[alias]] if alias in aliases else keys
            aliases[alias] = f"{self._top.path}{path}/{alias}"
            self._models[aliases[alias]] = {**known, **(changes or {})}
        return aliases

    def _say(self, path: str, place: str, what: str, fix: str) -> None:
        self._flat.problems.append(Problem(node=path, field=place, what=what, fix=fix))


def _holding(node: NodeSpec) -> HoldingConfig | None:
    """The config of a node that holds a graph, where it can be read and is not disabled."""
    if node.kind not in HOLDERS or node.kind not in KINDS:
        return None
    config, problems = legible(KINDS[node.kind].config, node.fields)
    if problems or not isinstance(config, HoldingConfig) or config.disabled:
        return None
    return config


def _below(node: NodeSpec, rest: str, fields: JsonObject) -> JsonObject:
    """Changes of a node further inside, as changes of the node that holds its graph."""
    overrides = node.fields.get("overrides")
    known = overrides if isinstance(overrides, dict) else {}
    nodes = known.get("nodes") if isinstance(known.get("nodes"), dict) else {}
    inner = {**(nodes or {}), rest: {**(nodes or {}).get(rest, {}), **fields}}
    return {"overrides": {**known, "nodes": inner}}


def _names_inside(path: str, config: HoldingConfig, inner: GraphSpec, outside: Actual) -> Actual:
    written = frozenset(written_in(inner))

    def actual(name: str) -> str:
        if name in BUILT_IN:
            return name
        if name in config.inputs:
            return outside(config.inputs[name])
        if name in config.outputs:
            return outside(config.outputs[name])
        return f"{path}{name}" if name in written else outside(name)

    return actual


def _as_it_is(name: str) -> str:
    return name


def written_in(graph: GraphSpec) -> Iterator[str]:
    """The variables that the nodes of a graph write."""
    for node in graph.nodes.values():
        if node.kind in KINDS:
            config, _ = legible(KINDS[node.kind].config, node.fields)
            if isinstance(config, NodeConfig) and not config.disabled:
                yield from config.variables_written()
                continue
        yield from said_to_write(node)


def _ends(graph: GraphSpec) -> tuple[list[str], list[str]]:
    """The nodes that a graph begins with, and those that it ends with."""
    forward = [e for e in graph.edges if e.max_visits is None and e.source != e.target]
    led_to = {edge.target for edge in forward if edge.source in graph.nodes}
    led_from = {edge.source for edge in forward if edge.target in graph.nodes}
    return [n for n in graph.nodes if n not in led_to], [
        n for n in graph.nodes if n not in led_from
    ]


def _with_aliases(graph: GraphSpec, aliases: Mapping[str, str]) -> GraphSpec:
    """`graph` with the aliases in its nodes replaced; its only one where none is named."""
    only = aliases[next(iter(graph.models))] if len(graph.models) == 1 else ""
    nodes = {n: _with_aliases_at(node, aliases, only) for n, node in graph.nodes.items()}
    return graph.model_copy(update={"nodes": nodes})


def _with_aliases_at(node: NodeSpec, aliases: Mapping[str, str], only: str) -> NodeSpec:
    config = KINDS[node.kind].config if node.kind in KINDS else None
    if config is None or not issubclass(config, NodeConfig):
        return node
    fields = dict(node.fields)
    for name, meaning in meanings(config):
        if meaning == "model" and isinstance(fields.get(name, ""), str):
            alias = fields.get(name) or only
            fields[name] = aliases.get(alias, alias)
        elif meaning == "models" and isinstance(fields.get(name, []), list | tuple):
            named = fields.get(name) or ([only] if only else [])
            fields[name] = [aliases.get(alias, alias) for alias in named]
    return node.model_copy(update={"fields": fields})
