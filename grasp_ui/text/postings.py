"""Which places have a key: many known from the start, others added one by one."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
COARSE = 24
MOST = 64
"""So many of the first places of one key are given: a key that thousands have tells little."""


class Postings:
    """Places by key. Each row of `keys` has the keys of the place with its number.

    The first ones are sorted arrays (12 bytes a key), what is added later is in a dict. With
    `coarse`, 40 bits of a key count: many keys are sorted ten times as fast, and places may be
    given that have another one.
    """

    def __init__(self, keys: Keys, *, coarse: bool = False) -> None:
        rows, width = keys.shape
        self._shift = np.uint64(COARSE if coarse and rows < 2**COARSE else 0)
        numbers = np.repeat(np.arange(rows, dtype=np.uint64), width)
        flat = keys.reshape(-1) >> self._shift
        if self._shift:
            both = np.sort((flat << self._shift) | numbers)
            self._keys: Keys = both >> self._shift
            self._places = (both & np.uint64(2**COARSE - 1)).astype(np.int32)
        else:
            order = np.argsort(flat, kind="stable")
            self._keys, self._places = flat[order], numbers[order].astype(np.int32)
        self._added: dict[int, list[int]] = {}
        self.size = rows

    def add(self, keys: Keys) -> None:
        """One more place, with the next number."""
        for key in (keys >> self._shift).tolist():
            self._added.setdefault(key, []).append(self.size)
        self.size += 1

    def places(self, keys: Keys, *, before: int) -> Places:
        """The places under `before` that have one of `keys`, each once, in order."""
        keys = keys >> self._shift
        starts = np.searchsorted(self._keys, keys, side="left")
        ends = np.searchsorted(self._keys, keys, side="right")
        found = [
            self._places[start : min(end, start + MOST)]
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
            if end > start
        ]
        if self._added:
            found += [np.array(places, np.int32) for places in self._later(keys)]
        if not found:
            return np.empty(0, np.int64)
        both = np.concatenate(found).astype(np.int64)
        earlier = both[both < before]
        return np.unique(earlier) if len(found) > 1 else earlier

    def _later(self, keys: Keys) -> Sequence[list[int]]:
        return [self._added[key][:MOST] for key in keys.tolist() if key in self._added]
