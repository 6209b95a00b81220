"""A call that failed and waits to be tried again is seen, and no longer once it goes."""

import asyncio
from time import time

from grasp_ui.llm.direct_model import DirectModel, Endpoint
from grasp_ui.llm.patience import Patience
from tests.fake_server import fake_server
from tests.llm.asking import Ears, asking

SLOW = Patience(first_wait_seconds=60.0, jitter=lambda: 0.5)


async def test_a_call_that_waits_to_be_tried_again_is_told_with_time_and_reason() -> None:
    with fake_server(faults=["500"]) as server:
        endpoint = Endpoint(server.url)
        model = DirectModel("m", "m", endpoint, SLOW)
        call = asyncio.ensure_future(model.reply(asking(), Ears()))
        while not model.state.put_off:
            await asyncio.wait([call], timeout=0.01)
        state = model.state
        assert (state.put_off, state.in_flight) == (1, 0)
        assert 0 < state.next_at - time() <= 60
        assert "The server had an error" in state.reason
        call.cancel()
        await asyncio.wait([call])
        assert model.state.put_off == 0
        await endpoint.close()
