"""Calibration: bins, the error, fits, and when there is none."""

from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from grasp_ui.tagging.calibration import (
    FEWEST_LABELS,
    Calibrator,
    expected_calibration_error,
    fit,
    fitted,
    reliability,
)

unit = st.floats(0, 1).map(lambda number: round(number, 2))
labelled = st.lists(st.tuples(unit, unit), min_size=5, max_size=60)


def judged(count: int, seed: int = 1) -> tuple[list[float], list[float]]:
    """Scores of a judge who is too sure, and what people said."""
    chance = Random(seed)
    scores = [round(chance.random(), 3) for _ in range(count)]
    return scores, [float(chance.random() < 0.3 + 0.4 * score) for score in scores]


def test_the_reliability_table_counts_every_score_once() -> None:
    table = reliability([0.0, 0.05, 0.1, 0.95, 1.0], [0, 0, 1, 1, 1])
    assert [(row.low, row.count, row.people) for row in table] == [
        (0.0, 2, 0),
        (0.1, 1, 1),
        (0.9, 2, 1),
    ]


def test_a_score_that_is_always_right_has_no_error() -> None:
    assert expected_calibration_error([0.0, 1.0, 1.0], [0, 1, 1]) == 0


def test_the_error_is_the_mean_gap_by_bins() -> None:
    # Gaps of .2 (two scores) and .4 (one): (2 × .2 + 1 × .4) / 3.
    assert expected_calibration_error([0.3, 0.3, 0.6], [0.5, 0.5, 1.0]) == pytest.approx(0.8 / 3)


def test_without_scores_there_is_no_error() -> None:
    assert expected_calibration_error([], []) is None


def test_below_fifty_labels_a_score_stays_uncalibrated_and_says_so() -> None:
    found = fit(*judged(FEWEST_LABELS - 1))
    assert (found.calibrator, found.reason.split(":")[0]) == (None, "Uncalibrated")
    assert "49 labels of 50" in found.reason


def test_from_fifty_labels_on_there_is_a_fit() -> None:
    assert fit(*judged(FEWEST_LABELS)).calibrator is not None


def test_equal_scores_cannot_be_fitted() -> None:
    assert "every score is the same" in fit([0.5] * 60, [0.0, 1.0] * 30).reason


def test_a_fit_lowers_the_error_of_a_judge_who_is_too_sure() -> None:
    scores, people = judged(400)
    line = fit(scores, people).calibrator
    assert line is not None
    new, new_people = judged(2000, seed=2)
    before = expected_calibration_error(new, new_people)
    after = expected_calibration_error([line.apply(score) for score in new], new_people)
    assert (after or 1) < 0.5 * (before or 0)


def test_the_fit_with_the_smaller_error_is_chosen() -> None:
    scores = [number / 200 for number in range(200)]
    steps = fit(scores, [float(score > 0.6) for score in scores])
    straight = fit(scores, [0.2 + 0.5 * score for score in scores])
    kinds = [found.calibrator.kind for found in (steps, straight) if found.calibrator]
    assert kinds == ["isotonic", "affine"]


@given(labelled)
def test_the_isotonic_fit_is_that_of_scikit_learn(pairs: list[tuple[float, float]]) -> None:
    scores, people = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    ours = fitted("isotonic", scores, people)
    theirs = IsotonicRegression(out_of_bounds="clip").fit(scores, people)
    asked = [number / 50 for number in range(51)]
    assert [ours.apply(score) for score in asked] == pytest.approx(theirs.predict(asked).tolist())


ROUNDED_UP = [(0.0, 0.29), (0.0, 0.14), (0.0, 0.11), (1.0, 0.0), (1.0, 0.0), (1.0, 1.0)]
"""Labels of which a step, half-way between two of them, comes out a last digit too high."""


@given(labelled, st.sampled_from(["isotonic", "affine"]))
@example([*ROUNDED_UP, (1.0, 0.75), (0.5, 0.5)], "isotonic")
def test_a_fit_never_turns_the_order_round_and_stays_between_0_and_1(
    pairs: list[tuple[float, float]], kind: str
) -> None:
    line = fitted(
        "isotonic" if kind == "isotonic" else "affine", *map(list, zip(*pairs, strict=True))
    )
    said = [line.apply(number / 20) for number in range(21)]
    assert said == sorted(said)
    assert 0 <= said[0] <= said[-1] <= 1


@given(labelled)
def test_a_calibrator_is_the_same_after_json(pairs: list[tuple[float, float]]) -> None:
    line = fitted("isotonic", [pair[0] for pair in pairs], [pair[1] for pair in pairs])
    assert Calibrator.model_validate_json(line.model_dump_json()) == line
