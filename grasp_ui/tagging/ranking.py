"""How well a number tells two groups apart: AUC, with its interval."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

# numpy and scikit-learn are imported where they are used: a page without figures loads neither.
if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

FEWEST = 30
"""From so many of the rarer kind on a figure is more than a hint."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval; `reason` says why there is none.

    `cases` is how many of the rarer kind it rests on.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    cases: int = 0
    reason: str = ""


def estimate(value: float, bounds: tuple[float, float] | None, *, cases: int) -> Estimate:
    """A figure with the bounds of its interval, if it has any."""
    low, high = bounds or (None, None)
    return Estimate(value, low, high, cases)


def auc(scores: Sequence[float], is_positive: Sequence[bool]) -> float | None:
    """Chance that a positive scores above a negative, ties half (Mann & Whitney 1947).

    Returns:
        0 to 1, .5 by chance; None without positives or without negatives.

    Example:
        >>> auc([0.9, 0.8, 0.1], [True, False, False])
        1.0
    """
    import numpy as np

    return _auc(np.asarray(scores, dtype=float), np.asarray(is_positive, dtype=bool))


def auc_with_interval(
    scores: Sequence[float],
    is_positive: Sequence[bool],
    *,
    groups: Sequence[Hashable] | None = None,
    seed: int = 0,
    resamples: int = 1000,
) -> Estimate:
    """AUC with its 95 % interval by a bootstrap over `groups`, else over cases.

    Messages of one conversation are alike, so they are drawn together.
    """
    import numpy as np

    values, good = np.asarray(scores, dtype=float), np.asarray(is_positive, dtype=bool)
    cases = int(min(good.sum(), (~good).sum()))
    found = _auc(values, good)
    if found is None:
        return Estimate(None, cases=0, reason="All cases are of one kind.")
    bounds = bootstrap(
        lambda chosen: _auc(values[chosen], good[chosen]),
        groups or range(len(values)),
        seed=seed,
        resamples=resamples,
    )
    return estimate(found, bounds, cases=cases)


def bootstrap(
    measure: Callable[[Any], float | None],
    groups: Sequence[Hashable],
    *,
    seed: int = 0,
    resamples: int = 1000,
) -> tuple[float, float] | None:
    """The 95 % interval of `measure(places)`: whole groups drawn again.

    None where the measure is not defined in nine of ten resamples.
    """
    import numpy as np

    members: dict[Hashable, list[int]] = {}
    for place, group in enumerate(groups):
        members.setdefault(group, []).append(place)
    parts = [np.asarray(places) for places in members.values()]
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(resamples):
        drawn = chance.integers(0, len(parts), len(parts))
        found.append(measure(np.concatenate([parts[part] for part in drawn])))
    defined = [value for value in found if value is not None]
    if len(defined) < 0.9 * resamples:
        return None
    low, high = np.percentile(defined, [2.5, 97.5])
    return float(low), float(high)


def _auc(scores: "Numbers", good: "NDArray[np.bool_]") -> float | None:
    import numpy as np

    wins, losses = int(good.sum()), int((~good).sum())
    if not wins or not losses:
        return None
    _, place, times = np.unique(scores, return_inverse=True, return_counts=True)
    # Equal scores share the mean of the ranks that they take.
    rank = (np.cumsum(times) - (times - 1) / 2)[place]
    return float((rank[good].sum() - wins * (wins + 1) / 2) / (wins * losses))
