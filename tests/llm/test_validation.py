from dataclasses import replace
from typing import Any

import pytest

from grasp_ui.llm.port import CallFailure, Reply, Request
from grasp_ui.llm.validation import Timing, completion_of, parsed, reply_of
from tests.llm.asking import SCORE, asking, asking_for_score, asking_yes_or_no

TOP = {"content": [{"token": " ", "logprob": -0.1, "top_logprobs": [
    {"token": "No", "logprob": -2.0}, {"token": " ", "logprob": -0.1}]}]}  # fmt: skip
FORMAL = asking_for_score()
FAILURES: list[tuple[str, dict[str, Any], Request]] = [
    ("malformed_reply", {}, asking()),
    ("malformed_reply", {"choices": "none"}, asking()),
    ("malformed_reply", {"choices": [7]}, asking()),
    ("malformed_reply", {"choices": [{"text": "hi"}]}, asking()),
    ("malformed_reply", {"choices": [{"message": {"content": 7}}]}, asking()),
    ("content_filter", {"choices": [{"message": {"refusal": "I will not."}}]}, asking()),
    ("empty_reply", {"choices": [{"message": {"content": " \n"}}]}, asking()),
    ("empty_reply", {"choices": [{"message": {"content": []}}]}, asking()),
    ("empty_reply", {"choices": [{"message": {}, "finish_reason": "length"}]}, asking()),
    ("no_probabilities", {"choices": [{"message": {"content": "Yes"}}]}, asking_yes_or_no()),
    ("schema_mismatch", {"choices": [{"message": {"content": '{"score": 9}'}}]}, FORMAL),
    ("schema_mismatch", {"choices": [{"message": {"content": '{"score": NaN}'}}]}, FORMAL),
]


def read(message: dict[str, Any], request: Request | None = None, **choice: Any) -> Reply:
    return reply_of({"choices": [{"message": message, **choice}]}, request or asking(), Timing())


@pytest.mark.parametrize(("code", "completion", "request_"), FAILURES)
def test_what_falls_short_has_a_name(
    code: str, completion: dict[str, Any], request_: Request
) -> None:
    with pytest.raises(CallFailure) as raised:
        reply_of(completion, request_, Timing())
    assert raised.value.code == code


def test_content_in_parts_is_one_text() -> None:
    parts = [{"type": "text", "text": "Hel"}, {"type": "image"}, {"type": "text", "text": "lo"}]
    assert read({"content": parts}).text == "Hello"


def test_the_text_is_kept_to_the_letter() -> None:
    assert read({"content": " Hello\n"}).text == " Hello\n"


def test_a_blank_token_beside_its_probabilities_is_no_empty_reply() -> None:
    reply = read({"content": ""}, asking_yes_or_no(), logprobs=TOP)
    assert (reply.text, reply.top[0][0]) == ("No", " ")


def test_a_question_about_probabilities_in_the_text_asks_for_none() -> None:
    assert read({"content": "It sets them."}, asking('What is "logprobs":true?')).top == ()


def test_a_code_fence_around_json_is_allowed() -> None:
    assert parsed('```json\n{"score": 3}\n```', SCORE) == {"score": 3}


def test_a_mismatch_says_where() -> None:
    with pytest.raises(CallFailure, match="score: 9 is more than 5"):
        parsed('{"score": 9}', SCORE)


def test_the_price_is_taken_where_it_is_given() -> None:
    message = {"choices": [{"message": {"content": "Hi"}}], "usage": {"cost": 0.25}}
    assert reply_of(message, asking(), Timing()).usage.cost_usd == 0.25


def test_timing_and_attempt_are_kept() -> None:
    reply = reply_of({"choices": [{"message": {"content": "Hi"}}]}, asking(), Timing(5.0, 0.5, 2))
    assert reply == replace(reply, started=5.0, seconds=0.5, attempt=2)


@pytest.mark.parametrize("raw", [b"", b"{", b"<html>", b"\xff\xfe", b"[1]", b"null"])
def test_what_is_no_json_object_is_malformed(raw: bytes) -> None:
    with pytest.raises(CallFailure) as raised:
        completion_of(raw)
    assert raised.value.code == "malformed_reply"
