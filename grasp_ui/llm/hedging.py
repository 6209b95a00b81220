"""A second copy of a call that takes long: the first good answer counts."""

from asyncio import FIRST_COMPLETED, Task, create_task, gather, wait
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
Work = Coroutine[Any, Any, T]


async def first_good(
    leading: Work[T], second: Callable[[], Work[T] | None], after_seconds: float
) -> T:
    """What `leading` gives, or `second` if that is quicker; the other is cancelled.

    `second` is called `after_seconds` after the start if there is no answer by then; it may
    give nothing. Where one fails the other is waited for; where both do, the failure of the
    leading one is raised.
    """
    lead = create_task(leading)
    tasks: list[Task[T]] = [lead]
    try:
        await wait(tasks, timeout=after_seconds)
        if not lead.done() and (other := second()) is not None:
            tasks.append(create_task(other))
        return (await _first_that_is_good(tasks)).result()
    finally:
        for task in tasks:
            task.cancel()
        await gather(*tasks, return_exceptions=True)


async def _first_that_is_good(tasks: list[Task[T]]) -> Task[T]:
    """The first of `tasks` without a failure, else the first of them."""
    pending = set(tasks)
    while pending:
        done, pending = await wait(pending, return_when=FIRST_COMPLETED)
        for task in done:
            if not task.cancelled() and task.exception() is None:
                return task
    return tasks[0]
