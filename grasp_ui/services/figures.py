"""Figures for a page: coefficients with intervals, values made comparable."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from grasp_ui.model.value import Scalar
from grasp_ui.store.judgements import Opinion
from grasp_ui.tagging.agreement import (
    Measure,
    Unit,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    interval,
    krippendorff_alpha,
    raw_agreement,
    squared,
    tally,
)
from grasp_ui.tagging.ranking import Estimate

RESAMPLES = 400
Z95 = 1.959964
"""Standard deviations on either side of the mean that hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One coefficient with its 95 % interval, or the reason why there is none."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str = ""


def levels(opinions: Sequence[Opinion]) -> list[Scalar]:
    """What was said, made comparable: values, or five levels of the score.

    Whole numbers, words and yes or no stand as they are. Where anything else is among them,
    all become 1 to 5 by their score; without a score that is None.
    """
    values = [opinion.value for opinion in opinions]
    if all(isinstance(value, str) for value in values):
        return values
    if all(isinstance(value, bool) for value in values):
        return values
    whole = [v for v in values if _is_number(v) and float(v or 0).is_integer()]
    if len(whole) == len(values) and any(float(value or 0) > 1 for value in whole):
        return [int(value or 0) for value in whole]
    return [None if o.score is None else 1 + round(4 * o.score) for o in opinions]


def in_order(units: Iterable[Unit]) -> tuple[Scalar, ...]:
    """The values that were given, numbers by size and words by alphabet."""
    given = {value for unit in units for value in unit if value is not None}
    numbers = sorted(value for value in given if isinstance(value, int | float))
    return (*numbers, *sorted(value for value in given if isinstance(value, str)))


def figures_of(units: Sequence[Unit], *, raters: int) -> tuple[Figure, ...]:
    """The coefficients that suit two raters, or several, and what they said."""
    is_scale = len(in_order(units)) > 2 and all(map(_is_number, in_order(units)))
    measures = {"Raw agreement": raw_agreement, **(_TWO if raters == 2 else _SEVERAL)}
    if is_scale and raters == 2:
        measures["Cohen, quadratic weights"] = partial(cohen_kappa, distance=squared)
    alpha = partial(krippendorff_alpha, level="ordinal" if is_scale else "nominal")
    measures["Krippendorff's alpha"] = alpha
    return tuple(_figure(name, units, measure) for name, measure in measures.items())


def kappa_of(units: Sequence[Unit]) -> Figure:
    """Cohen's kappa of two raters, with quadratic weights where they gave numbers."""
    is_scale = len(in_order(units)) > 2 and all(map(_is_number, in_order(units)))
    measure = partial(cohen_kappa, distance=squared) if is_scale else cohen_kappa
    return _figure("Cohen, quadratic weights" if is_scale else "Cohen's kappa", units, measure)


def share_with_interval(part: int, whole: int) -> Estimate:
    """A share with its 95 % interval (Wilson 1927), which suits small numbers.

    Example:
        >>> found = share_with_interval(5, 8)
        >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
        (0.625, 0.306, 0.863)
    """
    share, spread = part / whole, Z95**2 / whole
    middle = (share + spread / 2) / (1 + spread)
    width = Z95 * math.sqrt(share * (1 - share) / whole + spread / whole / 4) / (1 + spread)
    return Estimate(share, max(0.0, middle - width), min(1.0, middle + width), cases=whole)


_TWO: dict[str, Measure] = {"Cohen's kappa": cohen_kappa, "Gwet's AC1": gwet_ac1}
_SEVERAL: dict[str, Measure] = {"Fleiss' kappa": fleiss_kappa, "Gwet's AC1": gwet_ac1}


def _figure(name: str, units: Sequence[Unit], measure: Measure) -> Figure:
    rated = tally(units)
    found = measure(rated)
    if found.value is None:
        return Figure(name, None, reason=found.reason)
    low, high = interval(rated, measure, resamples=RESAMPLES) or (None, None)
    return Figure(name, found.value, low, high)


def _is_number(value: Scalar) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
