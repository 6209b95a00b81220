"""Runs of words that are looked for in many texts."""

from collections.abc import Iterable
from typing import NamedTuple

from grasp_ui.tagging.wording import Run, runs_of


class RunIndex(NamedTuple):
    """Runs of one length, and the blocks of `size` words in a row that stand in them.

    A text that has such a run has a block of it at a place that `size` divides.
    """

    length: int
    size: int
    runs: frozenset[Run]
    blocks: frozenset[Run]


def run_index(runs: Iterable[Run], length: int) -> RunIndex:
    """`runs`, each of `length` words, to be looked for in texts."""
    size = (length + 1) // 2
    every = frozenset(runs)
    blocks = frozenset(run[n : n + size] for run in every for n in range(size))
    return RunIndex(length, size, every, blocks)


def runs_within(index: RunIndex, words: Run) -> frozenset[Run]:
    """The runs of `index` that stand in a text of these `words`: nearly always none.

    Example:
        >>> index = run_index([("b", "long"), ("c", "d")], 2)
        >>> runs_within(index, ("a", "b", "long", "c"))
        frozenset({('b', 'long')})
    """
    places = range(index.size)
    in_turn = zip(*(words[place :: index.size] for place in places), strict=False)
    if index.blocks.isdisjoint(in_turn):
        return frozenset()
    return index.runs.intersection(runs_of(words, index.length))


def place_of_run(words: Run, run: Run) -> int | None:
    """The number of the word at which `run` first begins in `words`; None: nowhere."""
    return next((n for n in range(len(words)) if words[n : n + len(run)] == run), None)
