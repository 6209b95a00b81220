"""Calibration: what a score means in people's eyes, and how far the two are apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from grasp_ui.model.value import Value

Kind = Literal["isotonic", "affine"]
KINDS: tuple[Kind, ...] = ("isotonic", "affine")
BINS = 10
FEWEST_LABELS = 50
"""Below so many labels a fit would mostly follow chance: scores stay uncalibrated."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Bin:
    """Scores from `low` to `high`: their mean, and the mean of people's."""

    low: float
    high: float
    count: int
    score: float
    people: float


class Calibrator(Value):
    """A line of straight pieces from scores to what people would say; JSON, no pickle.

    `affine` has two points and goes on beyond them; `isotonic` is a rising staircase whose
    steps are joined. Either way the result is cut to 0 and 1.
    """

    kind: Kind
    scores: tuple[float, ...] = Field(min_length=1)
    people: tuple[float, ...] = Field(min_length=1)

    def apply(self, score: float) -> float:
        """What people would say of `score`, from 0 to 1.

        Example:
            >>> Calibrator(kind="affine", scores=(0, 1), people=(0.2, 0.6)).apply(0.5)
            0.4
        """
        if len(self.scores) == 1:
            return min(1.0, max(0.0, self.people[0]))
        place = 1
        while place < len(self.scores) - 1 and score > self.scores[place]:
            place += 1
        left, right = self.scores[place - 1], self.scores[place]
        low, high = self.people[place - 1], self.people[place]
        raised = low + (score - left) / (right - left) * (high - low)
        # Between two steps neither rounding nor a score outside leads beyond them.
        floor, ceiling = (low, high) if self.kind == "isotonic" else (0.0, 1.0)
        return min(1.0, ceiling, max(0.0, floor, raised))


@dataclass(frozen=True, slots=True)
class Fit:
    """A calibrator, or None where scores stay uncalibrated, and the reason for either.

    `errors` are the mean squared errors by cross-validation: of the scores as they are, and
    of both fits.
    """

    calibrator: Calibrator | None
    reason: str
    errors: dict[str, float]


def reliability(
    scores: Sequence[float], people: Sequence[float], *, bins: int = BINS
) -> tuple[Bin, ...]:
    """The reliability table: scores in `bins` equal steps; empty ones left out.

    Example:
        >>> [(b.count, b.people) for b in reliability([0.1, 0.12, 0.9], [0, 1, 1])]
        [(2, 0.5), (1, 1.0)]
    """
    groups: dict[int, list[tuple[float, float]]] = {}
    for score, said in zip(scores, people, strict=True):
        groups.setdefault(min(int(score * bins), bins - 1), []).append((score, said))
    return tuple(_bin(number, group, bins) for number, group in sorted(groups.items()))


def expected_calibration_error(
    scores: Sequence[float], people: Sequence[float], *, bins: int = BINS
) -> float | None:
    """ECE (Naeini et al. 2015): mean gap of score and people over `bins` steps.

    None without scores.

    Example:
        >>> expected_calibration_error([0.8, 0.8], [1, 0])
        0.3
    """
    if not scores:
        return None
    table = reliability(scores, people, bins=bins)
    return round(sum(b.count * abs(b.score - b.people) for b in table) / len(scores), 12)


def fit(scores: Sequence[float], people: Sequence[float], *, seed: int = 0) -> Fit:
    """The better of an isotonic and an affine fit, by 5-fold squared error.

    Nothing is fitted to fewer than 50 labels, nor where all scores are the same.
    """
    if len(scores) < FEWEST_LABELS:
        found = f"{len(scores)} labels of {FEWEST_LABELS}"
        return Fit(None, f"Uncalibrated: {found} that a fit needs.", {})
    if len(set(scores)) < 2:
        return Fit(None, "Uncalibrated: every score is the same.", {})
    errors = _errors(scores, people, seed)
    kind = min(KINDS, key=lambda name: errors[name])
    reason = f"The {kind} fit has the smaller error by cross-validation."
    if errors["as it is"] <= errors[kind]:
        reason = f"The scores as they are have a smaller error than the {kind} fit."
    return Fit(fitted(kind, scores, people), reason, errors)


def fitted(kind: Kind, scores: Sequence[float], people: Sequence[float]) -> Calibrator:
    """The fit of one kind to all of `scores`, however few."""
    return _isotonic(scores, people) if kind == "isotonic" else _affine(scores, people)


def _bin(number: int, group: Sequence[tuple[float, float]], bins: int) -> Bin:
    count = len(group)
    score = sum(score for score, _ in group) / count
    people = sum(said for _, said in group) / count
    return Bin(number / bins, (number + 1) / bins, count, score, people)


def _errors(scores: Sequence[float], people: Sequence[float], seed: int) -> dict[str, float]:
    """Mean squared errors of what is predicted for cases that the fit has not seen."""
    # numpy is loaded by whoever asks for a fit, not by every page.
    import numpy as np

    order = np.random.default_rng(seed).permutation(len(scores)).tolist()
    squares: dict[str, list[float]] = {"as it is": [], "isotonic": [], "affine": []}
    for fold in range(FOLDS):
        held = order[fold::FOLDS]
        rest = [place for number, place in enumerate(order) if number % FOLDS != fold]
        known, said = [scores[place] for place in rest], [people[place] for place in rest]
        fits = {kind: fitted(kind, known, said) for kind in KINDS}
        for place in held:
            squares["as it is"].append((scores[place] - people[place]) ** 2)
            for kind, line in fits.items():
                squares[kind].append((line.apply(scores[place]) - people[place]) ** 2)
    return {name: sum(found) / len(found) for name, found in squares.items()}


def _affine(scores: Sequence[float], people: Sequence[float]) -> Calibrator:
    """Least squares; where all scores are the same, a level line. It never falls."""
    count = len(scores)
    middle, said = sum(scores) / count, sum(people) / count
    spread = sum((score - middle) ** 2 for score in scores)
    along = sum((s - middle) * (p - said) for s, p in zip(scores, people, strict=True))
    slope = max(0.0, along / spread) if spread else 0.0
    start = said - slope * middle
    return Calibrator(kind="affine", scores=(0.0, 1.0), people=(start, start + slope))


def _isotonic(scores: Sequence[float], people: Sequence[float]) -> Calibrator:
    """Pool adjacent violators (Ayer et al. 1955); equal scores are one point."""
    together: dict[float, list[float]] = {}
    for score, said in zip(scores, people, strict=True):
        together.setdefault(score, []).append(said)
    blocks: list[tuple[float, int, list[float]]] = []
    for score, said_of in sorted(together.items()):
        blocks.append((sum(said_of), len(said_of), [score]))
        while len(blocks) > 1 and _mean(blocks[-2]) >= _mean(blocks[-1]):
            last, before = blocks.pop(), blocks.pop()
            blocks.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    points: dict[float, float] = {}
    for block in blocks:
        for score in (block[2][0], block[2][-1]):
            points[score] = _mean(block)
    return Calibrator(kind="isotonic", scores=tuple(points), people=tuple(points.values()))


def _mean(block: tuple[float, int, list[float]]) -> float:
    return block[0] / block[1]
