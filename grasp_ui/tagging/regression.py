"""Logistic regression with an L2 penalty, on labels that may be shares of people."""

import math
from typing import TYPE_CHECKING

from grasp_ui.tagging.learned import FARTHEST

# numpy is imported where a model is trained: using one does without.
if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

Fitted = tuple[list[float], list[float], list[float], float]
"""Means and scales of the features, their weights, and the intercept."""
STEPS, FAR_OUT = 50, 30.0


def fit_regression(whole: "Numbers", labels: "Numbers", penalty: float) -> Fitted:
    """Means, scales, weights and intercept of a logistic regression.

    A label between 0 and 1 counts as that share of a yes and the rest of a no (Papke &
    Wooldridge 1996). What it gives is scikit-learn's, without its four seconds of loading.
    """
    import numpy as np

    means, scales = whole.mean(axis=0), whole.std(axis=0)
    scales[scales < 1e-9] = 1.0
    standard = np.clip((whole - means) / scales, -FARTHEST, FARTHEST)
    weights = regress(standard, labels, strength=1 / penalty)
    return means.tolist(), scales.tolist(), weights[:-1].tolist(), float(weights[-1])


def regress(whole: "Numbers", labels: "Numbers", *, strength: float) -> "Numbers":
    """Weights of a logistic regression with an L2 penalty; intercept last.

    Newton's method; the intercept is not held back by the penalty.
    """
    import numpy as np

    rows = np.hstack([whole, np.ones((len(whole), 1))])
    pull = np.full(rows.shape[1], strength)
    pull[-1] = 1e-9
    weights = np.zeros(rows.shape[1])
    weights[-1] = _logit(float(labels.mean()))
    for _ in range(STEPS):
        chance = _chances(rows @ weights)
        slope = rows.T @ (chance - labels) + pull * weights
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(pull)
        step = np.linalg.solve(curve, slope)
        size = _step_size(rows, labels, pull, weights, step)
        weights = weights - size * step
        if float(np.abs(size * step).max()) < 1e-9:
            break
    return weights


def _step_size(
    rows: "Numbers", labels: "Numbers", pull: "Numbers", weights: "Numbers", step: "Numbers"
) -> float:
    """How much of a step to take: halved until it lowers the penalised loss, so none runs away."""

    def loss(at: "Numbers") -> float:
        import numpy as np

        odds = rows @ at
        return float((np.logaddexp(0, odds) - labels * odds).sum() + (pull * at**2).sum() / 2)

    size, now = 1.0, loss(weights)
    while size > 1e-6 and loss(weights - size * step) > now:
        size /= 2
    return size


def _chances(log_odds: "Numbers") -> "Numbers":
    import numpy as np

    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -FAR_OUT, FAR_OUT))))


def predict(fitted: Fitted, whole: "Numbers") -> "Numbers":
    """The probability of a yes for each row of `whole`."""
    import numpy as np

    means, scales, weights, intercept = fitted
    standard = np.clip((whole - np.array(means)) / np.array(scales), -FARTHEST, FARTHEST)
    return _chances(standard @ np.array(weights) + intercept)


def _logit(chance: float) -> float:
    safe = min(1 - 1e-6, max(1e-6, chance))
    return math.log(safe / (1 - safe))
