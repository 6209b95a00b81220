from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.errors import UnknownName
from grasp_ui.judging.ask import WireMessages
from grasp_ui.judging.category import categories, category_inquiry, category_of, rubric_for
from grasp_ui.judging.choose import choice_inquiry, choose, chosen, load_choices
from grasp_ui.judging.strict_json import UnreadableJudgement
from grasp_ui.llm.port import Reply, ServerFault
from grasp_ui.llm.schema import compile_schema
from tests.judging.judges import RUBRICS, says

CHOICES = load_choices()
DIFFICULTY = choice_inquiry(CHOICES["difficulty"])


@pytest.mark.parametrize("name", CHOICES)
def test_a_shipped_choice_says_when_each_option_is_right(name: str) -> None:
    options = CHOICES[name].options
    assert len({option.value for option in options}) == len(options)
    assert len({option.says for option in options}) == len(options)
    assert all(option.says.endswith(".") for option in options)


def test_there_are_six_categories_and_others() -> None:
    assert categories() == (
        "math",
        "reasoning",
        "code",
        "complex_instructions",
        "open_qa",
        "closed_qa",
        "others",
    )


def test_every_category_has_a_rubric_of_its_own() -> None:
    names = [rubric_for(category) for category in categories()]
    assert len(set(names)) == len(names) == 7
    assert set(names) <= set(RUBRICS)


def test_an_unknown_category_is_no_rubric() -> None:
    with pytest.raises(UnknownName, match="no category 'poetry'"):
        rubric_for("poetry")


@pytest.mark.parametrize("category", categories())
async def test_a_category_is_read_as_it_was_said(category: str) -> None:
    send = says(f'{{"reason": "It is so.", "choice": "{category}"}}')
    found = (await category_of("User: Hi", Random(1), send)).found
    assert found is not None
    assert (found.value, found.reason) == (category, "It is so.")


async def test_a_category_that_there_is_not_is_asked_for_once_more() -> None:
    told: list[WireMessages] = []
    send = says('{"choice": "poetry"}', '{"choice": "math"}', told=told)
    found = await category_of("User: Hi", Random(1), send)
    assert found.found is not None
    assert (found.found.value, len(found.replies)) == ("math", 2)
    assert "none of math, reasoning" in told[1][-1]["content"]


async def test_what_stays_unreadable_is_no_category() -> None:
    heard = await category_of("User: Hi", Random(1), says("math", "math"))
    assert (heard.found, heard.fault, heard.said) == (None, "not_json", "math")


async def test_a_failed_call_is_the_callers() -> None:
    with pytest.raises(ServerFault):
        await category_of("User: Hi", Random(1), says(ServerFault("down")))


@pytest.mark.parametrize("value", ["3", 3.0, True, 0, 6, None, [3]])
def test_a_difficulty_is_a_whole_number_of_the_scale(value: Any) -> None:
    with pytest.raises(UnreadableJudgement, match="none of 1, 2, 3, 4, 5"):
        chosen(DIFFICULTY, Reply("json", value={"choice": value}))


async def test_a_difficulty_is_a_number() -> None:
    heard = await choose(DIFFICULTY, "User: Hi", Random(1), says('{"reason": "", "choice": 1}'))
    assert heard.found is not None
    assert heard.found.value == 1
    assert isinstance(heard.found.value, int)


def test_the_judge_is_told_every_option() -> None:
    instruction = category_inquiry().instruction
    assert all(f"{o.value}: {o.says}" in instruction for o in CHOICES["category"].options)


@given(st.sampled_from(sorted(CHOICES)), st.data())
def test_what_the_schema_describes_is_read_as_it_is(name: str, drawn: st.DataObject) -> None:
    inquiry = choice_inquiry(CHOICES[name])
    assert inquiry.schema is not None
    choice = drawn.draw(st.sampled_from(inquiry.schema["properties"]["choice"]["enum"]))
    said = {"reason": drawn.draw(st.text(max_size=9)), "choice": choice}
    assert compile_schema(inquiry.schema)(said) is None
    assert chosen(inquiry, Reply("json", value=said)).value == choice
