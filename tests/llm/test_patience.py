import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.llm.patience import Patience, Trouble
from grasp_ui.llm.port import BadRequest, CallFailure, NotReady, RateLimited, ServerFault

EVEN = Patience(attempts=4, first_wait_seconds=1, longest_wait_seconds=10, total_seconds=100,
                jitter=lambda: 0.5)  # fmt: skip


def waits(failure: CallFailure, times: int, *, has_worked: bool = True) -> list[float | None]:
    """The waits after failing `times` times in the same way, each waited for."""
    now, told, trouble = 5.0, list[float | None](), Trouble(EVEN, 5.0)
    for _ in range(times):
        told.append(trouble.wait_after(failure, now, has_worked=has_worked))
        now += told[-1] or 0.0
    return told


def test_each_wait_is_twice_the_last_until_the_attempts_are_used_up() -> None:
    assert waits(ServerFault("down"), 4) == [1, 2, 4, None]


def test_what_is_final_is_not_waited_for() -> None:
    assert waits(BadRequest("no"), 1) == [None]


@pytest.mark.parametrize(("asked", "wait"), [(0.0, 0.0), (3.0, 3.0), (100.0, 100.0), (101, None)])
def test_what_the_endpoint_asks_for_counts(asked: float, wait: float | None) -> None:
    assert waits(RateLimited("slow", retry_after=asked), 1) == [wait]


def test_a_refusal_costs_time_but_no_attempt() -> None:
    assert waits(RateLimited("slow"), 13) == [1, 2, 4, 8, *[10] * 8, None]
    assert waits(RateLimited("slow", retry_after=30), 4) == [30, 30, 30, None]


def test_who_asks_for_no_wait_again_and_again_is_not_hammered() -> None:
    assert waits(RateLimited("slow", retry_after=0.0), 5) == [0, 0, 0, 1, 1]


def test_an_endpoint_that_is_away_is_waited_for_if_it_ever_worked() -> None:
    assert len([wait for wait in waits(NotReady("gone"), 12) if wait]) == 12
    assert waits(NotReady("gone"), 4, has_worked=False) == [1, 2, 4, None]


def test_refusals_between_leave_the_attempts_as_they_are() -> None:
    trouble = Trouble(EVEN, 0.0)
    failures = [ServerFault("a"), RateLimited("b"), ServerFault("c"), ServerFault("d")]
    told = [trouble.wait_after(failure, 0.0, has_worked=True) for failure in failures]
    assert None not in told
    assert trouble.wait_after(ServerFault("e"), 0.0, has_worked=True) is None


@given(st.integers(1, 2000), st.floats(0, 1))
def test_no_wait_is_longer_than_the_longest(times: int, jitter: float) -> None:
    patience = Patience(longest_wait_seconds=10, jitter=lambda: jitter)
    assert 0 < patience.backoff(times) <= 10
