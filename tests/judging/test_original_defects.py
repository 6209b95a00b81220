"""What goes wrong in the pipeline that this room takes the place of, and may not here."""

import asyncio
import json
from random import Random

import pytest

from grasp_ui.judging.ask import WireMessages, examination
from grasp_ui.judging.category import categories, category_of, rubric_for
from grasp_ui.judging.examine import Examined, examine
from tests.judging.judges import RUBRICS, answers, says, scored

EXAM = examination(RUBRICS["response_quality"], "schema")
BATCH = 130


def by_number(messages: WireMessages) -> str:
    """Scores that are another for each record: its number in base five."""
    number = int(messages[1]["content"].split("Record ")[1].split(".")[0])
    digits = [number // 5**place % 5 + 1 for place in range(6)]
    return "Cannot say." if number == 64 else scored("response_quality", digits)


async def batch() -> list[Examined]:
    texts = [f"User: Record {number}." for number in range(BATCH)]
    send = answers(by_number)
    return await asyncio.gather(*(examine(EXAM, text, Random(1), send) for text in texts))


async def test_a_hundred_and_thirty_records_keep_their_own_scores() -> None:
    for number, found in enumerate(await batch()):
        if found.judgement is not None:
            parts = found.judgement.evidence["dimensions"].values()
            digits = [part["score"] - 1 for part in parts]
            assert sum(digit * 5**place for place, digit in enumerate(digits)) == number


async def test_no_two_records_share_an_object() -> None:
    judged = [found.judgement.evidence for found in await batch() if found.judgement]
    parts = [id(part) for evidence in judged for part in evidence["dimensions"].values()]
    assert len({id(evidence) for evidence in judged}) == len(judged) == BATCH - 1
    assert len(set(parts)) == len(parts)


async def test_one_unreadable_reply_touches_one_record() -> None:
    unparsed = [number for number, found in enumerate(await batch()) if not found.judgement]
    assert unparsed == [64]


@pytest.mark.parametrize("category", categories())
async def test_every_category_is_judged_by_its_own_rubric(category: str) -> None:
    judged = "User: Hi\nAssistant: Hello!"
    told: list[WireMessages] = []
    said = json.dumps({"reason": "r", "choice": category})
    kind = (await category_of(judged, Random(1), says(said))).found
    assert kind is not None
    rubric = RUBRICS[rubric_for(str(kind.value))]
    reply = scored(rubric.name, [rubric.maximum] * len(rubric.dimensions))
    exam = examination(rubric, "schema")
    found = await examine(exam, judged, Random(1), says(reply, told=told))
    assert found.judgement is not None
    assert exam.version.startswith(f"{rubric_for(category)}@")
    assert list(found.judgement.evidence["dimensions"]) == [one.name for one in rubric.dimensions]
    assert rubric.description in told[0][0]["content"]


async def test_an_escaped_quote_is_read() -> None:
    said = scored("helpfulness", [4]).replace('"r"', r'"It says \"no\" {and} \\ more."')
    exam = examination(RUBRICS["helpfulness"], "schema")
    found = await examine(exam, "User: Hi", Random(1), says(said))
    assert found.judgement is not None
    assert found.judgement.reason == 'It says "no" {and} \\ more.'


@pytest.mark.parametrize(
    "said", ["", "{}", '{"helpfulness": ""}', '{"helpfulness": {"score": ""}}']
)
async def test_an_unreadable_reply_is_never_an_empty_score(said: str) -> None:
    exam = examination(RUBRICS["helpfulness"], "schema")
    found = await examine(exam, "User: Hi", Random(1), says(said, said))
    assert found.judgement is None
    assert found.fault in ("not_json", "no_score")
