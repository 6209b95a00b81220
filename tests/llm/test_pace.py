import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.llm.limits import Limits
from grasp_ui.llm.pace import Bucket, Pace

START = 1000.0
ASKED = st.lists(st.tuples(st.floats(0, 20), st.floats(0.1, 200)), min_size=1, max_size=40)


def taken(per_minute: float, asked: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """When how much was taken, where each amount is asked for some seconds after the last."""
    bucket, now, told = Bucket(per_minute), START, list[tuple[float, float]]()
    for pause, amount in asked:
        now += pause
        while wait := bucket.wait(amount, now):
            now += wait
        bucket.take(amount, now)
        told.append((now, amount))
    return told


@given(st.floats(1, 6000), ASKED)
def test_no_stretch_of_time_gets_more_than_its_quota(
    per_minute: float, asked: list[tuple[float, float]]
) -> None:
    told, second = taken(per_minute, asked), per_minute / 60
    for at, (begin, _) in enumerate(told):
        for end, (now, last) in enumerate(told[at:], at):
            used = sum(amount for _, amount in told[at:end])
            quota = max(1.0, second) + (now - begin) * second
            assert used <= quota * 1.0001 + max(amount for _, amount in told[at : end + 1])
            assert last > 0


def test_requests_of_a_small_quota_are_spread_evenly() -> None:
    moments = [now - START for now, _ in taken(6, [(0, 1)] * 4)]
    assert moments == pytest.approx([0, 10, 20, 30], abs=0.01)


def test_a_reply_that_is_shorter_than_estimated_gives_tokens_back() -> None:
    pace = Pace(Limits(tokens_per_minute=6000))
    pace.take(1, 4000, START)
    owed = pace.wait(400, START)
    pace.settle(1, (10, 10), START)
    assert pace.wait(400, START) < owed - 10


def test_a_refused_call_used_no_tokens() -> None:
    pace = Pace(Limits(tokens_per_minute=60_000))
    before = pace.wait(400, START)
    pace.take(1, 4000, START)
    pace.settle(1, (0, 0), START)
    assert pace.wait(400, START) == before == 0


def test_an_unknown_use_leaves_the_estimate() -> None:
    pace = Pace(Limits(tokens_per_minute=600))
    pace.take(1, 4000, START)
    owed = pace.wait(400, START)
    pace.settle(1, None, START)
    assert pace.wait(400, START) == owed > 0


def test_what_replies_use_is_learned() -> None:
    pace = Pace(Limits(tokens_per_minute=600))
    first = pace.wait(40, START)
    for ticket in range(60):
        pace.take(ticket, 40, START)
        pace.settle(ticket, (0, 2), START + 1e6)
    assert first == 0
    assert pace.wait(40, START + 2e6) == 0


def test_both_quotas_hold_at_once() -> None:
    pace = Pace(Limits(requests_per_minute=60, tokens_per_minute=60_000))
    pace.take(1, 4, START)
    assert pace.wait(4, START) == pytest.approx(1, abs=0.01)
