"""What texts mean, as embeddings that are small enough to hold many of."""

import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from grasp_ui.text.corpus import Near

Vectors = npt.NDArray[np.int8]
WIDTH = 64
"""Numbers of an embedding, one byte each."""
LONGEST = 2000
"""So many characters of a text are embedded: it takes a millisecond for each thousand."""
BLOCK = 128
RECIPE = f"wordllama l2_supercat 256 cut to {WIDTH}, int8, first {LONGEST} characters"
_SCALE = 127.0


def vectors(texts: Sequence[str]) -> Vectors:
    """A row of `WIDTH` numbers for each text; zeros for one without words."""
    if not texts:
        return np.empty((0, WIDTH), np.int8)
    embedded = np.asarray(_model().embed([text[:LONGEST] or " " for text in texts]), np.float32)
    return np.round(np.nan_to_num(_unit(embedded)) * _SCALE).astype(np.int8)


class Meanings:
    """Embeddings in one order, asked for the nearest of those before a place.

    A block of neighbours is answered at once: one by one it takes thirty times as long.
    """

    def __init__(self, names: Sequence[str], held: Vectors) -> None:
        self._names = names
        self._held = _unit(held.astype(np.float32))
        self._first = 0
        self._answers: list[Near | None] = []

    def nearest(self, place: int) -> Near | None:
        """The one before `place` that is nearest, with the cosine; None for the first."""
        if not self._first <= place < self._first + len(self._answers):
            self._first, self._answers = place, self._block(place)
        return self._answers[place - self._first]

    def _block(self, first: int) -> list[Near | None]:
        asked = self._held[first : first + BLOCK]
        cosines = asked @ self._held[: first + len(asked)].T
        for row in range(len(asked)):
            cosines[row, first + row :] = -1
        best = np.argmax(cosines, axis=1)
        return [
            Near(self._names[column], float(cosines[row, column])) if first + row else None
            for row, column in enumerate(best.tolist())
        ]


def _unit(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: npt.NDArray[np.float32] = rows / np.maximum(lengths, 1e-9).astype(np.float32)
    return unit


@cache
def _model() -> Any:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    # Takes a second, and sets up logging for the whole program, which is taken back.
    import wordllama

    root.handlers[:] = handlers
    root.setLevel(level)
    folder = Path(wordllama.__file__).parent
    return wordllama.WordLlama.load(cache_dir=folder, trunc_dim=WIDTH, disable_download=True)
