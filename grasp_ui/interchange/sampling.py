"""Samples that are the same each time.

A row is drawn by a hash of the seed and its number.
A larger sample of the same seed holds every smaller one.
"""

import heapq
from collections.abc import Iterator
from hashlib import blake2b

from grasp_ui.model.value import JsonObject

_SPAN = 2**64


def share_of(rows: Iterator[JsonObject], share: float, seed: int) -> Iterator[JsonObject]:
    """About `share` (0 to 1) of the rows, in their order."""
    limit = int(share * _SPAN)
    return (row for number, row in enumerate(rows) if _rank(seed, number) < limit)


def some_of(rows: Iterator[JsonObject], count: int, seed: int) -> Iterator[JsonObject]:
    """`count` rows, each with the same chance, in their order; all of fewer.

    All rows are read before the first is given; `count` of them are held in memory.
    """
    drawn: list[tuple[int, int, JsonObject]] = []
    for number, row in enumerate(rows):
        entry = (-_rank(seed, number), number, row)
        if len(drawn) < count:
            heapq.heappush(drawn, entry)
        elif entry[0] > drawn[0][0]:
            heapq.heapreplace(drawn, entry)
    yield from (row for _, _, row in sorted(drawn, key=lambda entry: entry[1]))


def _rank(seed: int, number: int) -> int:
    """A number from 0 to 2**64, as if drawn for this row."""
    digest = blake2b(b"%d %d" % (seed, number), digest_size=8).digest()
    return int.from_bytes(digest, "big")
