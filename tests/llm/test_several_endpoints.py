import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from grasp_ui.errors import RunHalted
from grasp_ui.llm.direct_model import DirectModel, Endpoint
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.patience import Patience
from grasp_ui.llm.port import CallFailure
from tests.fake_server import fake_server
from tests.llm.asking import SOON, Ears, asking

HEDGING = replace(SOON, hedge_after_seconds=0.05)


@asynccontextmanager
async def together(*urls: str, patience: Patience = SOON) -> AsyncIterator[DirectModel]:
    """A model at several addresses."""
    endpoints = [Endpoint(url, limits=Limits(calls_at_once=4, timeout_seconds=20)) for url in urls]
    yield DirectModel("fake", "fake", endpoints, patience)
    for endpoint in endpoints:
        await endpoint.close()


async def test_calls_go_to_the_least_loaded_of_several_endpoints() -> None:
    with fake_server(seconds=0.02) as one, fake_server(seconds=0.02) as other:
        async with together(one.url, other.url) as model:
            await asyncio.gather(*(model.reply(asking(str(n))) for n in range(16)))
            state = model.state
    assert (len(one.asked), len(other.asked)) == (8, 8)
    assert (one.most_in_flight, other.most_in_flight) == (4, 4)
    assert (state.calls, state.calls_at_once, state.in_flight) == (16, 8, 0)


async def test_a_call_that_failed_is_tried_elsewhere() -> None:
    ears = Ears()
    with fake_server(faults=["500"] * 9) as one, fake_server() as other:
        async with together(one.url, other.url) as model:
            await model.reply(asking(), ears)
    assert (ears.codes, len(one.asked), len(other.asked)) == (["server_fault"], 1, 1)


async def test_an_address_where_nobody_answers_costs_no_record() -> None:
    with fake_server() as gone:
        pass
    with fake_server() as other:
        async with together(gone.url, other.url) as model:
            calls = [model.reply(asking(str(n))) for n in range(40)]
            replies = await asyncio.gather(*calls)
            states = [endpoint.state for endpoint in model.endpoints]
    assert len([reply for reply in replies if reply.text]) == len(other.asked) == 40
    assert [state.breaker for state in states] == ["open", "closed"]
    assert "Nothing answers at" in states[0].reason
    assert model.state.breaker == "closed"


async def test_where_all_addresses_are_wrong_the_call_fails_with_the_reason() -> None:
    with fake_server() as one, fake_server() as other:
        pass
    async with together(one.url, other.url) as model:
        with pytest.raises(CallFailure, match="Nothing answers at"):
            await model.reply(asking())


async def test_a_slow_call_is_sent_a_second_time_and_both_are_counted() -> None:
    ears = Ears()
    with fake_server(faults=["hang"]) as slow, fake_server() as other:
        async with together(slow.url, other.url, patience=HEDGING) as model:
            assert (await model.reply(asking(), ears)).text
            assert (model.state.hedged, model.state.calls, model.state.in_flight) == (1, 2, 0)
        assert await asyncio.to_thread(slow.hung_up.wait, 5)
    assert (ears.begun, ears.codes) == (2, [])


async def test_a_call_whose_text_is_watched_is_not_sent_twice() -> None:
    with fake_server(seconds=0.2) as server:
        async with together(server.url, patience=HEDGING) as model:
            await model.reply(asking(), Ears(wants_text=True))
    assert len(server.asked) == 1


async def test_a_second_copy_that_may_not_begin_leaves_the_first_alone() -> None:
    class Once(Ears):
        def begin(self) -> None:
            super().begin()
            if self.begun > 1:
                raise RunHalted("No more.")

    with fake_server(seconds=0.2) as server:
        async with together(server.url, patience=HEDGING) as model:
            assert (await model.reply(asking(), Once())).text
            assert model.state.in_flight == 0
    assert len(server.asked) == 1
