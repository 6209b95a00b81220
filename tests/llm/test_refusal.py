from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.llm.port import CallFailure, RateLimited, Unreachable
from grasp_ui.llm.refusal import failure_of, message_of, retry_after, scrub

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KEYS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGH0123456789-_", min_size=8, max_size=60)
HEADERS = [
    ({"retry-after": "2"}, 2.0),
    ({"retry-after": "2", "retry-after-ms": "1500"}, 1.5),
    ({"retry-after": "Fri, 20 Nov 2026 12:00:30 GMT"}, 30.0),
    ({"retry-after": "Fri, 20 Nov 2026 11:00:00 GMT"}, 0.0),
    ({"retry-after": "-1"}, 0.0),
    ({"retry-after": "nan"}, None),
    ({"retry-after": "soon"}, None),
    ({}, None),
]


def refused(status: int, headers: dict[str, str] | None = None) -> CallFailure:
    return failure_of(status, "", where="here", headers=headers or {}, now=NOW)


@pytest.mark.parametrize(("headers", "seconds"), HEADERS)
def test_retry_after_is_read_as_seconds_milliseconds_or_date(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(headers, NOW) == seconds


def test_a_503_asks_for_patience_where_it_says_how_long() -> None:
    assert isinstance(refused(503, {"retry-after": "3"}), RateLimited)
    assert isinstance(refused(503), Unreachable)


@given(st.integers(300, 599))
def test_every_refusal_is_a_named_failure(status: int) -> None:
    assert refused(status).code != CallFailure.code


@given(KEYS, st.integers(0, 12), st.integers(4, 12))
def test_no_four_characters_of_a_key_survive(key: str, start: int, length: int) -> None:
    piece = key[start : start + length]
    told = scrub(f"Incorrect API key {key} ending in {piece}, or {piece}: see the page.", key)
    left = told.replace("[key]", " ").replace("Incorrect API key", "")
    own = "ending in see the page. or"
    runs = {key[at : at + 4] for at in range(len(key) - 3)}
    assert [run for run in runs if run in left and run not in own] == []


@pytest.mark.parametrize("masked", ["sk-ab***wxyz", "sk-proj…wxyz", "sk-a...wxyz", "hf_abcdefgh"])
def test_a_masked_key_is_hidden_though_it_is_not_ours(masked: str) -> None:
    assert scrub(f"Bad key {masked}!", "") == "Bad key [key]"


def test_a_message_is_one_bounded_line() -> None:
    told = scrub("long \n" * 500, "")
    assert len(told) == 300
    assert "\n" not in told


BODIES = [
    (b'{"error": {"message": "Too big", "code": 1}}', "Too big"),
    (b'{"error": "Too big"}', "Too big"),
    (b'{"detail": "Not Found"}', "Not Found"),
    (b'{"message": "Denied"}', "Denied"),
    (b"plain words", "plain words"),
    (b"<html><body>502</body></html>", ""),
    (b"", ""),
    (b"[1]", "[1]"),
]


@pytest.mark.parametrize(("raw", "said"), BODIES)
def test_what_an_error_says_is_found_in_every_usual_form(raw: bytes, said: str) -> None:
    assert message_of(raw, "") == said
