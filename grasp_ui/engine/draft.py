"""A drawn graph, read as far as it can be: what the rules look at."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from pydantic import BaseModel, ValidationError

from grasp_ui.engine.call_settings import AliasSettings
from grasp_ui.engine.findings import meant, refused
from grasp_ui.engine.kind import KINDS, NodeConfig
from grasp_ui.engine.output import OutputSettings
from grasp_ui.engine.plan import Surroundings
from grasp_ui.engine.shape import Branches, Shape
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from grasp_ui.model.problem import Problem
from grasp_ui.model.value import JsonObject


class Draft:
    """What of a graph could be read, and the problems that were met on the way.

    Attributes:
        configs: the nodes whose fields are right, in drawing order.
        naming: all that are not disabled, the wrong ones without their wrong keys.
        models: the aliases, likewise.
        arrows: the arrows between known nodes, without self-loops and duplicates.
        output: what is kept; the default where it could not be read.
        misread: problems with keys and values.
    """

    def __init__(self, graph: GraphSpec, surroundings: Surroundings) -> None:
        self.graph = graph
        self.surroundings = surroundings
        self.misread: list[Problem] = list(graph.unread)
        self.configs: dict[str, NodeConfig] = {}
        self.naming: dict[str, NodeConfig] = {}
        self.models: dict[str, AliasSettings] = {}
        self.output = OutputSettings()
        self.output_is_misread = False
        self._read_nodes()
        self._read_models()
        self._read_output()
        self.arrows = tuple(_sound(graph))

    @cached_property
    def shape(self) -> Shape:
        """The sound arrows as a graph without loops."""
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
                said = set() if config else _said_to_write(node)
                for variable in sorted(said | (legible.variables_written() if legible else set())):
                    found[variable].append(name)
        return found

    def is_written_before(self, variable: str, name: str) -> bool:
        """Whether a node before `name` writes `variable`."""
        return any(self.shape.is_before(writer, name) for writer in self.writers.get(variable, ()))

    def written_before(self, name: str) -> list[str]:
        """The variables that nodes before `name` write, in drawing order."""
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
        return before

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

    def nearest_before(self, name: str) -> Iterator[str]:
        """The working nodes directly before `name`; disabled ones are looked through."""
        for arrow in self.shape.into[name]:
            config = self.configs.get(arrow.source)
            if config is not None and config.disabled:
                yield from self.nearest_before(arrow.source)
            else:
                yield arrow.source

    def _read_nodes(self) -> None:
        for name, node in self.graph.nodes.items():
            if node.kind in KINDS:
                self._read_node(name, node)
            elif node.kind:
                self.misread.append(
                    Problem(
                        node=name,
                        field="kind",
                        what=f"There is no node kind named '{node.kind}'.",
                        fix=meant(node.kind, KINDS.parts),
                    )
                )

    def _read_node(self, name: str, node: NodeSpec) -> None:
        config, problems = _legible(KINDS[node.kind].config, node.fields, node=name)
        self.misread += problems
        if isinstance(config, NodeConfig):
            self.naming |= {} if config.disabled else {name: config}
            self.configs |= {} if problems else {name: config}

    def _read_models(self) -> None:
        for alias, keys in self.graph.models.items():
            settings, problems = _legible(AliasSettings, keys, below=f"models.{alias}")
            self.misread += problems
            if isinstance(settings, AliasSettings):
                self.models[alias] = settings

    def _read_output(self) -> None:
        try:
            self.output = OutputSettings.model_validate(self.graph.output)
        except ValidationError as error:
            self.misread += refused(error, OutputSettings, below="output")
            self.output_is_misread = True


def _legible(
    model: type[BaseModel], fields: JsonObject, *, below: str = "", node: str | None = None
) -> tuple[BaseModel | None, list[Problem]]:
    """The fields as `model`, without the wrong ones, and a problem for each of those."""
    try:
        return model.model_validate(fields), []
    except ValidationError as error:
        problems = list(refused(error, model, below=below, node=node))
        wrong = {found["loc"][0] for found in error.errors(include_url=False) if found["loc"]}
    try:
        rest = {key: value for key, value in fields.items() if key not in wrong}
        return model.model_validate(rest), problems
    except ValidationError:
        return None, problems


def _said_to_write(node: NodeSpec) -> set[str]:
    schema = node.fields.get("json_schema")
    properties = schema.get("properties") if isinstance(schema, dict) else None
    names = {str(name) for name in properties} if isinstance(properties, dict) else set()
    return names | {str(node.fields["writes"])} if node.fields.get("writes") else names


def _sound(graph: GraphSpec) -> Iterator[EdgeSpec]:
    seen: set[str] = set()
    for arrow in graph.edges:
        known = arrow.source in graph.nodes and arrow.target in graph.nodes
        if known and arrow.source != arrow.target and arrow.name not in seen:
            seen.add(arrow.name)
            yield arrow
