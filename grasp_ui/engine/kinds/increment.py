"""Increment: count up, or down."""

from typing import Annotated, Any

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import NodeConfig, Step, node_kind
from grasp_ui.engine.progress import RecordFailed
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import VariableName
from grasp_ui.registry import Look


class IncrementConfig(NodeConfig):
    """Add to a counter; the first time it begins at its start."""

    writes: Annotated[VariableName, Field(title="Variable", description="The counter.")] = "count"
    by: Annotated[int, Field(title="By", description="Below 0 it counts down.")] = 1
    start: Annotated[
        int, Field(title="Start", description="What it is added to the first time.")
    ] = 0


@node_kind(
    "increment",
    config=IncrementConfig,
    look=Look("Increment", "Count up, or down.", "Variables", "functions", "#b45309", order=1),
)
def increment(config: IncrementConfig, bench: Bench) -> Step:
    """Make the step that adds to the counter."""

    async def count(visit: Visit) -> None:
        present = visit.variables.get(config.writes, config.start)
        visit.write(config.writes, incremented(present, config))

    return count


def incremented(present: Any, config: IncrementConfig) -> int | float:
    """The counter after it was `present`.

    Raises:
        RecordFailed: `present` is no number (`not_a_number`).

    Example:
        >>> incremented(2, IncrementConfig(by=3)), incremented(0.5, IncrementConfig(by=-1))
        (5, -0.5)
    """
    if isinstance(present, bool) or not isinstance(present, int | float):
        raise RecordFailed(
            "not_a_number",
            f"'{config.writes}' is {type(present).__name__}, not a number, so nothing can be "
            "added to it. Let the node that writes it write a number.",
        )
    return present + config.by
