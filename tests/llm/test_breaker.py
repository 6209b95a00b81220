from math import inf

import pytest

from grasp_ui.llm.breaker import Breaker
from grasp_ui.llm.port import CallFailure, NotReady, ServerFault

DOWN, FAULT = NotReady("Nothing answers."), ServerFault("It failed.")


def opened(failure: CallFailure = DOWN) -> Breaker:
    """A breaker that opened at second 0."""
    breaker = Breaker()
    breaker.answered(well=True)
    assert [breaker.failed(failure, ticket, 0.0) for ticket in range(1, 11)] == [False] * 9 + [True]
    return breaker


def test_ten_failures_in_a_row_open_it_with_the_reason() -> None:
    breaker = opened()
    assert (breaker.state, breaker.failure) == ("open", DOWN)
    assert breaker.wait(0.25) == 0.75


def test_an_answer_between_keeps_it_closed() -> None:
    breaker = Breaker()
    breaker.answered(well=True)
    for ticket in range(1, 40):
        assert not breaker.failed(DOWN, ticket, 0.0)
        if ticket % 9 == 0:
            breaker.answered(well=False)
    assert breaker.state == "closed"


def test_an_endpoint_that_never_worked_is_not_waited_for() -> None:
    breaker = Breaker()
    breaker.answered(well=False)
    assert not any(breaker.failed(DOWN, ticket, 0.0) for ticket in range(1, 40))


def test_a_call_that_fails_again_and_again_is_no_sign_of_a_broken_endpoint() -> None:
    breaker, again = Breaker(), ServerFault("It failed.")
    breaker.answered(well=True)
    again.attempt = 1
    assert not any(breaker.failed(again, ticket, 0.0) for ticket in range(1, 40))


def test_one_probe_goes_at_a_time() -> None:
    breaker = opened()
    assert breaker.wait(1.0) == 0
    breaker.let_in(11)
    assert (breaker.state, breaker.wait(99.0)) == ("half-open", inf)


def test_a_good_probe_closes_it() -> None:
    breaker = opened()
    breaker.let_in(11)
    breaker.answered(well=False)
    assert (breaker.state, breaker.wait(1.0)) == ("closed", 0)


@pytest.mark.parametrize(("failure", "waits"), [(DOWN, [2, 4, 8, 16, 30, 30]), (FAULT, [1] * 6)])
def test_a_probe_that_nobody_answers_makes_the_next_wait_longer(
    failure: CallFailure, waits: list[float]
) -> None:
    breaker, told = opened(failure), []
    for ticket in range(11, 17):
        breaker.let_in(ticket)
        assert breaker.failed(failure, ticket, 50.0)
        told.append(breaker.wait(50.0))
    assert told == waits


def test_failures_of_calls_that_went_before_it_opened_are_no_news() -> None:
    breaker = opened()
    breaker.let_in(11)
    assert not breaker.failed(DOWN, 3, 9.0)
    assert breaker.state == "half-open"


def test_a_probe_that_is_given_up_lets_another_go() -> None:
    breaker = opened()
    breaker.let_in(11)
    breaker.given_up(11)
    assert breaker.wait(5.0) == 0
