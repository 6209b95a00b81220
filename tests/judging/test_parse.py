from math import log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.judging.ask import examination
from grasp_ui.judging.parse import UnreadableJudgement, judgement_of, p_yes
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.llm.port import Reply

ONE = examination(load_rubrics()["helpfulness"], "schema")
SIX = examination(load_rubrics()["response_quality"], "schema")


def reply(value: Any) -> Reply:
    return Reply("json", value=value)


def part(score: Any) -> dict[str, Any]:
    return {"evidence": "e", "reason": "r", "score": score}


def test_all_spellings_of_yes_and_no_count() -> None:
    spelt = [(" Yes", 0.2), ("YES", 0.1), ("▁yes", 0.1), ("No.", 0.1), ("Ġno", 0.1), ("not", 0.4)]
    found = p_yes([(token, log(share)) for token, share in spelt])
    assert found.value == found.score == pytest.approx(2 / 3, abs=1e-6)


@given(st.floats(0.001, 0.499), st.floats(0.001, 0.499))
def test_p_yes_is_the_share_of_yes(yes: float, no: float) -> None:
    found = p_yes([("Yes", log(yes)), ("No", log(no))])
    assert found.value == pytest.approx(yes / (yes + no), abs=1e-5)


def test_no_probabilities_are_a_reason() -> None:
    with pytest.raises(UnreadableJudgement) as caught:
        p_yes([])
    assert caught.value.code == "no_probabilities"


def test_neither_yes_nor_no_is_a_reason() -> None:
    with pytest.raises(UnreadableJudgement, match="'Maybe'") as caught:
        p_yes([("Maybe", -0.1), ("none", -2.0)])
    assert caught.value.code == "neither_yes_nor_no"


def test_a_score_is_on_the_rubrics_scale_and_normalised() -> None:
    found = judgement_of(ONE, reply({"helpfulness": part(4)}))
    assert (found.value, found.score, found.reason) == (4, 0.75, "r")


def test_several_dimensions_count_by_their_mean() -> None:
    names = [dimension.name for dimension in SIX.rubric.dimensions]
    scores = dict(zip(names, (1, 2, 3, 4, 5, 5), strict=True))
    found = judgement_of(SIX, reply({name: part(score) for name, score in scores.items()}))
    assert found.value == pytest.approx(20 / 6, abs=1e-4)
    assert found.evidence["dimensions"]["relevance"] == part(3)
    assert "relevance: r" in found.reason


@pytest.mark.parametrize("score", [0, 6, 3.0, "4", True, None])
def test_what_is_no_whole_score_is_never_a_score(score: Any) -> None:
    with pytest.raises(UnreadableJudgement, match="from 1 to 5 for 'helpfulness'") as caught:
        judgement_of(ONE, reply({"helpfulness": part(score)}))
    assert caught.value.code == "no_score"


@pytest.mark.parametrize("value", [None, [], "4", {}, {"helpfulness": 4}])
def test_a_reply_of_another_form_is_never_a_score(value: Any) -> None:
    with pytest.raises(UnreadableJudgement):
        judgement_of(ONE, reply(value))
