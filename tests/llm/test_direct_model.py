import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from grasp_ui.errors import RunHalted
from grasp_ui.llm.direct_model import DirectModel
from grasp_ui.llm.port import (
    CallFailure,
    EmptyReply,
    NotAuthorized,
    RateLimited,
    Request,
    TimedOut,
)
from tests.fake_server import fake_server
from tests.llm.asking import Ears, asking, asking_for_score, asking_yes_or_no, direct

FINAL = {"401": "not_authorized", "400": "bad_request", "404": "bad_request",
         "content_filter": "content_filter", "redirect": "bad_request",
         "429 for an hour": "rate_limited"}  # fmt: skip
PASSING = {"429": "rate_limited", "503": "rate_limited", "500": "server_fault",
           "error as success": "rate_limited", "empty": "empty_reply", "none": "empty_reply",
           "malformed": "malformed_reply", "no choices": "malformed_reply",
           "not an object": "malformed_reply", "reset": "unreachable"}  # fmt: skip
FORMAL = {"badjson": "schema_mismatch", "mismatch": "schema_mismatch", "length": "cut_off"}
STREAMED = {"broken stream": "malformed_reply", "error in stream": "server_fault"}


async def test_a_reply_has_text_usage_reason_and_reasoning() -> None:
    with fake_server() as server:
        async with direct(server.url) as model:
            reply = await model.reply(asking())
    assert reply.text.endswith(".")
    assert reply.usage.prompt_tokens > 0 < reply.usage.completion_tokens
    assert (reply.finish_reason, reply.reasoning) == ("stop", "Let me think.")


async def test_the_body_is_sent_as_it_is() -> None:
    with fake_server() as server:
        async with direct(server.url) as model:
            await model.reply(asking("Hello", temperature=0.3))
    assert server.asked[0]["temperature"] == 0.3
    assert "stream" not in server.asked[0]


@pytest.mark.parametrize(("fault", "code"), PASSING.items())
async def test_what_may_pass_is_told_and_tried_again(fault: str, code: str) -> None:
    ears = Ears()
    with fake_server(faults=[fault]) as server:
        async with direct(server.url) as model:
            reply = await model.reply(asking(), ears)
    assert (ears.codes, reply.attempt) == ([code], 1)


@pytest.mark.parametrize(("fault", "code"), FINAL.items())
async def test_what_is_final_is_not_tried_again(fault: str, code: str) -> None:
    ears = Ears()
    with fake_server(faults=[fault]) as server:
        async with direct(server.url) as model:
            with pytest.raises(CallFailure) as raised:
                await model.reply(asking(), ears)
    assert (raised.value.code, ears.codes, len(server.asked)) == (code, [code], 1)


@pytest.mark.parametrize(("fault", "code"), FORMAL.items())
async def test_a_reply_that_does_not_fit_its_schema_is_asked_for_again(
    fault: str, code: str
) -> None:
    ears = Ears()
    with fake_server(faults=[fault]) as server:
        async with direct(server.url) as model:
            reply = await model.reply(asking_for_score(), ears)
    assert ears.codes == [code]
    assert reply.value["score"] in range(1, 6)


async def test_the_last_failure_is_raised() -> None:
    ears = Ears()
    with fake_server(faults=["500", "malformed", "empty"]) as server:
        async with direct(server.url) as model:
            with pytest.raises(EmptyReply):
                await model.reply(asking(), ears)
    assert [attempt for attempt, _ in ears.failures] == [0, 1, 2]


async def test_free_text_that_was_cut_off_is_kept_with_its_reason() -> None:
    with fake_server(faults=["length"]) as server:
        async with direct(server.url) as model:
            reply = await model.reply(asking())
    assert reply.finish_reason == "length"


async def test_probabilities_come_likeliest_first() -> None:
    with fake_server() as server:
        async with direct(server.url) as model:
            reply = await model.reply(asking_yes_or_no())
    assert reply.top[0][0] == reply.text
    assert reply.top[0][1] > reply.top[1][1]


@pytest.mark.parametrize("make", [asking, asking_for_score, asking_yes_or_no])
async def test_a_streamed_reply_equals_one_in_one_piece(make: Callable[[], Request]) -> None:
    ears = Ears(wants_text=True)
    with fake_server() as server:
        async with direct(server.url) as model:
            whole, streamed = await model.reply(make()), await model.reply(make(), ears)
    assert replace(whole, started=0, seconds=0) == replace(streamed, started=0, seconds=0)
    assert "".join(ears.pieces) == streamed.text
    assert server.asked[1]["stream_options"] == {"include_usage": True}


@pytest.mark.parametrize(("fault", "code"), STREAMED.items())
async def test_a_stream_that_breaks_off_is_asked_for_again(fault: str, code: str) -> None:
    ears = Ears(wants_text=True)
    with fake_server(faults=[fault]) as server:
        async with direct(server.url) as model:
            reply = await model.reply(asking(), ears)
    assert (ears.codes, reply.attempt) == ([code], 1)


@pytest.mark.parametrize("wants_text", [False, True])
async def test_no_answer_in_time_is_a_failure_of_its_own(*, wants_text: bool) -> None:
    with fake_server(faults=["hang"] * 3) as server:
        async with direct(server.url, timeout_seconds=0.05) as model:
            with pytest.raises(TimedOut, match=r"0\.05 seconds"):
                await model.reply(asking(), Ears(wants_text=wants_text))


async def test_a_cancelled_call_hangs_up_and_frees_its_slot() -> None:
    with fake_server(faults=["hang"]) as server:
        async with direct(server.url, calls_at_once=1) as model:
            call = asyncio.create_task(model.reply(asking()))
            await asyncio.to_thread(server.began.wait, 5)
            call.cancel()
            await asyncio.wait([call])
            assert await asyncio.to_thread(server.hung_up.wait, 5)
            assert (await model.reply(asking())).text


async def test_the_limit_counts_calls_over_all_models_of_an_endpoint() -> None:
    with fake_server(seconds=0.02) as server:
        async with direct(server.url, calls_at_once=3) as model:
            other = DirectModel("other", "other", model.endpoint)
            calls = [one.reply(asking(str(n))) for n in range(6) for one in (model, other)]
            await asyncio.gather(*calls)
    assert (server.most_in_flight, len(server.asked)) == (3, 12)


async def test_a_lone_refusal_delays_its_own_call_alone() -> None:
    with fake_server(faults=["429 for an hour"]) as server:
        async with direct(server.url) as model:
            with pytest.raises(RateLimited):
                await model.reply(asking("first"))
            assert (await model.reply(asking("second"))).attempt == 0


async def test_no_part_of_a_key_is_in_an_error() -> None:
    secret = "proj-4f9aQz81TTkk0937"
    with fake_server(faults=["401"]) as server:
        async with direct(server.url, key=secret) as model:
            with pytest.raises(NotAuthorized) as raised:
                await model.reply(asking())
    shown = f"{raised.value!r} {model.endpoint!r}"
    assert [secret[at : at + 4] for at in range(18) if secret[at : at + 4] in shown] == []


async def test_the_key_is_sent() -> None:
    with fake_server(key="open-sesame") as server:
        async with direct(server.url, key="open-sesame\n") as model:
            assert (await model.reply(asking())).text
    assert server.outcomes == {"ok": 1}


async def test_each_attempt_is_announced_before_it_is_sent() -> None:
    ears = Ears()
    with fake_server(faults=["500", "empty"]) as server:
        async with direct(server.url) as model:
            await model.reply(asking(), ears)
    assert ears.begun == len(server.asked) == 3


async def test_what_a_watch_raises_before_an_attempt_keeps_it_from_being_sent() -> None:
    class Closed(Ears):
        def begin(self) -> None:
            raise RunHalted("No more.")

    with fake_server() as server:
        async with direct(server.url) as model:
            with pytest.raises(RunHalted):
                await model.reply(asking(), Closed())
            assert model.endpoint.gate.in_flight == 0
    assert server.asked == []
