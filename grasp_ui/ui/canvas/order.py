"""The order in a graph's file: a router takes the first arrow that holds."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

Item = TypeVar("Item")
Renames = Mapping[str, str]
Places = Iterable[tuple[str, str]]
"""Ids of nodes or arrows, each with the one that it stands after ("" for the first), in order."""


def renamed_key(key: str, renames: Renames) -> str:
    """The id of a node or an arrow after `renames`."""
    ends, mark, number = key.partition(" #")
    return " -> ".join(renames.get(end, end) for end in ends.split(" -> ")) + mark + number


def in_place(
    edited: Mapping[str, Item], before: Mapping[str, object], renames: Renames
) -> dict[str, Item]:
    """`edited` in the order of `before`: what was renamed stands where it stood."""
    order = [key if key in edited else renamed_key(key, renames) for key in before]
    return {key: edited[key] for key in [*order, *edited] if key in edited}


def arranged(items: Mapping[str, Item], places: Places) -> dict[str, Item]:
    """`items` with `places` taken; what stands after something gone is last."""
    wanted = [(key, before) for key, before in places if key in items]
    free = {key for key, _ in wanted}
    order = [key for key in items if key not in free]
    for key, before in wanted:
        at = order.index(before) + 1 if before in order else len(order)
        order.insert(at if before else 0, key)
    return {key: items[key] for key in order}
