"""Pick: draw from a list that earlier nodes or the seed wrote."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Annotated, Any

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import NodeConfig, Step, node_kind
from grasp_ui.engine.progress import RecordFailed
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import Meaning, ReadVariable, VariableName
from grasp_ui.registry import Look
from grasp_ui.text.templates import look_up, path_of


class PickConfig(NodeConfig):
    """Draw one item, or several different ones, from a list variable."""

    reads: Annotated[
        ReadVariable,
        Field(title="From", description="A list; or an object of options and their weights."),
    ] = "items"
    weights: Annotated[
        str,
        Meaning("reading"),
        Field(
            title="Weights",
            description="A list of numbers, one for each item. Empty: all weigh the same.",
            pattern=r"^([A-Za-z_][A-Za-z0-9_]*(\.\w+)*)?$",
        ),
    ] = ""
    draws: Annotated[
        int, Field(ge=1, le=1000, title="Draws", description="How many different items.")
    ] = 1
    writes: Annotated[
        VariableName, Field(title="Variable", description="Takes the item; a list of several.")
    ] = "item"


@node_kind(
    "pick",
    config=PickConfig,
    look=Look("Pick", "Draw from a list variable.", "Variables", "shuffle", "#b45309", order=1),
)
def pick(config: PickConfig, bench: Bench) -> Step:
    """Make the step that draws from the visit's own random source."""
    source, weights = path_of(config.reads), path_of(config.weights) if config.weights else None

    async def draw(visit: Visit) -> None:
        items, weighing = _weighed(config, look_up(visit.variables, source))
        if weights:
            weighing = _checked(config, look_up(visit.variables, weights), len(items))
        possible = sum(weight > 0 for weight in weighing)
        if possible < config.draws:
            raise RecordFailed(
                "too_few",
                f"{config.draws} to be drawn, but '{config.reads}' has {possible} that can be. "
                "Draw fewer, or let the list be longer.",
            )
        drawn = drawn_items(visit.random, items, weighing, config.draws)
        visit.write(config.writes, drawn if config.draws > 1 else drawn[0])

    return draw


def drawn_items(
    random: Random, items: Sequence[Any], weights: Sequence[float], draws: int
) -> list[Any]:
    """Different items (by place), in the order in which they were drawn.

    Example:
        >>> sorted(drawn_items(Random(7), ["a", "b", "c"], [1, 1, 0], 2))
        ['a', 'b']
    """
    left = {place: weight for place, weight in enumerate(weights) if weight > 0}
    drawn: list[Any] = []
    for _ in range(draws):
        [place] = random.choices(list(left), list(left.values()))
        drawn.append(items[place])
        del left[place]
    return drawn


def _weighed(config: PickConfig, found: Any) -> tuple[Sequence[Any], Sequence[float]]:
    if isinstance(found, Mapping):
        return list(found), _checked(config, list(found.values()), len(found))
    if isinstance(found, list):
        return found, [1.0] * len(found)
    raise RecordFailed(
        "not_a_list",
        f"'{config.reads}' is {type(found).__name__}, not a list. Split it first, or let the node "
        "that writes it write a list.",
    )


def _checked(config: PickConfig, weights: Any, wanted: int) -> Sequence[float]:
    if isinstance(weights, list) and len(weights) == wanted and all(map(_is_weight, weights)):
        return weights
    raise RecordFailed(
        "wrong_weights",
        f"The weights of '{config.reads}' are not {wanted} numbers of 0 or more.",
    )


def _is_weight(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and 0 <= value < float("inf")
