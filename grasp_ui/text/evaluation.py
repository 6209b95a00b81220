"""The runs of words of evaluation sets, and whether a text has one of them."""

from collections.abc import Iterable
from typing import NamedTuple

from grasp_ui.text.shingles import WORD, WORD_RUN


class Found(NamedTuple):
    """A run of words that an evaluation set has too: where, [start, end), and whose."""

    start: int
    end: int
    source: str


class EvaluationRuns:
    """Every run of `WORD_RUN` words of some texts; about 200 bytes each.

    Example:
        >>> words = "a b c d e f g h i j k l m"
        >>> runs = EvaluationRuns([("exam.txt:1", words)])
        >>> runs.overlap("Say: A, b, c d e f g h i j k l m!")
        Found(start=5, end=32, source='exam.txt:1')
    """

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._sources: dict[str, str] = {}
        for source, text in texts:
            for run in _runs([word.casefold() for word in WORD.findall(text)]):
                self._sources.setdefault(run, source)

    def overlap(self, text: str) -> Found | None:
        """The first run of words of `text` that is known, whatever case and punctuation."""
        if not self._sources:
            return None
        for first, run in enumerate(_runs([word.casefold() for word in WORD.findall(text)])):
            if run in self._sources:
                places = [word.span() for word in WORD.finditer(text)]
                start, end = places[first][0], places[first + WORD_RUN - 1][1]
                return Found(start, end, self._sources[run])
        return None


def _runs(words: list[str]) -> Iterable[str]:
    return (" ".join(words[n : n + WORD_RUN]) for n in range(len(words) - WORD_RUN + 1))
