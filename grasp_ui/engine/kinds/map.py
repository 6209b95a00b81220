"""The map: a graph for each element of a list."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from grasp_ui.engine.bench import Bench, steps_of
from grasp_ui.engine.holding import HoldingConfig
from grasp_ui.engine.kind import Step, node_kind
from grasp_ui.engine.passage import pass_elements
from grasp_ui.engine.progress import RecordFailed
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import NAME_PATTERN
from grasp_ui.registry import Look
from grasp_ui.text.templates import look_up, path_of


class MapConfig(HoldingConfig):
    """Run a graph once for each element of a list; its outputs become lists."""

    over: Annotated[
        str,
        Field(
            title="List",
            description="The variable with the elements, such as `plan.steps`.",
            pattern=r"^[A-Za-z_]\w*(\.\w+)*$",
        ),
    ] = "items"
    item: Annotated[
        str,
        Field(
            title="Element", description="What an element is called inside.", pattern=NAME_PATTERN
        ),
    ] = "item"
    at_once: Annotated[
        int, Field(ge=1, le=64, title="At once", description="How many elements at one time.")
    ] = 4

    def named(self) -> Iterator[tuple[str, frozenset[str]]]:
        """The list, and the variables that its inputs are."""
        yield "over", frozenset((self.over,))
        yield from super().named()

    def brings_in(self) -> tuple[str, ...]:
        """The element, and the inputs."""
        return (self.item, *self.inputs)


@node_kind(
    "map",
    config=MapConfig,
    look=Look("Map", "A graph for each element of a list.", "Flow", "repeat", "#334155"),
)
def map_over(config: MapConfig, bench: Bench) -> Step:
    """Make the step that runs the graph for each element and gathers what it wrote."""
    inside = bench.node.holds
    if inside is None:
        raise ValueError(f"The node '{bench.node.name}' was compiled without its graph.")
    steps = steps_of(inside, bench.world)
    hidden = {n for node in inside.nodes.values() for n in node.config.variables_written()}

    async def go_through(visit: Visit) -> None:
        known = visit.variables
        elements = look_up(known, path_of(config.over))
        if not isinstance(elements, list | tuple):
            raise RecordFailed(
                "not_a_list",
                f"'{config.over}' is no list but {type(elements).__name__}: there is nothing to go "
                "through. Let a JSON schema with an array write it.",
            )
        around = {name: value for name, value in known.items() if name not in hidden}
        named = {inner: known[outer] for inner, outer in config.inputs.items() if outer in known}
        rows = [{**around, **named, config.item: element} for element in elements]
        ended = await pass_elements(visit, inside, steps, rows, at_once=config.at_once)
        for inner, outer in config.outputs.items():
            visit.write(outer, [variables.get(inner) for variables in ended])

    return go_through
