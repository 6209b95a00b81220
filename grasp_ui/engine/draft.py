"""A drawn graph, read as far as it can be: what the rules look at."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from grasp_ui.engine.kind import NodeConfig
from grasp_ui.engine.legible import legible_parts
from grasp_ui.engine.plan import Surroundings
from grasp_ui.engine.shape import Branches, Shape
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec


class Draft:
    """What of a graph could be read, and the problems that were met on the way.

    Attributes:
        configs: the nodes whose fields are right, in drawing order.
        naming: all that are not disabled, the wrong ones without their wrong keys.
        models: the aliases, likewise.
        arrows: the arrows between known nodes, without duplicates and endless self-loops.
        output: what is kept; the default where it could not be read.
        misread: problems with keys and values.
    """

    def __init__(self, graph: GraphSpec, surroundings: Surroundings) -> None:
        self.graph = graph
        self.surroundings = surroundings
        parts = legible_parts(graph)
        self.misread = parts.misread
        self.configs = parts.configs
        self.naming = parts.naming
        self.models = parts.models
        self.output = parts.output
        self.output_is_misread = parts.output_is_misread
        self.arrows = tuple(_sound(graph))

    @cached_property
    def shape(self) -> Shape:
        """The sound arrows as a graph without cycles, and its loops."""
        return Shape(tuple(self.graph.nodes), self.arrows)

    @cached_property
    def branches(self) -> Branches:
        """Which nodes can never run for the same record."""
        choosers = [name for name, config in self.configs.items() if config.chooses_one]
        return Branches(self.shape, choosers)

    def are_parallel(self, first: str, second: str) -> bool:
        """Whether both nodes can run for one record with neither waiting for the other."""
        return self.branches.are_parallel(first, second)

    @cached_property
    def working(self) -> Mapping[str, NodeConfig]:
        """The configs of the nodes that are not disabled."""
        return {name: config for name, config in self.configs.items() if not config.disabled}

    @cached_property
    def writers(self) -> Mapping[str, list[str]]:
        """Each variable and the working nodes that write it, in drawing order.

        Of a node that could not be read it is taken from what is written, so that one wrong key
        does not make every reader of its variables wrong too.
        """
        found: dict[str, list[str]] = defaultdict(list)
        for name, node in self.graph.nodes.items():
            config = self.configs.get(name)
            if config is None or not config.disabled:
                for variable in sorted(
                    config.variables_written() if config else _said_to_write(node)
                ):
                    found[variable].append(name)
        return found

    def is_written_before(self, variable: str, name: str) -> bool:
        """Whether a node before `name` writes `variable`, or one that goes round with it."""
        before, share = self.shape.is_before, self.shape.loops.share
        return any(before(w, name) or share(w, name) for w in self.writers.get(variable, ()))

    def carried_to(self, name: str) -> list[str]:
        """The variables that `name` can have from the round before alone."""
        before, share = self.shape.is_before, self.shape.loops.share
        return [
            variable
            for variable, writers in self.writers.items()
            if any(share(w, name) and not before(w, name) for w in writers)
        ]

    def written_before(self, name: str) -> list[str]:
        """The variables that can be written when `name` fires, in drawing order."""
        before = self._written_before.get(name, 0)
        return [v for place, v in enumerate(self.writers) if before >> place & 1]

    @cached_property
    def _written_before(self) -> Mapping[str, int]:
        """For each node the variables written before it, as bits: graphs may have thousands."""
        own: dict[str, int] = defaultdict(int)
        for place, writers in enumerate(self.writers.values()):
            for writer in writers:
                own[writer] |= 1 << place
        before: dict[str, int] = {}
        for name in self.shape.order:
            before[name] = 0
            for arrow in self.shape.into[name]:
                before[name] |= before[arrow.source] | own[arrow.source]
        for loop in self.shape.loops.found:
            going_round = 0
            for name in loop.body:
                going_round |= own[name]
            for name in loop.body:
                before[name] |= going_round
        return before

    @cached_property
    def conditions_at(self) -> Mapping[str, list[str]]:
        """The conditions that are asked when a node is done, arrows back included."""
        found: dict[str, list[str]] = defaultdict(list)
        for arrow in self.arrows:
            if arrow.when is not None:
                found[arrow.source].append(arrow.when)
        return found

    @cached_property
    def unread(self) -> list[str]:
        """The nodes that could not be read: they may speak, write and judge."""
        return [name for name in self.graph.nodes if name not in self.configs]

    @cached_property
    def speakers(self) -> list[str]:
        """The working nodes that append to the transcript."""
        return [name for name, config in self.working.items() if config.speaker()]

    @property
    def may_have_messages(self) -> bool:
        """Whether seeds may bring messages of their own."""
        columns = self.surroundings.seed_columns
        return columns is None or "messages" in columns

    def nearest_before(self, name: str) -> Iterator[str]:
        """The working nodes directly before `name`; disabled ones are looked through."""
        for arrow in self.shape.into[name]:
            config = self.configs.get(arrow.source)
            if config is not None and config.disabled:
                yield from self.nearest_before(arrow.source)
            else:
                yield arrow.source


def _said_to_write(node: NodeSpec) -> set[str]:
    schema = node.fields.get("json_schema")
    properties = schema.get("properties") if isinstance(schema, dict) else None
    names = {str(name) for name in properties} if isinstance(properties, dict) else set()
    return names | {str(node.fields["writes"])} if node.fields.get("writes") else names


def _sound(graph: GraphSpec) -> Iterator[EdgeSpec]:
    seen: set[str] = set()
    for arrow in graph.edges:
        known = arrow.source in graph.nodes and arrow.target in graph.nodes
        is_sound = arrow.source != arrow.target or arrow.max_visits is not None
        if known and is_sound and arrow.name not in seen:
            seen.add(arrow.name)
            yield arrow
