"""Training a learned model, by cross-validation over whole conversations."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from grasp_ui.errors import GraspError
from grasp_ui.model.value import identity
from grasp_ui.tagging.calibration import expected_calibration_error, fit
from grasp_ui.tagging.features import Features
from grasp_ui.tagging.learned import Aim, Card, Kind, LearnedModel
from grasp_ui.tagging.ranking import Estimate, auc_with_interval
from grasp_ui.tagging.regression import fit_regression, predict

# numpy is imported where a model is trained: using one does without.
if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Fitting = Callable[[Numbers, Numbers, Numbers], Numbers]

FEWEST_LABELS = 50
FEWEST_OF_A_KIND = 10
FOLDS = 5
PENALTIES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
"""Inverse strengths of the L2 penalty to choose from, by cross-validation."""
LENGTH = "length of the "
NOT_FOR: dict[Aim, str] = {
    "quality": "It knows form, not facts: a fluent wrong answer looks good to it. Not for "
    "comparing models, languages or tasks that it was not trained on, and no reason to drop "
    "anything by itself.",
    "reject": "It knows what was rejected here, not why. Not for other data, other rules or "
    "other languages; it warns and never rejects by itself.",
}


class TooFewLabels(GraspError):
    """There are too few labels, or too few of one kind, to learn from."""


@dataclass(frozen=True, slots=True)
class Example:
    """What people said of one thing, from 0 to 1; `group` is the tree it is of."""

    features: Features
    label: float
    group: str


def train(
    examples: Sequence[Example], *, aim: Aim, kind: Kind, rules: Sequence[str] = (), seed: int = 0
) -> LearnedModel:
    """The model that fits `examples`; the same examples and seed give the same model.

    The penalty is chosen by cross-validation over whole groups. Card and calibrator come from
    predictions for groups that neither the fit nor that choice had seen.

    Raises:
        TooFewLabels: there is too little to learn from; the message says what is missing.
    """
    _check(examples)
    with _one_thread():
        return _trained(examples, aim=aim, kind=kind, rules=rules, seed=seed)


def _one_thread() -> AbstractContextManager[object]:
    """Numpy's threads wait for each other: on busy cores small fits are ten times slower."""
    # Comes with scikit-learn; only training needs it.
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits


def _trained(
    examples: Sequence[Example], *, aim: Aim, kind: Kind, rules: Sequence[str], seed: int
) -> LearnedModel:
    names = _telling(examples)
    held_out = predict_unseen(examples, seed=seed)
    fold_of = _folds([example.group for example in examples], seed)
    penalty = _best_penalty(_matrix(examples, names), _labels(examples), fold_of)
    means, scales, weights, intercept = fit_regression(
        _matrix(examples, names), _labels(examples), penalty
    )
    kept = [place for place, weight in enumerate(weights) if weight]
    model = LearnedModel(
        aim=aim,
        kind=kind,
        features=tuple(names[place] for place in kept),
        means=tuple(means[place] for place in kept),
        scales=tuple(scales[place] for place in kept),
        weights=tuple(weights[place] for place in kept),
        intercept=intercept,
        calibrator=fit(held_out, [example.label for example in examples], seed=seed).calibrator,
        rules=tuple(rules),
        card=_card(examples, held_out, penalty=penalty, features=len(kept), aim=aim),
    )
    trained_on = [(example.features, example.label, example.group) for example in examples]
    version = identity(trained_on, model.model_dump(mode="json"))[:8]
    return model.model_copy(update={"version": version})


def predict_unseen(
    examples: Sequence[Example], *, seed: int = 0, fitting: "Fitting | None" = None
) -> list[float]:
    """For each example the probability by a model that saw nothing of its group.

    The penalty is chosen anew in each fold. `fitting(known, labels, unseen)` stands in for
    the logistic regression, to compare with another way to learn.
    """
    names = _telling(examples)
    whole, labels = _matrix(examples, names), _labels(examples)
    groups = [example.group for example in examples]
    fold_of = _folds(groups, seed)
    found = labels.copy()
    with _one_thread():
        for fold in range(FOLDS):
            known, held = fold_of != fold, fold_of == fold
            inner = [group for group, is_known in zip(groups, known, strict=True) if is_known]
            fit_one = fitting or partial(_regression, groups=inner, seed=seed + 1 + fold)
            found[held] = fit_one(whole[known], labels[known], whole[held])
    return [float(chance) for chance in found]


def _telling(examples: Sequence[Example]) -> tuple[str, ...]:
    """The features that say something of enough examples, whatever people said of these.

    What nearly all have alike, such as a rule that hardly ever fired, can only be learned by
    chance.
    """
    told = Counter(name for one in examples for name, value in one.features.items() if value)
    return tuple(sorted(name for name, times in told.items() if times >= FEWEST_OF_A_KIND))


def _regression(
    known: "Numbers", labels: "Numbers", asked: "Numbers", *, groups: Sequence[str], seed: int
) -> "Numbers":
    """What a regression says of `asked`; its penalty is the best by cross-validation."""
    penalty = _best_penalty(known, labels, _folds(groups, seed))
    return predict(fit_regression(known, labels, penalty), asked)


def _check(examples: Sequence[Example]) -> None:
    bad = sum(example.label < 0.5 for example in examples)
    rarer, groups = min(bad, len(examples) - bad), len({example.group for example in examples})
    if len(examples) < FEWEST_LABELS or rarer < FEWEST_OF_A_KIND or groups < FOLDS:
        raise TooFewLabels(
            f"{len(examples)} labels in {groups} conversations, {rarer} of the rarer kind: too "
            f"few to learn from. It takes {FEWEST_LABELS} labels, {FEWEST_OF_A_KIND} of either "
            f"kind, from {FOLDS} conversations. Decide more on the Review page."
        )


def _matrix(examples: Iterable[Example], names: Sequence[str]) -> "Numbers":
    import numpy as np

    return np.array([[example.features.get(name, 0.0) for name in names] for example in examples])


def _labels(examples: Iterable[Example]) -> "Numbers":
    import numpy as np

    return np.array([example.label for example in examples], dtype=float)


def _folds(groups: Sequence[str], seed: int) -> "NDArray[np.int64]":
    """The fold of each place; a group is in one fold. It hangs on names and seed alone."""
    import numpy as np

    order = sorted(set(groups), key=lambda group: identity("fold", seed, group))
    fold = {group: number % FOLDS for number, group in enumerate(order)}
    return np.array([fold[group] for group in groups])


def _best_penalty(whole: "Numbers", labels: "Numbers", fold_of: "NDArray[np.int64]") -> float:
    return min(PENALTIES, key=lambda penalty: _loss(whole, labels, fold_of, penalty))


def _loss(
    whole: "Numbers", labels: "Numbers", fold_of: "NDArray[np.int64]", penalty: float
) -> float:
    """Cross-entropy of what is predicted for folds that were not seen."""
    import numpy as np

    lost = 0.0
    for fold in range(FOLDS):
        known, held = fold_of != fold, fold_of == fold
        if not held.any():
            continue
        chance = predict(fit_regression(whole[known], labels[known], penalty), whole[held])
        right, wrong = np.log(np.clip(chance, 1e-9, 1)), np.log(np.clip(1 - chance, 1e-9, 1))
        lost -= float((labels[held] * right + (1 - labels[held]) * wrong).sum())
    return lost


def _card(
    examples: Sequence[Example],
    held_out: Sequence[float],
    *,
    penalty: float,
    features: int,
    aim: Aim,
) -> Card:
    good = [example.label >= 0.5 for example in examples]
    groups = [example.group for example in examples]
    found = auc_with_interval(held_out, good, groups=groups)
    return Card(
        labels=len(examples),
        groups=len(set(groups)),
        rarer=min(sum(good), len(good) - sum(good)),
        features=features,
        auc=found.value,
        auc_low=found.low,
        auc_high=found.high,
        auc_of_length=_by_length(examples, good, groups).value,
        calibration_error=expected_calibration_error(held_out, [e.label for e in examples]),
        penalty=penalty,
        not_for=NOT_FOR[aim],
    )


def _by_length(
    examples: Sequence[Example], good: Sequence[bool], groups: Sequence[str]
) -> Estimate:
    """AUC of length alone, in the direction that fits: what a model has to beat."""
    length = [sum(v for n, v in e.features.items() if n.startswith(LENGTH)) for e in examples]
    found = auc_with_interval(length, good, groups=groups, resamples=1)
    if found.value is None or found.value >= 0.5:
        return found
    return Estimate(1 - found.value, cases=found.cases)
