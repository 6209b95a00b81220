import asyncio
from typing import Any

import pytest

from grasp_ui.llm.deadlines import Deadlines


async def cut_off(deadlines: Deadlines, work: Any) -> bool:
    """Whether `work` is cut off; what else is raised passes."""
    task = deadlines.begin(asyncio.get_running_loop())
    try:
        await work
    except asyncio.CancelledError:
        if deadlines.end(task):
            return True
        raise
    deadlines.end(task)
    return False


async def test_what_takes_too_long_is_cut_off_and_its_task_goes_on() -> None:
    deadlines = Deadlines(0.01)
    assert await cut_off(deadlines, asyncio.Event().wait())
    assert await cut_off(deadlines, asyncio.Event().wait())
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_what_ends_in_time_is_left_alone() -> None:
    deadlines = Deadlines(0.01)
    assert not await cut_off(deadlines, asyncio.sleep(0))
    await asyncio.sleep(0.03)


async def test_each_call_has_its_own_time() -> None:
    deadlines, order = Deadlines(0.02), list[int]()

    async def call(number: int) -> None:
        await asyncio.sleep(0.002 * number)
        assert await cut_off(deadlines, asyncio.Event().wait())
        order.append(number)

    await asyncio.gather(*(call(number) for number in range(4)))
    assert order == [0, 1, 2, 3]


async def test_who_cancels_a_call_is_not_taken_for_the_deadline() -> None:
    deadlines = Deadlines(0.01)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.001):
            await cut_off(deadlines, asyncio.Event().wait())


async def test_a_call_cancelled_while_it_is_cut_off_stays_cancelled() -> None:
    deadlines = Deadlines(0.0)
    call = asyncio.create_task(cut_off(deadlines, asyncio.Event().wait()))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(call.cancel)
    await asyncio.wait([call])
    assert call.cancelled()
