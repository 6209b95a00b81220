from math import log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.judging.ask import ask, examination
from grasp_ui.judging.parse import UnreadableJudgement, expected_score
from grasp_ui.judging.wording import token_names
from tests.judging.judges import RUBRICS

RUBRIC = RUBRICS["helpfulness"]
EXAM = examination(RUBRIC, "expected_score")
TEN = RUBRICS["mt_bench"]


def test_the_levels_are_weighed_by_their_probability() -> None:
    found = expected_score(RUBRIC, [("3", log(0.5)), ("4", log(0.5))])
    assert (found.value, found.score) == (3.5, 0.625)
    assert found.evidence["levels"]["3"] == pytest.approx(0.5)


@pytest.mark.parametrize("token", ["4", " 4", "▁4", "Ġ4", "4.", "**4", '"4"'])
def test_a_level_is_known_in_each_of_its_spellings(token: str) -> None:
    assert expected_score(RUBRIC, [(token, 0.0)]).value == 4


@pytest.mark.parametrize("token", ["6", "0", "45", "4.5", "four", "-4x", "", "½"])
def test_what_is_no_level_is_not_made_one(token: str) -> None:
    with pytest.raises(UnreadableJudgement) as caught:
        expected_score(RUBRIC, [(token, 0.0)])
    assert caught.value.code == "no_level"


def test_levels_that_are_less_likely_than_the_rest_are_no_judgement() -> None:
    with pytest.raises(UnreadableJudgement, match="likeliest: 'The'"):
        expected_score(RUBRIC, [("The", log(0.6)), ("4", log(0.4))])


def test_levels_without_a_digit_have_letters() -> None:
    assert token_names(TEN) == dict(zip("ABCDEFGHIJ", range(1, 11), strict=True))
    assert expected_score(TEN, [("J", log(0.6)), (" j", log(0.4))]).value == 10


def test_the_version_names_the_method() -> None:
    assert EXAM.version == f"helpfulness@{RUBRIC.version}/expected_score"


def test_the_judge_is_told_every_level_and_asked_for_one() -> None:
    system, user = ask(EXAM, "User: Hi", Random(1))
    assert all(sentence in system["content"] for sentence in RUBRIC.dimensions[0].levels.values())
    assert user["content"].endswith("Answer with one of 1, 2, 3, 4, 5, and nothing else.")
    assert EXAM.settings["max_tokens"] == 1


@given(st.lists(st.floats(0.02, 1), min_size=5, max_size=5))
def test_the_value_stays_on_the_scale(shares: list[float]) -> None:
    whole = sum(shares)
    top = [(str(level), log(share / whole)) for level, share in enumerate(shares, 1)]
    found = expected_score(RUBRIC, top)
    wanted = sum(level * share / whole for level, share in enumerate(shares, 1))
    assert found.value == pytest.approx(wanted, abs=1e-5)
    assert 0 <= found.score <= 1
