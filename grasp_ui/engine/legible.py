"""What of a graph can be read, and what is wrong with the rest."""

from dataclasses import dataclass, field

from pydantic import BaseModel, ValidationError

from grasp_ui.engine.call_settings import AliasSettings
from grasp_ui.engine.findings import meant, refused
from grasp_ui.engine.kind import KINDS, NodeConfig
from grasp_ui.engine.output import OutputSettings
from grasp_ui.model.graph import GraphSpec, NodeSpec
from grasp_ui.model.problem import Problem
from grasp_ui.model.value import JsonObject


@dataclass(slots=True)
class Parts:
    """The parts of a graph that could be read; see `Draft` for what each holds."""

    misread: list[Problem]
    configs: dict[str, NodeConfig] = field(default_factory=dict)
    naming: dict[str, NodeConfig] = field(default_factory=dict)
    models: dict[str, AliasSettings] = field(default_factory=dict)
    output: OutputSettings = field(default_factory=OutputSettings)
    output_is_misread: bool = False


def legible_parts(graph: GraphSpec) -> Parts:
    """Read every node, alias and the output of a graph, as far as it can be."""
    parts = Parts(list(graph.unread))
    for name, node in graph.nodes.items():
        if node.kind in KINDS:
            _read_node(parts, name, node)
        elif node.kind:
            parts.misread.append(
                Problem(
                    node=name,
                    field="kind",
                    what=f"There is no node kind named '{node.kind}'.",
                    fix=meant(node.kind, KINDS.parts),
                )
            )
    for alias, keys in graph.models.items():
        settings, problems = legible(AliasSettings, keys, below=f"models.{alias}")
        parts.misread += problems
        if isinstance(settings, AliasSettings):
            parts.models[alias] = settings
    try:
        parts.output = OutputSettings.model_validate(graph.output)
    except ValidationError as error:
        parts.misread += refused(error, OutputSettings, below="output")
        parts.output_is_misread = True
    return parts


def _read_node(parts: Parts, name: str, node: NodeSpec) -> None:
    config, problems = legible(KINDS[node.kind].config, node.fields, node=name)
    parts.misread += problems
    if isinstance(config, NodeConfig):
        parts.naming |= {} if config.disabled else {name: config}
        parts.configs |= {} if problems else {name: config}


def legible(
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


def said_to_write(node: NodeSpec) -> set[str]:
    """The variables that a node seems to write, where it could not be read."""
    schema = node.fields.get("json_schema")
    properties = schema.get("properties") if isinstance(schema, dict) else None
    names = {str(name) for name in properties} if isinstance(properties, dict) else set()
    return names | {str(node.fields["writes"])} if node.fields.get("writes") else names
