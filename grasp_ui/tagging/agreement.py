"""Agreement: how far raters say the same, beyond what chance alone would give.

All coefficients have the form 1 − observed / expected disagreement; they differ in what they
take for chance and in how far apart two values count. Each says its source.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from grasp_ui.model.value import Scalar

Unit = tuple[Scalar, ...]
"""What each rater said of one thing, in the order of the raters; None: nothing."""
Tally = Mapping[Unit, int]
Level = Literal["nominal", "ordinal", "interval"]
Distance = Callable[[Scalar, Scalar], float]
NO_OVERLAP = "No two raters rated the same thing."
ONE_VALUE = "Only one value was ever given, so chance alone agrees fully."
GAPS = "A rater left something out; this coefficient needs every rating."


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient, or None and the reason why there is none."""

    value: float | None
    reason: str = ""


Measure = Callable[[Tally], Coefficient]


def tally(units: Iterable[Iterable[Scalar]]) -> Counter[Unit]:
    """How often each pattern of ratings stands, as the coefficients take them.

    Example:
        >>> tally([("yes", "no"), ("yes", "no")])
        Counter({('yes', 'no'): 2})
    """
    return Counter(map(tuple, units))


def overlap(rated: Tally) -> int:
    """How many things two raters or more rated."""
    return sum(times for unit, times in rated.items() if len(_given(unit)) > 1)


def raw_agreement(rated: Tally) -> Coefficient:
    """Share of pairs of ratings of one thing that are equal (a mean over things).

    Example:
        >>> raw_agreement(tally([(1, 1), (1, 2)])).value
        0.5
    """
    shared = _shared(rated)
    if not shared:
        return Coefficient(None, NO_OVERLAP)
    return Coefficient(1 - _within(shared, differs))


def cohen_kappa(rated: Tally, *, distance: Distance | None = None) -> Coefficient:
    """Cohen's kappa of two raters (Cohen 1960); weighted by `distance` (1968).

    Chance is the product of what each of the two tends to say. `squared` gives the quadratic
    weights that suit a scale such as 1 to 5. What only one rated is passed over.

    Example:
        >>> round(cohen_kappa(tally([(1, 1), (1, 2), (2, 2), (2, 2)])).value, 3)
        0.5
    """
    both = {unit: times for unit, times in rated.items() if None not in unit}
    if not both:
        return Coefficient(None, NO_OVERLAP)
    far = distance or differs
    return _beyond_chance(_within(both, far), _by_own_habits(both, far, (0, 1)))


def davies_fleiss_kappa(rated: Tally) -> Coefficient:
    """Cohen's kappa of several raters, each with own habits (Davies & Fleiss 1982).

    Observed and expected disagreement are means over all pairs of raters.
    """
    whole = _whole(rated)
    if isinstance(whole, Coefficient):
        return whole
    pairs = list(combinations(range(len(next(iter(whole)))), 2))
    expected = sum(_by_own_habits(whole, differs, pair) for pair in pairs) / len(pairs)
    return _beyond_chance(_within(whole, differs), expected)


def fleiss_kappa(rated: Tally) -> Coefficient:
    """Fleiss' kappa (Fleiss 1971): chance is what all raters together tend to say.

    For two raters it is Scott's pi.
    """
    whole = _whole(rated)
    if isinstance(whole, Coefficient):
        return whole
    said = _said(whole)
    total = sum(said.values())
    expected = 1 - sum((times / total) ** 2 for times in said.values())
    return _beyond_chance(_within(whole, differs), expected)


def krippendorff_alpha(rated: Tally, *, level: Level = "nominal") -> Coefficient:
    """Krippendorff's alpha (Krippendorff 2011); ratings may be missing.

    `ordinal` and `interval` need values that can be ordered, or subtracted.

    Example:
        >>> round(krippendorff_alpha(tally([(1, 1), (1, 2), (2, None), (2, 2)])).value, 4)
        0.4444
    """
    shared = _shared(rated)
    if not shared:
        return Coefficient(None, NO_OVERLAP)
    said = _said(shared)
    far = _distance(level, said)
    total = sum(said.values())
    observed = sum(
        times * len(_given(unit)) * _apart(_given(unit), far) for unit, times in shared.items()
    )
    expected = sum(said[one] * said[other] * far(one, other) for one in said for other in said)
    return _beyond_chance(observed / total, expected / (total * (total - 1)))


def gwet_ac1(rated: Tally) -> Coefficient:
    """Gwet's AC1 (Gwet 2008): steady where nearly all ratings are of one category.

    Chance is Σ π(1 − π) / (categories − 1), π being the mean share of each category.
    """
    shared = _shared(rated)
    if not shared:
        return Coefficient(None, NO_OVERLAP)
    shares = _shares(rated)
    if len(shares) < 2:
        return Coefficient(None, ONE_VALUE)
    chance = sum(share * (1 - share) for share in shares.values()) / (len(shares) - 1)
    return _beyond_chance(_within(shared, differs), 1 - chance)


def confusion(rated: Tally, values: Sequence[Scalar]) -> list[list[int]]:
    """How often two raters said each of `values`: the first in rows.

    Example:
        >>> confusion(tally([(1, 1), (1, 2), (2, 2)]), (1, 2))
        [[1, 1], [0, 1]]
    """
    return [[rated.get((row, column), 0) for column in values] for row in values]


def differs(one: Scalar, other: Scalar) -> float:
    """1 for two values, 0 for one: the distance of categories."""
    return float(one != other)


def squared(one: Scalar, other: Scalar) -> float:
    """The squared difference of two numbers: the distance on an interval scale."""
    return (_number(one) - _number(other)) ** 2


def interval(
    rated: Tally, measure: Measure, *, seed: int = 0, resamples: int = 1000
) -> tuple[float, float] | None:
    """The 95 % interval of `measure`: percentiles of a bootstrap (Efron 1979).

    The same seed gives the same interval. None where the coefficient is not defined in nine of
    ten resamples: then there is too little to say.
    """
    # numpy takes 0.1 s to load, and pages without figures need none.
    import numpy as np

    total = sum(rated.values())
    if not total:
        return None
    units = list(rated)
    shares = [rated[unit] / total for unit in units]
    drawn = np.random.default_rng(seed).multinomial(total, shares, size=resamples)
    found = [_again(units, row, measure) for row in drawn.tolist()]
    defined = [value for value in found if value is not None]
    if len(defined) < 0.9 * resamples:
        return None
    low, high = np.percentile(defined, [2.5, 97.5])
    return float(low), float(high)


def _again(units: Sequence[Unit], counts: Sequence[int], measure: Measure) -> float | None:
    drawn = {unit: times for unit, times in zip(units, counts, strict=True) if times}
    return measure(drawn).value


def _beyond_chance(observed: float, expected: float) -> Coefficient:
    if expected <= 0:
        return Coefficient(None, ONE_VALUE)
    return Coefficient(1 - observed / expected)


def _given(unit: Unit) -> list[Scalar]:
    return [value for value in unit if value is not None]


def _shared(rated: Tally) -> Tally:
    """What two raters or more rated."""
    return {unit: times for unit, times in rated.items() if len(_given(unit)) > 1}


def _whole(rated: Tally) -> Tally | Coefficient:
    """`rated` where every rater rated everything; else why not."""
    if not _shared(rated):
        return Coefficient(None, NO_OVERLAP)
    if any(None in unit for unit in rated) or len(set(map(len, rated))) > 1:
        return Coefficient(None, GAPS)
    return rated


def _within(rated: Tally, far: Distance) -> float:
    """Mean over things of how far apart two ratings of one thing are."""
    total = sum(rated.values())
    return sum(times * _apart(_given(unit), far) for unit, times in rated.items()) / total


def _apart(values: Sequence[Scalar], far: Distance) -> float:
    pairs = list(combinations(values, 2))
    return sum(far(one, other) for one, other in pairs) / len(pairs)


def _by_own_habits(rated: Tally, far: Distance, pair: tuple[int, int]) -> float:
    """Expected distance where each of two raters speaks by habit alone."""
    first, second = Counter[Scalar](), Counter[Scalar]()
    for unit, times in rated.items():
        first[unit[pair[0]]] += times
        second[unit[pair[1]]] += times
    total = sum(rated.values())
    apart = sum(first[one] * second[other] * far(one, other) for one in first for other in second)
    return apart / total**2


def _said(rated: Tally) -> Counter[Scalar]:
    """How often each value was given, by whomever."""
    said = Counter[Scalar]()
    for unit, times in rated.items():
        for value in _given(unit):
            said[value] += times
    return said


def _shares(rated: Tally) -> dict[Scalar, float]:
    """Mean over things of the share of its ratings that each value has."""
    shares: dict[Scalar, float] = {}
    total = sum(times for unit, times in rated.items() if _given(unit))
    for unit, times in rated.items():
        for value in _given(unit):
            share = times / len(_given(unit)) / total
            shares[value] = shares.get(value, 0.0) + share
    return shares


def _distance(level: Level, said: Counter[Scalar]) -> Distance:
    match level:
        case "nominal":
            return differs
        case "interval":
            return squared
        case "ordinal":
            return _ranked(said)


def _ranked(said: Counter[Scalar]) -> Distance:
    """Krippendorff's ordinal distance: how many ratings lie between two values, squared."""
    middle, below = dict[Scalar, float](), 0.0
    for value in sorted(said, key=_number):
        middle[value] = below + said[value] / 2
        below += said[value]
    return lambda one, other: (middle[one] - middle[other]) ** 2


def _number(value: Scalar) -> float:
    if isinstance(value, int | float):
        return float(value)
    raise TypeError(
        f"{value!r} is no number: categories have no distance. Compare them as nominal."
    )
