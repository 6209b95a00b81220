"""Every combination of the rows of several sources, and of lists of values."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Annotated, Any

from pydantic import Field

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.seed_source import (
    NestedSeeds,
    Place,
    Rows,
    SourceConfig,
    open_rows,
    seed_source,
)
from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Look

MOST_HELD = 100_000
"""Rows of each source behind the first that are held in memory."""


class CrossConfig(SourceConfig):
    """What is combined: sources, and lists of values by their variable."""

    sources: Annotated[
        tuple[NestedSeeds, ...],
        Field(
            title="Sources",
            description="Each as `seeds` itself would name it. The first may be of any length.",
        ),
    ] = ()
    lists: Annotated[
        dict[str, tuple[Any, ...]],
        Field(title="Lists", description='Values by variable: {"mood": ["calm", "annoyed"]}'),
    ] = Field(default_factory=dict)


LOOK = Look("Cross product", "Every combination of sources and lists.", icon="grid_view")


@seed_source("cross", config=CrossConfig, look=LOOK)
def cross(config: CrossConfig, place: Place) -> Rows:
    """One row for each combination, the last list changing fastest.

    The rows of the first source are read one by one, those of the others are held in memory.
    Of nothing there is one combination, an empty row.

    Raises:
        UnreadableFile: a source cannot be read, is too long to be held, or two have one column.
    """
    first, *others = config.sources or ({"kind": "inline", "rows": [{}]},)
    leading = open_rows(first, place)
    held = [_held(seeds, place) for seeds in others]
    held += [[{name: value} for value in values] for name, values in config.lists.items()]
    return Rows(_combined(leading, held), leading.place, leading.set_aside)


def _held(seeds: Mapping[str, Any], place: Place) -> list[JsonObject]:
    rows = open_rows(seeds, place)
    found: list[JsonObject] = []
    for row in rows:
        found.append(row)
        if len(found) > MOST_HELD:
            raise UnreadableFile(
                f"{rows.place} has more than {MOST_HELD} rows. Of the sources of a cross product "
                "only the first may be as long; put it there."
            )
        if place.only_columns:
            break
    return found


def _combined(
    leading: Iterator[JsonObject], others: list[list[JsonObject]]
) -> Iterator[JsonObject]:
    for row in leading:
        for parts in product(*others):
            yield _joined((row, *parts))


def _joined(parts: Iterable[JsonObject]) -> JsonObject:
    whole: JsonObject = {}
    for part in parts:
        twice = next((name for name in part if name in whole), None)
        if twice is not None:
            raise UnreadableFile(
                f"Two parts of the cross product have the column '{twice}'. Rename one "
                f"of them: `transform: [{{rename: {{{twice}: other}}}}]`."
            )
        whole |= part
    return whole
