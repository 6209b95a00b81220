from collections.abc import Iterable
from random import Random

import pytest

from grasp_ui.judging.ask import Examination, WireMessages, examination
from grasp_ui.judging.examine import Send, examine
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.llm.port import CallFailure, CutOff, Reply, SchemaMismatch, ServerFault

RUBRIC = load_rubrics()["helpfulness"]
SCHEMA = examination(RUBRIC, "schema")
GOOD = '{"helpfulness": {"evidence": "e", "reason": "r", "score": 4}}'


def says(lines: Iterable[Reply | CallFailure | str], told: list[WireMessages]) -> Send:
    """A judge that says `lines` in turn; what it was asked is put into `told`."""
    left = iter(lines)

    async def send(messages: WireMessages, exam: Examination) -> Reply:
        told.append(messages)
        line = next(left)
        if isinstance(line, CallFailure):
            raise line
        return Reply(line) if isinstance(line, str) else line

    return send


async def test_a_readable_reply_is_asked_for_once() -> None:
    told: list[WireMessages] = []
    found = await examine(SCHEMA, "User: Hi", Random(1), says([GOOD], told))
    assert found.judgement is not None
    assert (found.judgement.value, found.said, len(found.replies), len(told)) == (4, "", 1, 1)


async def test_an_unreadable_reply_is_shown_to_the_judge_with_what_is_wrong() -> None:
    told: list[WireMessages] = []
    found = await examine(SCHEMA, "User: Hi", Random(1), says(["Five out of five.", GOOD], told))
    assert found.judgement is not None
    assert len(found.replies) == 2
    *before, said, wrong = told[1]
    assert before == told[0]
    assert said == {"role": "assistant", "content": "Five out of five."}
    assert "has no JSON object" in wrong["content"]


async def test_what_stays_unreadable_is_unparsed_and_no_score() -> None:
    found = await examine(SCHEMA, "User: Hi", Random(1), says(["{", "x" * 600], []))
    assert found.judgement is None
    assert (found.fault, found.said, len(found.replies)) == ("not_json", "x" * 500, 2)


@pytest.mark.parametrize("failure", [SchemaMismatch("no JSON"), CutOff("too long")])
async def test_a_failure_that_means_an_unreadable_reply_is_asked_again(
    failure: CallFailure,
) -> None:
    told: list[WireMessages] = []
    found = await examine(SCHEMA, "User: Hi", Random(1), says([failure, GOOD], told))
    assert found.judgement is not None
    assert [message["role"] for message in told[1]] == ["system", "user"]
    assert str(failure) in told[1][-1]["content"]


async def test_a_failed_call_is_the_callers() -> None:
    with pytest.raises(ServerFault):
        await examine(SCHEMA, "User: Hi", Random(1), says([ServerFault("down")], []))
