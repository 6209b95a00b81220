import asyncio

import pytest

from grasp_ui.llm.direct_model import DirectModel, Endpoint
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.patience import Patience
from grasp_ui.llm.port import CallFailure, NotReady, RateLimited, Reply, Request, Watch
from tests.llm.asking import Ears, asking
from tests.llm.no_time import in_no_time, now


class Moody(Endpoint):
    """An endpoint without a network that is away, or refuses, between two moments."""

    def __init__(self, failure: CallFailure, begins: float, ends: float) -> None:
        super().__init__("http://moody/v1", limits=Limits(calls_at_once=4))
        self.failure, self.begins, self.ends = failure, begins, ends
        self.sent = 0

    async def reply(
        self, request: Request, watch: Watch | None, ticket: int, attempt: int
    ) -> Reply:
        """Answer after a second, or fail at once."""
        self.sent += 1
        if self.begins <= now() < self.ends:
            self.gate.leave_failed(ticket, self.failure)
            if watch:
                watch.failed(self.failure, attempt=attempt, started=1, seconds=0)
            raise self.failure
        await asyncio.sleep(1)
        self.gate.leave_well(ticket, 0, 0)
        return Reply("Hello.", attempt=attempt)


AWAY, REFUSING = NotReady("Nothing answers."), RateLimited("Slow down.", retry_after=5)


def results(endpoint: Moody, calls: int = 100) -> list[Reply | BaseException]:
    """What calls give that are all made at once."""
    model = DirectModel("moody", "moody", endpoint, Patience(jitter=lambda: 0.5))

    async def work() -> list[Reply | BaseException]:
        asked = [model.reply(asking(str(number))) for number in range(calls)]
        try:
            return await asyncio.gather(*asked, return_exceptions=True)
        finally:
            await endpoint.close()

    return in_no_time(work())


@pytest.mark.parametrize("failure", [AWAY, REFUSING])
def test_trouble_that_passes_costs_no_record(failure: CallFailure) -> None:
    endpoint = Moody(failure, begins=5, ends=305)
    assert [one for one in results(endpoint) if not isinstance(one, Reply)] == []
    assert endpoint.state.in_flight == endpoint.state.waiting == 0


def test_an_endpoint_that_is_away_is_left_alone_but_for_probes() -> None:
    endpoint = Moody(AWAY, begins=5, ends=305)
    results(endpoint)
    assert endpoint.sent < 100 + 40


def test_an_outage_without_an_end_fails_each_call_with_its_reason() -> None:
    told = results(Moody(AWAY, begins=5, ends=1e9))
    assert [str(one) for one in told if not isinstance(one, Reply)] == ["Nothing answers."] * 80


def test_an_outage_is_waited_for_no_longer_than_the_patience_lasts() -> None:
    async def work() -> tuple[float, str]:
        endpoint = Moody(AWAY, begins=1, ends=1e9)
        model = DirectModel("moody", "moody", endpoint, Patience(jitter=lambda: 0.5))
        await model.reply(asking())
        with pytest.raises(NotReady) as raised:
            await model.reply(asking())
        await endpoint.close()
        return now(), str(raised.value)

    seconds, said = in_no_time(work())
    assert 500 < seconds < 700
    assert said == "Nothing answers."


def test_a_refused_call_is_told_each_time_and_keeps_its_attempts() -> None:
    ears = Ears()

    async def work() -> int:
        endpoint = Moody(REFUSING, begins=0, ends=100)
        reply = await DirectModel("moody", "moody", endpoint).reply(asking(), ears)
        await endpoint.close()
        return reply.attempt

    assert in_no_time(work()) == 20
    assert ears.codes == ["rate_limited"] * 20


class Crowded(Endpoint):
    """An endpoint without a network that takes six calls at once and refuses more."""

    def __init__(self) -> None:
        super().__init__("http://crowded/v1", limits=Limits(calls_at_once=64))
        self.inside = self.refused = 0

    async def reply(
        self, request: Request, watch: Watch | None, ticket: int, attempt: int
    ) -> Reply:
        """Answer after a second, or refuse at once."""
        if self.inside >= 6:
            self.refused += 1
            failure = RateLimited("Slow down.", retry_after=1)
            self.gate.leave_failed(ticket, failure)
            raise failure
        self.inside += 1
        await asyncio.sleep(1)
        self.inside -= 1
        self.gate.leave_well(ticket, 0, 0)
        return Reply("Hello.", attempt=attempt)


def test_what_an_endpoint_takes_at_once_is_found_out() -> None:
    async def work() -> tuple[int, float]:
        endpoint = Crowded()
        model = DirectModel("crowded", "crowded", endpoint, Patience(jitter=lambda: 0.5))
        replies = await asyncio.gather(*(model.reply(asking(str(n))) for n in range(600)))
        assert len(replies) == 600
        await endpoint.close()
        return endpoint.refused, now()

    refused, seconds = in_no_time(work())
    assert refused < 1000
    assert seconds < 130
