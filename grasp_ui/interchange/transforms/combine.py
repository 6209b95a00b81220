"""Makes one row of several that follow each other."""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated, Any

from pydantic import Field

from grasp_ui.interchange.rows import SetAside
from grasp_ui.interchange.seed_transform import Items, seed_transform
from grasp_ui.model.fields import Lines
from grasp_ui.model.value import JsonObject, Value
from grasp_ui.registry import Look
from grasp_ui.text.templates import plain

MOST = 1_000


class CombineConfig(Value):
    """How many rows become one, and what becomes of their columns."""

    rows: Annotated[int, Field(title="Rows", ge=2, le=MOST)] = 2
    shift: Annotated[
        int,
        Field(
            title="Shift",
            description="How many rows further the next one begins; as many as `rows`: no row "
            "is used twice.",
            ge=1,
        ),
    ] = 1
    join: Annotated[
        dict[str, str],
        Field(
            title="Joined",
            description="Columns that become one text, and what stands between the parts.",
        ),
    ] = Field(default_factory=dict)
    first: Annotated[
        Lines, Field(title="Of the first row", description="Columns taken from the first row.")
    ] = ()


LOOK = Look("Combine", "Makes one row of several that follow each other.", icon="merge")


@seed_transform("combine", config=CombineConfig, look=LOOK)
def combine(config: CombineConfig, rows: Iterator[JsonObject]) -> Items:
    """A row for each full window of rows; what is left over at the end makes none.

    Columns in neither `join` nor `first` keep all values, as `name_1`, `name_2`, …
    """
    window = deque(islice(rows, config.rows), maxlen=config.rows)
    number = 1
    while len(window) == config.rows:
        yield _combined(list(window), config, number)
        number += config.shift
        following = list(islice(rows, config.shift))
        if len(following) < config.shift:
            return
        window.extend(following)


def _combined(
    window: Sequence[JsonObject], config: CombineConfig, number: int
) -> JsonObject | SetAside:
    whole: JsonObject = {}
    for name in dict.fromkeys(name for row in window for name in row):
        made = _column(name, [row.get(name) for row in window], config)
        twice = next((key for key in made if key in whole), None)
        if twice is not None:
            return SetAside(number, f"two of its columns would be named '{twice}'", unit="row")
        whole |= made
    return whole


def _column(name: str, values: list[Any], config: CombineConfig) -> JsonObject:
    if name in config.join:
        parts = [plain(value) for value in values if value is not None]
        return {name: config.join[name].join(parts)}
    if name in config.first:
        return {name: values[0]}
    return {f"{name}_{place}": value for place, value in enumerate(values, start=1)}
