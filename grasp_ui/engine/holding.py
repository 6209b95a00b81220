"""Nodes that hold a graph: which, with what names, and what is changed in it."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from grasp_ui.engine.kind import NodeConfig
from grasp_ui.model.fields import NAME_PATTERN, Meaning
from grasp_ui.model.value import JsonObject, Value

HOLDERS = ("subgraph", "map")
BUILT_IN = ("record", "visit")


def _by_own_name(names: Any) -> Any:
    """A list of names stands for each by its own name."""
    return {str(n): str(n) for n in names} if isinstance(names, list | tuple) else names


Name = Annotated[str, Field(pattern=NAME_PATTERN)]
Renames = Annotated[
    dict[Name, Name],
    BeforeValidator(_by_own_name, json_schema_input_type=list[str] | dict[str, str]),
]
"""Names inside, and what they are outside."""


class Changes(Value):
    """What is changed in a graph that a node holds."""

    nodes: Annotated[dict[str, JsonObject], Field(title="Nodes")] = Field(default_factory=dict)
    models: Annotated[dict[str, JsonObject], Field(title="Models")] = Field(default_factory=dict)


class HoldingConfig(NodeConfig):
    """A node that holds a graph."""

    graph: Annotated[
        str,
        Meaning("graph"),
        Field(
            title="Graph",
            description="A file beside this one, such as `critique.yaml`, or an id: `own/NAME` or "
            "`example/NAME`.",
        ),
    ] = ""
    inputs: Annotated[
        Renames,
        Meaning("inputs"),
        Field(
            title="Inputs",
            description="Variables that have another name inside: `inside: outside`. All others "
            "are read by their own name.",
        ),
    ] = Field(default_factory=dict)
    outputs: Annotated[
        Renames,
        Meaning("outputs"),
        Field(
            title="Outputs",
            description="What can be read outside, `inside: outside`. What else it writes stays "
            "inside.",
        ),
    ] = Field(default_factory=dict)
    overrides: Annotated[
        Changes,
        Meaning("changes"),
        Field(
            title="Overrides",
            description="Fields of nodes and models inside, such as "
            "`{nodes: {critique: {rubric: helpfulness}}, models: {writer: {temperature: 0}}}`.",
        ),
    ] = Field(default_factory=Changes)

    def named(self) -> Iterator[tuple[str, frozenset[str]]]:
        """The variables that its inputs are."""
        yield "inputs", frozenset(self.inputs.values())

    def brings_in(self) -> tuple[str, ...]:
        """The variables that are there inside because of it."""
        return tuple(self.inputs)

    def variables_written(self) -> frozenset[str]:
        """Its outputs."""
        return frozenset(self.outputs.values())
