"""Every fault that the fake server knows, at random and for ever: replies are never faulty."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

import orjson
import pytest

from grasp_ui.llm.direct_model import DirectModel
from grasp_ui.llm.patience import Patience
from grasp_ui.llm.port import CallFailure, Reply, Request
from tests.fake_server import BODIES, REFUSALS, FakeServer, completion_for, fake_server
from tests.llm.asking import Ears, asking, asking_for_score, direct

ANYWHERE = [*REFUSALS, *BODIES, "empty", "none", "content_filter", "hang", "reset"]
FORMAL = [*ANYWHERE, "badjson", "mismatch", "length"]
STREAMED = [*ANYWHERE, "broken stream", "error in stream"]
FINAL = {"401", "400", "404", "redirect", "429 for an hour", "content_filter"}
QUICK = Patience(attempts=4, first_wait_seconds=0.01, total_seconds=2.5, jitter=lambda: 0.5)
PASSING, STICKY = 300, 150


@dataclass
class Case:
    """One call: its fault, whether that comes each time, and what became of it."""

    request: Request
    ears: Ears
    fault: str = ""
    always: bool = False
    outcome: Reply | BaseException | None = None

    @property
    def must_fail(self) -> bool:
        """Whether no patience helps."""
        return bool(self.fault) and (self.always or self.fault in FINAL)


def cases(share: float, *, always: bool) -> list[Case]:
    """Calls of three kinds, a share of which meets a fault."""
    drawn = Random(f"{share} {always}")
    calls = STICKY if always else PASSING
    return [case(drawn, number, share, always=always) for number in range(calls)]


def case(drawn: Random, number: int, share: float, *, always: bool) -> Case:
    kind = number % 3
    fault = drawn.choice([ANYWHERE, FORMAL, STREAMED][kind]) if drawn.random() < share else ""
    asked = f" [{'always' if always else 'once'} {fault}]" if fault else ""
    text = f"Number {number}.{asked}"
    request = asking_for_score(text) if kind == 1 else asking(text)
    return Case(request, Ears(wants_text=kind == 2), fault, always)


async def played(told: Iterable[Case], server: FakeServer) -> None:
    """Make the calls, sixteen at once."""
    async with direct(server.url, calls_at_once=16, timeout_seconds=0.8) as asked:
        model = DirectModel("fake", "fake", asked.endpoint, QUICK)

        async def call(one: Case) -> None:
            try:
                one.outcome = await model.reply(one.request, one.ears)
            except CallFailure as failure:
                one.outcome = failure

        await asyncio.gather(*(call(one) for one in told))
        state = model.state
        assert (state.in_flight, state.waiting) == (0, 0)


def honest(one: Case) -> str:
    """What the fake server says without a fault."""
    completion = completion_for(orjson.loads(one.request.body), "", words=12)
    return str(completion["choices"][0]["message"]["content"])


@pytest.mark.parametrize("always", [False, True], ids=["passing", "sticky"])
@pytest.mark.parametrize("share", [0.05, 0.2])
async def test_each_call_ends_in_its_honest_reply_or_in_a_named_failure(
    share: float, always: bool
) -> None:
    told = cases(share, always=always)
    with fake_server() as server:
        await played(told, server)
    assert share / 2 < sum(bool(one.fault) for one in told) / len(told) < 2 * share
    for one in told:
        if one.must_fail:
            assert isinstance(one.outcome, CallFailure)
            assert one.ears.codes[-1] == one.outcome.code != "failed"
        else:
            assert isinstance(one.outcome, Reply)
            assert one.outcome.text == honest(one)
            # A busy machine may be late with any answer.
            told_of = [code for code in one.ears.codes if code != "timed_out"]
            assert len(told_of) == (one.fault not in ("", "hang"))
