import asyncio

import pytest

from grasp_ui.llm.hedging import first_good
from grasp_ui.llm.port import CallFailure, EmptyReply, ServerFault
from tests.llm.no_time import in_no_time, now

LEADING, SECOND = EmptyReply("leading"), ServerFault("second")


class Copy:
    """One copy of a call: it takes its time, then says its name or fails."""

    def __init__(self, says: str, seconds: float, failure: CallFailure | None = None) -> None:
        self.says, self.seconds, self.failure = says, seconds, failure
        self.is_cancelled = False
        self.begun = -1.0

    async def run(self) -> str:
        """What it says."""
        self.begun = now()
        try:
            await asyncio.sleep(self.seconds)
        except asyncio.CancelledError:
            self.is_cancelled = True
            raise
        if self.failure:
            raise self.failure
        return self.says


def hedged(leading: Copy, second: Copy | None) -> tuple[str, float]:
    """What is said and when, where the second copy goes after two seconds."""

    async def work() -> tuple[str, float]:
        said = await first_good(leading.run(), lambda: second.run() if second else None, 2)
        return said, now()

    return in_no_time(work())


def test_a_quick_call_is_sent_once() -> None:
    second = Copy("second", 1)
    assert hedged(Copy("leading", 1), second) == ("leading", 1)
    assert second.begun == -1


def test_the_quicker_copy_counts_and_the_other_is_cancelled() -> None:
    leading, second = Copy("leading", 9), Copy("second", 1)
    assert hedged(leading, second) == ("second", 3)
    assert (leading.is_cancelled, second.begun) == (True, 2)


def test_the_leading_copy_may_still_be_the_quicker() -> None:
    second = Copy("second", 9)
    assert hedged(Copy("leading", 3), second) == ("leading", 3)
    assert second.is_cancelled


@pytest.mark.parametrize(
    ("leading", "second", "says"),
    [
        (Copy("leading", 3, LEADING), Copy("second", 4), "second"),
        (Copy("leading", 9), Copy("second", 1, SECOND), "leading"),
        (Copy("leading", 9), None, "leading"),
    ],
)
def test_a_copy_that_fails_leaves_the_other_to_answer(
    leading: Copy, second: Copy | None, says: str
) -> None:
    assert hedged(leading, second)[0] == says


def test_where_both_fail_the_failure_of_the_leading_copy_is_told() -> None:
    with pytest.raises(EmptyReply):
        hedged(Copy("leading", 4, LEADING), Copy("second", 1, SECOND))


def test_who_gives_the_call_up_gives_up_both_copies() -> None:
    leading, second = Copy("leading", 9), Copy("second", 9)

    async def work() -> None:
        async with asyncio.timeout(5):
            await first_good(leading.run(), second.run, 2)

    with pytest.raises(TimeoutError):
        in_no_time(work())
    assert leading.is_cancelled
    assert second.is_cancelled
