"""Append: add to a list."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import NodeConfig, Step, node_kind
from grasp_ui.engine.progress import RecordFailed
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import PromptText, VariableName
from grasp_ui.registry import Look
from grasp_ui.text.values import value_template


class AppendConfig(NodeConfig):
    """Add a value to the end of a list; the first time it makes the list."""

    value: Annotated[
        PromptText,
        Field(
            title="Value",
            description="A text; nothing but `{name}` takes that variable's value with its type.",
        ),
    ] = ""
    writes: Annotated[VariableName, Field(title="Variable", description="The list.")] = "items"
    each: Annotated[
        bool, Field(title="Each item", description="Add the items of a list one by one.")
    ] = False
    unique: Annotated[
        bool, Field(title="Only new ones", description="Leave out what is in the list already.")
    ] = False


@node_kind(
    "append",
    config=AppendConfig,
    look=Look("Append", "Add to a list.", "Variables", "view_list", "#b45309", order=1),
)
def append(config: AppendConfig, bench: Bench) -> Step:
    """Make the step that writes the longer list."""
    fill = value_template(config.value, optional=bench.node.carried)

    async def add(visit: Visit) -> None:
        present = visit.variables.get(config.writes, [])
        value = fill(visit.variables)
        if not isinstance(present, list):
            raise RecordFailed("not_a_list", _complaint(config.writes, present))
        if config.each and not isinstance(value, list):
            raise RecordFailed("not_a_list", _complaint(config.value, value))
        added = value if config.each else [value]
        visit.write(config.writes, extended(present, added, unique=config.unique))

    return add


def extended(present: Sequence[Any], added: Sequence[Any], *, unique: bool = False) -> list[Any]:
    """A new list: `present`, then `added`; with `unique` only what is not there yet.

    Example:
        >>> extended([1, 1], [2, 1, 2]), extended([1, 1], [2, 1, 2], unique=True)
        ([1, 1, 2, 1, 2], [1, 1, 2])
    """
    if not unique:
        return [*present, *added]
    longer = list(present)
    for value in added:
        if value not in longer:
            longer.append(value)
    return longer


def _complaint(name: str, value: Any) -> str:
    return (
        f"'{name}' is {type(value).__name__}, not a list. Let the node that writes it write a list."
    )
