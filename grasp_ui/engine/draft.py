"""A drawn graph, read as far as it can be: what the rules look at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from grasp_ui.engine.holding import HoldingConfig
from grasp_ui.engine.inline import Held, flattened
from grasp_ui.engine.kind import NodeConfig
from grasp_ui.engine.legible import legible_parts, said_to_write
from grasp_ui.engine.plan import Surroundings
from grasp_ui.engine.shape import Branches, Shape
from grasp_ui.model.graph import EdgeSpec, GraphSpec


class Draft:
    """What of a graph could be read, and the problems that were met on the way.

    Attributes:
        drawn: the graph as it was drawn; `graph` has what its nodes hold in their places.
        flat: how the one became the other.
        configs: the nodes whose fields are right, in drawing order.
        naming: all that are not disabled, the wrong ones without their wrong keys.
        models: the aliases, likewise.
        arrows: the arrows between known nodes, without duplicates and endless self-loops.
        output: what is kept; the default where it could not be read.
        misread: problems with keys and values.
    """

    def __init__(self, drawn: Held, surroundings: Surroundings) -> None:
        self.drawn = drawn
        self.surroundings = surroundings
        self.flat = flattened(drawn, surroundings.graphs)
        self.graph = self.flat.graph
        parts = legible_parts(self.graph)
        self.misread = [*parts.misread, *self.flat.problems]
        self.configs = parts.configs
        self.naming = parts.naming
        self.models = parts.models
        self.output = parts.output
        self.output_is_misread = parts.output_is_misread
        self.arrows = tuple(_sound(self.graph))

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

        Of a node that could not be read it is taken from what is written too, so that one wrong
        key does not make every reader of its variables wrong.
        """
        found: dict[str, list[str]] = defaultdict(list)
        for name, node in self.graph.nodes.items():
            config = self.configs.get(name)
            if config is None or not config.disabled:
                legible = config or self.naming.get(name)
                said = set() if config else said_to_write(node)
                written = said | (legible.variables_written() if legible else set())
                for variable in sorted(self.actual(name, one) for one in written):
                    found[variable].append(name)
        return found

    def actual(self, name: str, variable: str) -> str:
        """What a variable that is named at a node is called in the record."""
        known = self.flat.actual.get(name)
        return known(variable) if known else variable

    def begins_at(self, name: str) -> str:
        """Where what a node needs has to be there: for a subgraph, on the way in."""
        return f"{name}/" if name in self.flat.opened else name

    def seen_at(self, name: str, variables: Iterable[str]) -> list[str]:
        """Variables of the record, as the node `name` has to call them."""
        known = list(dict.fromkeys(variables))
        if name not in self.flat.actual:
            return [one for one in known if "/" not in one]
        short = (one.rpartition("/")[2] for one in known)
        holder = self.configs.get(name.rpartition("/")[0])
        renamed = (*holder.inputs, *holder.outputs) if isinstance(holder, HoldingConfig) else ()
        every = dict.fromkeys((*renamed, *short))
        return [one for one in every if self.actual(name, one) in known]

    @cached_property
    def held(self) -> Mapping[str, "Draft"]:
        """The graphs that maps run for each element, by the path of the map."""
        return {path: _held_draft(self, path) for path in self.flat.held}

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
        return _bits_written(self)

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
        return [name for name, config in self.working.items() if config.adds_messages()]

    @property
    def may_have_messages(self) -> bool:
        """Whether seeds may bring messages of their own."""
        columns = self.surroundings.seed_columns
        return columns is None or "messages" in columns


def _bits_written(draft: Draft) -> Mapping[str, int]:
    """For each node the variables written before it, as bits: graphs may have thousands."""
    own: dict[str, int] = defaultdict(int)
    for place, writers in enumerate(draft.writers.values()):
        for writer in writers:
            own[writer] |= 1 << place
    before: dict[str, int] = {}
    for name in draft.shape.order:
        before[name] = 0
        for arrow in draft.shape.into[name]:
            before[name] |= before[arrow.source] | own[arrow.source]
    for loop in draft.shape.loops.found:
        going_round = 0
        for name in loop.body:
            going_round |= own[name]
        for name in loop.body:
            before[name] |= going_round
    return before


def nearest_before(draft: Draft, name: str) -> Iterator[str]:
    """The working nodes directly before `name`; disabled ones are looked through.

    So are the ways into a subgraph and out of it.
    """
    for arrow in draft.shape.into[name]:
        config = draft.configs.get(arrow.source)
        if arrow.source == f"{name}/":
            continue
        is_way = draft.flat.way_in(arrow.source) or arrow.source in draft.flat.opened
        if is_way or (config is not None and config.disabled):
            yield from nearest_before(draft, arrow.source)
        else:
            yield arrow.source


def _held_draft(draft: Draft, path: str) -> Draft:
    """The graph of a map, which can name what is there before the map, and the element."""
    held, config = draft.flat.held[path], draft.configs.get(path)
    columns = draft.surroundings.seed_columns
    if columns is not None and isinstance(config, HoldingConfig):
        before = draft.seen_at(path, (*columns, *draft.written_before(path)))
        columns = tuple(dict.fromkeys((*before, *config.brings_in())))
    models = held.graph.model_copy(update={"models": draft.graph.models})
    around = replace(draft.surroundings, seed_columns=columns)
    return Draft(replace(held, graph=models), around)


def _sound(graph: GraphSpec) -> Iterator[EdgeSpec]:
    seen: set[str] = set()
    for arrow in graph.edges:
        known = arrow.source in graph.nodes and arrow.target in graph.nodes
        is_sound = arrow.source != arrow.target or arrow.max_visits is not None
        if known and is_sound and arrow.name not in seen:
            seen.add(arrow.name)
            yield arrow
