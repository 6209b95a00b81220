"""How endpoints stand is told in words that a person can act on."""

from dataclasses import replace

from grasp_ui.llm.state import EndpointState
from grasp_ui.ui.endpoints import endpoint_counts, endpoint_trouble

NOW = 1_700_000_000.0
BUSY = EndpointState("there", in_flight=3, waiting=0, allowed=8, calls_at_once=8)


def test_a_model_that_works_is_a_plain_count() -> None:
    assert endpoint_counts("m", BUSY) == "m: 3 of 8 calls under way"
    assert endpoint_trouble("m", BUSY, NOW) == ""


def test_what_waits_and_what_was_slowed_down_is_counted() -> None:
    state = replace(BUSY, waiting=5, allowed=4, put_off=2)
    told = endpoint_counts("m", state)
    assert "5 waiting" in told
    assert "2 put off" in told
    assert "slowed down from 8" in told


def test_a_pause_says_until_when_and_why() -> None:
    told = endpoint_trouble("m", replace(BUSY, paused_until=NOW + 60, reason="429: later"), NOW)
    assert told.startswith("**Waiting for m until ")
    assert told.endswith("429: later")


def test_calls_that_are_all_put_off_are_a_wait_and_some_are_not() -> None:
    state = replace(BUSY, put_off=4, next_at=NOW + 60, reason="429: later")
    assert endpoint_trouble("m", state, NOW) == ""
    assert "Waiting for m until" in endpoint_trouble("m", replace(state, in_flight=0), NOW)


def test_a_wait_that_is_nearly_over_is_not_worth_a_box() -> None:
    state = replace(BUSY, in_flight=0, put_off=4, next_at=NOW + 1)
    assert endpoint_trouble("m", state, NOW) == ""


def test_an_open_breaker_says_that_nobody_answers_and_what_was_said() -> None:
    told = endpoint_trouble("m", replace(BUSY, breaker="open", reason="Nothing answers."), NOW)
    assert told == "**Waiting for m**, which does not answer; it is tried soon: Nothing answers."
