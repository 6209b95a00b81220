"""AUC, and the interval that says how far to trust it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from grasp_ui.tagging.ranking import auc, auc_with_interval, bootstrap

cases = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=40)


@given(cases)
def test_auc_is_that_of_scikit_learn_with_ties(pairs: list[tuple[int, bool]]) -> None:
    scores, good = [float(score) for score, _ in pairs], [is_good for _, is_good in pairs]
    if len(set(good)) == 2:
        assert auc(scores, good) == pytest.approx(roc_auc_score(good, scores))
    else:
        assert auc(scores, good) is None


def test_cases_of_one_kind_have_no_auc_and_say_why() -> None:
    found = auc_with_interval([0.1, 0.2], [True, True])
    assert (found.value, found.reason) == (None, "All cases are of one kind.")


def test_the_interval_holds_the_figure_and_is_the_same_for_a_seed() -> None:
    scores, good = [number % 10 for number in range(60)], [number % 10 > 5 for number in range(60)]
    noisy = [score if number % 7 else 9 - score for number, score in enumerate(scores)]
    found = auc_with_interval(noisy, good)
    assert (found.low or 1) < (found.value or 0) < (found.high or 0)
    assert auc_with_interval(noisy, good) == found


def test_what_is_of_one_group_is_drawn_together() -> None:
    # Ten copies of two cases each know no more than the two cases do.
    groups = ["a"] * 10 + ["b"] * 10
    low, high = bootstrap(lambda chosen: float((chosen < 10).mean()), groups) or (1, 0)
    assert (low, high) == (0.0, 1.0)


def test_the_rarer_kind_is_counted() -> None:
    assert auc_with_interval([1, 2, 3, 4], [True, False, False, False]).cases == 1
