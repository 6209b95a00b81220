"""Agreement against scikit-learn and NLTK, to the ninth digit."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics import interval_distance
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score, confusion_matrix

from grasp_ui.tagging.agreement import (
    Coefficient,
    Tally,
    cohen_kappa,
    confusion,
    davies_fleiss_kappa,
    fleiss_kappa,
    gwet_ac1,
    interval,
    krippendorff_alpha,
    overlap,
    raw_agreement,
    squared,
    tally,
)

THREE = [(1, 1, 2), (2, 2, 2), (5, 4, 5), (3, 3, 3), (4, 4, 2), (1, 2, 1), (5, 5, 5), (3, 1, 3)]
GAPS = [(1, 1, None), (2, None, 3), (3, 3, 3), (None, 2, None), (1, 2, 2), (None, 3, 3)]
SCALE = [1, 2, 3, 4, 5]
triples = st.lists(st.tuples(*[st.integers(1, 4)] * 3), min_size=3, max_size=25)


def task(units: Sequence[Sequence[int | None]], **how: object) -> AnnotationTask:
    """The same ratings as NLTK takes them."""
    said = [
        (f"rater {rater}", thing, value)
        for thing, unit in enumerate(units)
        for rater, value in enumerate(unit)
        if value is not None
    ]
    return AnnotationTask(said, **how)


def pairs(first: int, second: int) -> tuple[list[int], list[int]]:
    """What two of the three raters said."""
    return [unit[first] for unit in THREE], [unit[second] for unit in THREE]


@pytest.mark.parametrize("raters", [(0, 1), (0, 2), (1, 2)])
@pytest.mark.parametrize("weights", [None, "quadratic"])
def test_cohens_kappa_is_that_of_scikit_learn(raters: tuple[int, int], weights: str | None) -> None:
    one, other = pairs(*raters)
    distance = squared if weights else None
    ours = cohen_kappa(tally(zip(one, other, strict=True)), distance=distance)
    theirs = cohen_kappa_score(one, other, labels=SCALE, weights=weights)
    assert ours.value == pytest.approx(theirs, abs=1e-9)


def test_a_confusion_matrix_is_that_of_scikit_learn() -> None:
    one, other = pairs(0, 1)
    ours = confusion(tally(zip(one, other, strict=True)), SCALE)
    assert ours == confusion_matrix(one, other, labels=SCALE).tolist()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (krippendorff_alpha, "alpha"),
        (fleiss_kappa, "pi"),
        (davies_fleiss_kappa, "multi_kappa"),
        (raw_agreement, "avg_Ao"),
    ],
)
def test_coefficients_of_three_raters_are_those_of_nltk(
    ours: Callable[[Tally], Coefficient], theirs: str
) -> None:
    assert ours(tally(THREE)).value == pytest.approx(getattr(task(THREE), theirs)(), abs=1e-9)


@pytest.mark.parametrize("units", [THREE, GAPS])
def test_alpha_is_that_of_nltk_with_gaps_and_on_an_interval_scale(
    units: list[tuple[int | None, ...]],
) -> None:
    nominal, far = (
        krippendorff_alpha(tally(units)),
        krippendorff_alpha(tally(units), level="interval"),
    )
    assert nominal.value == pytest.approx(task(units).alpha(), abs=1e-9)
    assert far.value == pytest.approx(task(units, distance=interval_distance).alpha(), abs=1e-9)


def test_ordinal_alpha_is_that_of_nltk_with_krippendorffs_distance() -> None:
    said = [value for unit in THREE for value in unit]

    def between(low: int, high: int) -> float:
        low, high = min(low, high), max(low, high)
        counts = sum(low <= value <= high for value in said)
        return (counts - (said.count(low) + said.count(high)) / 2) ** 2

    ours = krippendorff_alpha(tally(THREE), level="ordinal")
    assert ours.value == pytest.approx(task(THREE, distance=between).alpha(), abs=1e-9)


@given(triples)
def test_alpha_and_fleiss_are_those_of_nltk_for_any_ratings(units: list[tuple[int, ...]]) -> None:
    if len({value for unit in units for value in unit}) < 2:
        return
    told = task(units)
    assert krippendorff_alpha(tally(units)).value == pytest.approx(told.alpha(), abs=1e-9)
    assert fleiss_kappa(tally(units)).value == pytest.approx(told.pi(), abs=1e-9)


@given(triples)
def test_the_order_of_raters_and_things_does_not_matter(units: list[tuple[int, ...]]) -> None:
    turned = [unit[::-1] for unit in reversed(units)]
    for measure in (fleiss_kappa, krippendorff_alpha, gwet_ac1, davies_fleiss_kappa):
        assert measure(tally(units)).value == pytest.approx(measure(tally(turned)).value)


def test_ac1_stays_high_where_nearly_all_is_of_one_category() -> None:
    units = [("fine", "fine")] * 98 + [("fine", "bad"), ("bad", "fine")]
    # Pa = .98, and the share of "fine" is .99, so Pe = 2 × .99 × .01.
    assert gwet_ac1(tally(units)).value == pytest.approx((0.98 - 0.0198) / (1 - 0.0198))
    assert (cohen_kappa(tally(units)).value or 0) < 0


def test_one_category_alone_has_no_coefficient_and_says_why() -> None:
    for measure in (cohen_kappa, fleiss_kappa, krippendorff_alpha, gwet_ac1, davies_fleiss_kappa):
        found = measure(tally([(1, 1), (1, 1)]))
        assert found.value is None
        assert "one value" in found.reason


def test_raters_without_a_thing_in_common_have_no_coefficient_and_say_why() -> None:
    apart = tally([(1, None), (None, 2)])
    for measure in (raw_agreement, cohen_kappa, fleiss_kappa, krippendorff_alpha, gwet_ac1):
        found = measure(apart)
        assert (found.value, found.reason) == (None, "No two raters rated the same thing.")


def test_fleiss_says_that_it_needs_every_rating() -> None:
    assert "left something out" in fleiss_kappa(tally(GAPS)).reason


def test_words_have_no_distance_and_the_error_says_what_to_do() -> None:
    with pytest.raises(TypeError, match="Compare them as nominal"):
        krippendorff_alpha(tally([("a", "b"), ("a", "a")]), level="interval")


def test_an_interval_holds_the_figure_and_is_the_same_for_the_same_seed() -> None:
    rated = tally(THREE * 5)
    low, high = interval(rated, krippendorff_alpha, seed=3) or (1.0, 0.0)
    assert low < (krippendorff_alpha(rated).value or 0) < high
    assert interval(rated, krippendorff_alpha, seed=3) == (low, high)


def test_more_ratings_make_the_interval_narrower() -> None:
    found = [interval(tally(THREE * times), fleiss_kappa) or (0.0, 0.0) for times in (3, 12, 48)]
    widths = [high - low for low, high in found]
    assert all(wide > narrow for wide, narrow in pairwise(widths))


def test_where_resamples_are_mostly_undefined_there_is_no_interval() -> None:
    assert interval(tally([(1, 1), (1, 1), (2, 2)]), cohen_kappa) is None


def test_what_one_rater_alone_rated_is_no_overlap() -> None:
    assert overlap(tally(GAPS)) == 5
