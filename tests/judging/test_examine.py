from random import Random

import pytest

from grasp_ui.judging.ask import WireMessages, examination
from grasp_ui.judging.examine import examine
from grasp_ui.llm.port import (
    CallFailure,
    CutOff,
    EmptyReply,
    MalformedReply,
    RateLimited,
    Reply,
    SchemaMismatch,
    ServerFault,
)
from tests.judging.judges import RUBRICS, answers, part, says, scored

SCHEMA = examination(RUBRICS["helpfulness"], "schema")
P_YES = examination(RUBRICS["helpfulness"], "p_yes")
GOOD = scored("helpfulness", [4])


async def test_a_readable_reply_is_asked_for_once() -> None:
    told: list[WireMessages] = []
    found = await examine(SCHEMA, "User: Hi", Random(1), says(GOOD, told=told))
    assert found.judgement is not None
    assert (found.judgement.value, found.said, len(found.replies), len(told)) == (4, "", 1, 1)


async def test_an_unreadable_reply_is_shown_to_the_judge_with_what_is_wrong() -> None:
    told: list[WireMessages] = []
    send = says("Five out of five.", GOOD, told=told)
    found = await examine(SCHEMA, "User: Hi", Random(1), send)
    assert found.judgement is not None
    assert len(found.replies) == 2
    *before, said, wrong = told[1]
    assert before == told[0]
    assert said == {"role": "assistant", "content": "Five out of five."}
    assert "has no JSON object" in wrong["content"]


async def test_what_stays_unreadable_is_unparsed_and_no_score() -> None:
    found = await examine(SCHEMA, "User: Hi", Random(1), says("{", "x" * 600))
    assert found.judgement is None
    assert (found.fault, found.said, len(found.replies)) == ("not_json", "x" * 500, 2)
    assert "no JSON object" in found.wrong


async def test_a_reply_that_the_model_holds_to_the_schema_is_asked_for_again() -> None:
    told: list[WireMessages] = []
    send = says(SchemaMismatch("score: 7 is none of [1, 5]"), GOOD, told=told)
    found = await examine(SCHEMA, "User: Hi", Random(1), send)
    assert found.judgement is not None
    assert [message["role"] for message in told[1]] == ["system", "user"]
    assert "score: 7 is none of" in told[1][-1]["content"]


@pytest.mark.parametrize("failure", [CutOff("long"), EmptyReply("none"), MalformedReply("odd")])
async def test_an_answer_without_a_judgement_is_unparsed_and_not_paid_for_twice(
    failure: CallFailure,
) -> None:
    found = await examine(SCHEMA, "User: Hi", Random(1), says(failure))
    assert (found.judgement, found.fault, found.replies) == (None, failure.code, ())


@pytest.mark.parametrize("failure", [ServerFault("down"), RateLimited("slow")])
async def test_a_failed_call_is_the_callers(failure: CallFailure) -> None:
    with pytest.raises(type(failure)):
        await examine(SCHEMA, "User: Hi", Random(1), says(failure))


async def test_missing_probabilities_are_not_asked_for_again() -> None:
    found = await examine(P_YES, "User: Hi", Random(1), says(Reply("Yes")))
    assert (found.judgement, found.fault, len(found.replies)) == (None, "no_probabilities", 1)


async def test_one_token_is_asked_for_again_too() -> None:
    lines = [Reply("Maybe", top=(("Maybe", -0.1),)), Reply("Yes", top=(("Yes", 0.0),))]
    found = await examine(P_YES, "User: Hi", Random(1), says(*lines))
    assert found.judgement is not None
    assert (found.judgement.value, len(found.replies)) == (1.0, 2)


async def test_what_the_judge_repeats_of_the_fence_is_taken_out() -> None:
    told: list[WireMessages] = []

    def echo(messages: WireMessages) -> str:
        return f"I read: {messages[1]['content']}" if len(told) == 1 else GOOD

    await examine(SCHEMA, "User: Hi", Random(1), answers(echo, told=told))
    fence = told[0][1]["content"].splitlines()[1]
    assert [message["content"].count(fence) for message in told[1]] == [0, 3, 0, 0]


async def test_where_no_dimension_applies_there_is_no_score_and_no_second_question() -> None:
    rubric = RUBRICS["goal_reached"]
    alone = rubric.model_copy(update={"dimensions": rubric.dimensions[:1]})
    exam = examination(alone, "schema")
    reply = Reply("json", value={"goal_reached": part("n/a")})
    found = await examine(exam, "User: Hi", Random(1), says(reply))
    assert (found.judgement, found.fault, len(found.replies)) == (None, "not_applicable", 1)
