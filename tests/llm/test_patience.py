import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.llm.patience import CallLimit, Patience
from grasp_ui.llm.port import BadRequest, RateLimited, ServerFault

EVEN = Patience(attempts=4, first_wait_seconds=1, longest_wait_seconds=10, jitter=lambda: 0.5)


def test_each_wait_is_twice_the_last() -> None:
    fault = ServerFault("down")
    assert [EVEN.wait_after(fault, attempt) for attempt in range(4)] == [1, 2, 4, None]


def test_what_is_final_is_not_waited_for() -> None:
    assert EVEN.wait_after(BadRequest("no"), 0) is None


@pytest.mark.parametrize(("asked", "wait"), [(0.0, 0.0), (3.0, 3.0), (11.0, None)])
def test_what_the_endpoint_asks_for_counts(asked: float, wait: float | None) -> None:
    assert EVEN.wait_after(RateLimited("slow", retry_after=asked), 0) == wait


@given(st.integers(0, 60), st.floats(0, 1))
def test_no_wait_is_longer_than_the_longest(attempt: int, jitter: float) -> None:
    patience = Patience(attempts=99, longest_wait_seconds=10, jitter=lambda: jitter)
    wait = patience.wait_after(ServerFault("down"), attempt)
    assert wait is not None
    assert 0 < wait <= 10


async def test_a_call_that_is_cancelled_while_it_waits_takes_no_slot() -> None:
    limit = CallLimit(1)
    async with limit:
        waiting = asyncio.create_task(limit.__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
    await asyncio.wait([waiting])
    assert limit.in_flight == 0


async def test_a_slot_handed_to_a_cancelled_call_is_handed_on() -> None:
    limit = CallLimit(1)
    async with limit:
        waiting = asyncio.create_task(limit.__aenter__())
        await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert limit.in_flight == 0


async def test_calls_are_let_in_in_the_order_in_which_they_came() -> None:
    limit, order = CallLimit(1), list[int]()

    async def call(number: int) -> None:
        async with limit:
            order.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(call(number) for number in range(5)))
    assert order == [0, 1, 2, 3, 4]


async def test_a_wave_of_refusals_pauses_the_endpoint() -> None:
    limit = CallLimit(30)
    await asyncio.gather(*(refused(limit, retry_after=300) for _ in range(30)))
    waiting = asyncio.create_task(limit.__aenter__())
    assert not (await asyncio.wait([waiting], timeout=0.01))[0]
    waiting.cancel()
    await asyncio.wait([waiting])
    assert limit.in_flight == 0


async def test_a_lone_refusal_pauses_nothing() -> None:
    limit = CallLimit(4)
    await refused(limit, retry_after=300)
    async with limit:
        assert limit.in_flight == 1


async def test_a_greater_limit_lets_waiting_calls_in() -> None:
    limit = CallLimit(1)
    async with limit:
        waiting = [asyncio.create_task(limit.__aenter__()) for _ in range(3)]
        await asyncio.sleep(0)
        limit.resize(3)
        await asyncio.wait(waiting[:2])
        assert (limit.in_flight, waiting[2].done()) == (3, False)
        waiting[2].cancel()


async def test_a_smaller_limit_holds_as_calls_end() -> None:
    limit = CallLimit(2)
    async with limit:
        async with limit:
            waiting = asyncio.create_task(limit.__aenter__())
            await asyncio.sleep(0)
            limit.resize(1)
        assert limit.in_flight == 1
    await waiting
    assert limit.in_flight == 1


async def refused(limit: CallLimit, *, retry_after: float) -> None:
    """One call that the endpoint refuses."""

    async def call() -> None:
        async with limit:
            await asyncio.sleep(0)
            raise RateLimited("slow down", retry_after=retry_after)

    with pytest.raises(RateLimited):
        await call()
