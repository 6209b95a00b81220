import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grasp_ui.llm.gate import Gate
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.port import CallFailure, EmptyReply, NotReady, RateLimited, ServerFault, TimedOut
from tests.llm.no_time import in_no_time, now

ENDINGS: dict[str, CallFailure | None] = {
    "reply": None, "empty": EmptyReply("no text"), "timeout": TimedOut("late"),
    "429": RateLimited("slow down", retry_after=2.0), "away": NotReady("nothing answers"),
    "500": ServerFault("it failed"),
}  # fmt: skip
LONG = 1e9


class Visitor:
    """One call: it comes at a time, is in flight for a while, ends in a way or is cancelled."""

    def __init__(self, drawn: tuple[float, float, str, float | None]) -> None:
        self.comes, self.takes, self.ending, self.cancelled_after = drawn
        self.entered: float | None = None
        self.is_over = False

    async def pass_through(self, gate: Gate, seen: Callable[["Visitor"], None]) -> None:
        """Come, wait, be in flight, leave."""
        await asyncio.sleep(self.comes)
        work = asyncio.create_task(self._visit(gate, seen))
        await asyncio.wait([work], timeout=self.cancelled_after)
        work.cancel()
        await asyncio.wait([work])
        self.is_over = True

    async def _visit(self, gate: Gate, seen: Callable[["Visitor"], None]) -> None:
        ticket = gate.try_enter(400) or await gate.enter(400, LONG)
        self.entered = now()
        seen(self)
        try:
            await asyncio.sleep(self.takes)
        except asyncio.CancelledError:
            gate.leave(ticket)
            raise
        left(gate, ticket, self.ending)


def left(gate: Gate, ticket: int, ending: str) -> None:
    """A call's leaving, in a named way."""
    failure = ENDINGS[ending]
    if failure is None:
        gate.leave_well(ticket, 50, 100)
    else:
        gate.leave_failed(ticket, failure)


VISITS = st.tuples(
    st.integers(0, 20).map(lambda tenths: tenths / 10),
    st.integers(0, 20).map(lambda tenths: tenths / 10),
    st.sampled_from(["reply", "reply", "reply", *ENDINGS]),
    st.none() | st.none() | st.integers(0, 30).map(lambda tenths: tenths / 10),
)
LIMITS = st.builds(
    Limits,
    calls_at_once=st.integers(1, 5),
    requests_per_minute=st.sampled_from([0, 0, 30, 600]),
    tokens_per_minute=st.sampled_from([0, 0, 6000]),
)


@settings(deadline=None)
@given(LIMITS, st.lists(VISITS, max_size=30))
def test_nobody_is_lost_and_never_are_too_many_in_flight(
    limits: Limits, drawn: list[tuple[float, float, str, float | None]]
) -> None:
    visitors = [Visitor(one) for one in drawn]

    async def work() -> tuple[int, int]:
        gate = Gate(limits)

        def seen(_: Visitor) -> None:
            assert gate.in_flight <= gate.state("here").allowed <= limits.calls_at_once

        await asyncio.gather(*(visitor.pass_through(gate, seen) for visitor in visitors))
        gate.close()
        return gate.in_flight, gate.state("here").waiting

    assert in_no_time(work()) == (0, 0)
    patient = [visitor for visitor in visitors if visitor.cancelled_after is None]
    assert all(visitor.entered is not None for visitor in patient)


@settings(deadline=None)
@given(LIMITS, st.lists(VISITS, max_size=30))
def test_they_are_let_in_in_the_order_in_which_they_came(
    limits: Limits, drawn: list[tuple[float, float, str, float | None]]
) -> None:
    visitors = [Visitor(one) for one in sorted(drawn, key=lambda one: one[0])]
    order: list[Visitor] = []

    async def work() -> None:
        gate = Gate(limits)
        await asyncio.gather(*(visitor.pass_through(gate, order.append) for visitor in visitors))
        gate.close()

    in_no_time(work())
    assert [visitor.comes for visitor in order] == sorted(visitor.comes for visitor in order)


def played(work: Callable[[Gate], Coroutine[Any, Any, Any]], limits: Limits | None = None) -> Any:
    """What `work` gives with a gate that has worked."""

    async def play() -> Any:
        gate = Gate(limits or Limits(calls_at_once=64))
        left(gate, gate.try_enter(1), "reply")
        try:
            return await work(gate)
        finally:
            gate.close()

    return in_no_time(play())


async def sent(gate: Gate, ending: str) -> None:
    """One call, as soon as it may go."""
    left(gate, gate.try_enter(1) or await gate.enter(1, LONG), ending)


async def all_at_once(gate: Gate, ending: str, count: int) -> None:
    """Calls that are in flight together, then end in one way."""
    for ticket in [gate.try_enter(1) for _ in range(count)]:
        left(gate, ticket, ending)


def test_a_lone_refusal_holds_nobody_back() -> None:
    async def work(gate: Gate) -> tuple[int, str, float]:
        await sent(gate, "429")
        await sent(gate, "reply")
        state = gate.state("here")
        return state.allowed, state.reason, now()

    assert played(work) == (64, "", 0)


def test_a_wave_of_refusals_pauses_all_and_halves_what_may_be_in_flight() -> None:
    async def work(gate: Gate) -> tuple[int, bool, str, float]:
        await all_at_once(gate, "429", 40)
        state = gate.state("here")
        await sent(gate, "reply")
        return state.allowed, state.paused_until > 0, state.reason, now()

    assert played(work) == (32, True, "slow down", 2.0)


def test_an_open_breaker_lets_one_probe_through_and_then_all() -> None:
    async def work(gate: Gate) -> list[float]:
        moments = list[float]()

        async def call() -> None:
            ticket = gate.try_enter(1) or await gate.enter(1, LONG)
            moments.append(now())
            await asyncio.sleep(0.5)
            left(gate, ticket, "reply")

        await all_at_once(gate, "500", 10)
        await asyncio.gather(*(call() for _ in range(4)))
        return moments

    assert played(work) == [1.0, 1.5, 1.5, 1.5]


def test_an_open_breaker_says_why_and_what_waits() -> None:
    async def work(gate: Gate) -> tuple[str, str, int]:
        await all_at_once(gate, "away", 10)
        waiting = asyncio.create_task(gate.enter(1, LONG))
        await asyncio.sleep(0)
        state = gate.state("here")
        waiting.cancel()
        return state.breaker, state.reason, state.waiting

    assert played(work) == ("open", "nothing answers", 1)


def test_who_is_patient_with_a_broken_endpoint_for_long_enough_gets_no_ticket() -> None:
    async def work(gate: Gate) -> tuple[int, bool]:
        await all_at_once(gate, "away", 10)
        others = [asyncio.create_task(sent(gate, "away")) for _ in range(40)]
        await asyncio.sleep(0)
        ticket = await gate.enter(1, patience_seconds=100)
        for other in others:
            other.cancel()
        return ticket, 100 <= now() <= 130

    assert played(work) == (0, True)


def test_a_picky_call_leaves_when_the_endpoint_breaks() -> None:
    async def work(gate: Gate) -> tuple[int, float]:
        tickets = [gate.try_enter(1) for _ in range(20)]
        gate.resize(1)
        waiting = asyncio.create_task(gate.enter(1, LONG, is_picky=True))
        await asyncio.sleep(0)
        for ticket in tickets:
            left(gate, ticket, "away")
        return await waiting, now()

    assert played(work) == (0, 0)


def test_a_greater_limit_lets_waiting_calls_in_and_a_smaller_one_holds_as_calls_end() -> None:
    async def work(gate: Gate) -> list[int]:
        waiting = [asyncio.create_task(gate.enter(1, LONG)) for _ in range(4)]
        await asyncio.sleep(0)
        told = [gate.in_flight]
        for number in (3, 1):
            gate.resize(number)
            await asyncio.sleep(0)
            told.append(gate.in_flight)
        for turn in waiting[:3]:
            left(gate, await turn, "reply")
        told.append(gate.in_flight)
        left(gate, await waiting[3], "reply")
        return [*told, gate.in_flight]

    assert played(work, Limits(calls_at_once=1)) == [1, 3, 3, 1, 0]


@pytest.mark.parametrize("handed_over", [False, True])
def test_a_call_that_is_cancelled_while_it_waits_takes_no_slot(*, handed_over: bool) -> None:
    async def work(gate: Gate) -> tuple[int, int]:
        ticket = gate.try_enter(1)
        waiting = asyncio.create_task(gate.enter(1, LONG))
        await asyncio.sleep(0)
        if handed_over:
            left(gate, ticket, "reply")
        waiting.cancel()
        await asyncio.wait([waiting])
        if not handed_over:
            left(gate, ticket, "reply")
        return gate.in_flight, gate.state("here").waiting

    assert played(work, Limits(calls_at_once=1)) == (0, 0)


def test_a_quota_queues_and_turns_nobody_away() -> None:
    async def work(gate: Gate) -> tuple[float, int]:
        await asyncio.gather(*(sent(gate, "reply") for _ in range(10)))
        return round(now()), gate.state("here").calls

    assert played(work, Limits(requests_per_minute=6)) == (100, 11)
