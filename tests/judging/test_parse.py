import json
from contextlib import suppress
from math import log
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grasp_ui.judging.ask import Method, examination
from grasp_ui.judging.parse import UnreadableJudgement, judgement_of, p_yes
from grasp_ui.llm.port import Reply
from grasp_ui.llm.schema import compile_schema
from tests.judging.judges import RUBRICS, part

ONE = examination(RUBRICS["helpfulness"], "schema")
CODE = examination(RUBRICS["response_code"], "schema")
SIX = examination(RUBRICS["response_quality"], "schema")


def reply(value: Any) -> Reply:
    return Reply("json", value=value)


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


@pytest.mark.parametrize(
    "score", [0, 6, -1, 3.0, 4.5, "4", "5/5", "n/a", True, None, [4], {"score": 4}, 10**30]
)
def test_what_is_no_whole_score_is_never_a_score(score: Any) -> None:
    with pytest.raises(UnreadableJudgement, match="from 1 to 5 for 'helpfulness'") as caught:
        judgement_of(ONE, reply({"helpfulness": part(score)}))
    assert caught.value.code == "no_score"


@pytest.mark.parametrize("value", [None, [], "4", {}, {"helpfulness": 4}])
def test_a_reply_of_another_form_is_never_a_score(value: Any) -> None:
    with pytest.raises(UnreadableJudgement):
        judgement_of(ONE, reply(value))


def test_a_dimension_that_does_not_apply_does_not_count() -> None:
    scores = [5, 4, 5, 4, "n/a", "n/a", 5, 4, "n/a"]
    names = [dimension.name for dimension in CODE.rubric.dimensions]
    found = judgement_of(CODE, reply(dict(zip(names, map(part, scores), strict=True))))
    assert found.value == 4.5
    assert found.evidence["dimensions"]["efficiency"]["score"] == "n/a"


def test_a_dimension_that_always_applies_has_to_be_scored() -> None:
    names = [dimension.name for dimension in CODE.rubric.dimensions]
    with pytest.raises(UnreadableJudgement, match="for 'instruction_following'"):
        judgement_of(CODE, reply({name: part("n/a") for name in names}))


def test_what_only_describes_is_kept_and_does_not_count() -> None:
    exam = examination(RUBRICS["helpsteer2"], "schema")
    names = [dimension.name for dimension in exam.rubric.dimensions]
    scores = dict(zip(names, map(part, [4, 3, 2, 0, 0]), strict=True))
    found = judgement_of(exam, reply(scores))
    assert (found.value, found.score) == (3, 0.75)
    assert found.evidence["dimensions"]["verbosity"]["score"] == 0


@given(st.text(), st.sampled_from(["schema", "p_yes", "expected_score"]))
def test_no_reply_does_worse_than_to_be_unreadable(text: str, method: Method) -> None:
    exam = examination(RUBRICS["response_code"], method)
    top = ((text, -0.1),) if text else ()
    with suppress(UnreadableJudgement):
        found = judgement_of(exam, Reply(text, top=top), text)
        assert method != "schema"
        assert 0 <= found.score <= 1


@given(st.data(), st.sampled_from(sorted(RUBRICS)))
def test_what_the_schema_describes_is_read_as_it_is(drawn: st.DataObject, name: str) -> None:
    exam = examination(RUBRICS[name], "schema")
    assert exam.schema is not None
    said = {one: drawn.draw(a_part(part)) for one, part in exam.schema["properties"].items()}
    assume(any(said[one.name]["score"] != "n/a" for one in exam.rubric.dimensions if one.counts))
    assert compile_schema(exam.schema)(said) is None
    text = f"Here it is:\n```json\n{json.dumps(said)}\n```"
    found = judgement_of(exam, Reply(text), "User: Hi")
    assert found.evidence["dimensions"] == said
    assert exam.rubric.minimum <= found.value <= exam.rubric.maximum


def a_part(schema: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    scores = st.sampled_from(schema["properties"]["score"]["enum"])
    return st.fixed_dictionaries({"evidence": texts, "reason": texts, "score": scores})
