"""Three providers through litellm against one seeded fake: what the direct client gives.

Loading litellm takes seconds, once for pytest's process, so these are left out of `make check`.
"""

import asyncio
import socket
import struct
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grasp_ui.llm.direct_model import DirectModel, Endpoint
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.litellm_model import LitellmEndpoint, LitellmWire
from grasp_ui.llm.port import (
    BadRequest,
    CallFailure,
    NoProbabilities,
    NotAuthorized,
    Request,
    Unreachable,
)
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.services.settings import ModelSettings, Settings
from tests.fake_server import FakeServer, fake_server
from tests.llm.asking import SOON, Ears, asking, asking_for_score, asking_yes_or_no
from tests.services.rooms import PAIRS, found, request, workspace

# litellm's own, of its own types: what `load_litellm` keeps from users, and a deprecation.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Item '.*' on TypedDict class:UserWarning"),
    pytest.mark.filterwarnings("ignore:Accessing the 'model_:DeprecationWarning"),
]

PROVIDERS = ("openai", "hosted_vllm", "anthropic")
FAULTS = ("", "429", "429 for an hour", "503", "500", "401", "400", "404", "redirect", "malformed",
          "no choices", "not an object", "empty", "none", "content_filter", "length",
          "reset")  # fmt: skip
IN_STREAMS = ("", "429", "500", "401", "empty", "none", "content_filter", "length", "reset",
              "no choices", "error in stream", "broken stream")  # fmt: skip
FORMAL = ("", "badjson", "mismatch", "length", "empty")
SECRET = "proj-4f9aQz81TTkk0937"


@asynccontextmanager
async def through(
    provider: str, server: FakeServer, *, key: str = "a-key", timeout_seconds: float = 20.0
) -> AsyncIterator[DirectModel]:
    """The fake server's model, by `provider`'s form; `direct` goes without litellm."""
    url = server.url.removesuffix("/v1") if provider == "anthropic" else server.url
    make, prefix = (Endpoint, "") if provider == "direct" else (LitellmEndpoint, f"{provider}/")
    endpoint = make(url, key, Limits(8, timeout_seconds))
    try:
        yield DirectModel("fake", f"{prefix}fake", endpoint, SOON)
    finally:
        await endpoint.close()


def named(request: Request, model: DirectModel) -> Request:
    """`request` under the name that its endpoint knows the model by."""
    said = request.body.replace(b'"model":"fake"', f'"model":"{model.wire_name}"'.encode())
    return replace(request, body=said)


async def outcome(provider: str, request: Request, fault: str, *, streams: bool = False) -> Any:
    """Everything that a call comes to: attempts, failures, and the reply's parts or the class."""
    ears = Ears(wants_text=streams)
    with fake_server(faults=[fault]) as server:
        async with through(provider, server) as model:
            try:
                reply = await model.reply(named(request, model), ears)
            except CallFailure as failure:
                return failure.code, ears.codes, ears.begun, len(server.asked)
    # A tool's input has no text of its own: litellm writes it with other spaces.
    text = reply.value or reply.text
    used = (reply.usage.prompt_tokens, reply.usage.completion_tokens)
    thought = reply.reasoning if request.schema is None else None
    said = (text, reply.finish_reason, used, reply.top, thought)
    return said, ears.codes, ears.begun, len(server.asked)


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_call_comes_to_the_same_as_a_direct_one(provider: str, fault: str) -> None:
    expected = await outcome("direct", asking(), fault)
    assert await outcome(provider, asking(), fault) == expected


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("fault", IN_STREAMS)
async def test_a_stream_comes_to_the_same_as_a_direct_one(provider: str, fault: str) -> None:
    expected = await outcome("direct", asking(), fault, streams=True)
    assert await outcome(provider, asking(), fault, streams=True) == expected


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("fault", FORMAL)
@pytest.mark.parametrize("streams", [False, True])
async def test_a_schema_is_held_to_as_directly(provider: str, fault: str, streams: bool) -> None:
    expected = await outcome("direct", asking_for_score(), fault, streams=streams)
    assert await outcome(provider, asking_for_score(), fault, streams=streams) == expected


@pytest.mark.parametrize("provider", ["openai", "hosted_vllm"])
@pytest.mark.parametrize("streams", [False, True])
async def test_probabilities_come_where_the_provider_has_them(provider: str, streams: bool) -> None:
    expected = await outcome("direct", asking_yes_or_no(), "", streams=streams)
    assert await outcome(provider, asking_yes_or_no(), "", streams=streams) == expected


async def test_pieces_of_a_stream_are_told_as_they_come() -> None:
    ears = Ears(wants_text=True)
    with fake_server() as server:
        async with through("anthropic", server) as model:
            reply = await model.reply(named(asking(), model), ears)
    assert len(ears.pieces) > 3
    assert "".join(ears.pieces) == reply.text


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("streams", [False, True])
async def test_no_answer_in_time_is_told_and_asked_for_again(provider: str, streams: bool) -> None:
    ears = Ears(wants_text=streams)
    with fake_server(faults=["hang"]) as server:
        async with through(provider, server, timeout_seconds=0.75) as model:
            reply = await model.reply(named(asking(), model), ears)
    assert (ears.codes, reply.attempt, len(server.asked)) == (["timed_out"], 1, 2)


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("streams", [False, True])
async def test_a_cancelled_call_hangs_up_and_frees_its_slot(provider: str, streams: bool) -> None:
    with fake_server(faults=["hang"]) as server:
        async with through(provider, server) as model:
            asked = model.reply(named(asking(), model), Ears(wants_text=streams))
            call = asyncio.create_task(asked)
            assert await asyncio.to_thread(server.began.wait, 10)
            call.cancel()
            await asyncio.wait([call])
            assert await asyncio.to_thread(server.hung_up.wait, 10)
            assert model.endpoint.state.in_flight == 0


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_the_key_is_sent_and_no_part_of_it_is_in_an_error(provider: str) -> None:
    with fake_server(key=SECRET, faults=["", "401"]) as server:
        async with through(provider, server, key=SECRET) as model:
            assert (await model.reply(named(asking(), model))).text
            with pytest.raises(NotAuthorized) as raised:
                await model.reply(named(asking(), model))
    shown = f"{''.join(traceback.format_exception(raised.value))} {model.endpoint!r}"
    assert [SECRET[at : at + 4] for at in range(18) if SECRET[at : at + 4] in shown] == []


async def test_a_key_of_the_environment_is_not_sent_to_an_address_of_ones_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", SECRET)
    with fake_server(key=SECRET) as server:
        async with through("anthropic", server, key="") as model:
            with pytest.raises(NotAuthorized):
                await model.reply(named(asking(), model))


async def test_a_connection_that_breaks_is_not_tried_again_unseen() -> None:
    connections = 0

    async def break_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await reader.readuntil(b"\r\n\r\n")
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    async with await asyncio.start_server(break_off, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        wire = LitellmWire(url, "", Limits())
        with pytest.raises(Unreachable, match="broke"):
            await wire.ask(asking(model="hosted_vllm/fake").body)
        await wire.close()
    assert connections == 1


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_server_that_is_not_there_is_named(provider: str) -> None:
    with fake_server() as server:
        pass
    async with through(provider, server) as model:
        with pytest.raises(Unreachable, match="Nothing answers at http"):
            await model.reply(named(asking(), model))


@pytest.mark.parametrize("model", ["openai/gpt-4o", "anthropic/claude", "gemini/gemini-2.5-pro"])
async def test_a_missing_key_is_said_at_once(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI", "ANTHROPIC", "GEMINI", "GOOGLE"):
        monkeypatch.delenv(f"{name}_API_KEY", raising=False)
    wire = LitellmWire("", "", Limits())
    with pytest.raises(NotAuthorized, match="the key is missing"):
        await wire.ask(asking(model=model).body)
    await wire.close()


@pytest.mark.parametrize(
    ("request_", "failure", "told"),
    [
        (asking(seed=5), BadRequest, "anthropic/fake does not take seed"),
        (asking(grammar="root"), BadRequest, "grammar cannot be sent to anthropic/fake"),
        (asking(api_base="http://127.0.0.1:9"), BadRequest, "api_base cannot be sent"),
        (asking_yes_or_no(), NoProbabilities, "gives no log-probabilities"),
        (asking(model="nosuch/fake"), BadRequest, "nosuch"),
    ],
)
async def test_what_a_provider_cannot_do_is_refused_before_it_is_paid(
    request_: Request, failure: type[CallFailure], told: str
) -> None:
    with fake_server() as server:
        async with through("anthropic", server) as model:
            with pytest.raises(failure, match=told):
                await model.reply(named(request_, model))
    assert server.asked == []


async def test_a_parameter_of_ones_own_server_goes_into_the_request() -> None:
    with fake_server() as server:
        async with through("hosted_vllm", server) as model:
            await model.reply(named(asking(min_p=0.1, api_base="http://127.0.0.1:9"), model))
    assert (server.asked[0]["min_p"], server.asked[0]["model"]) == (0.1, "fake")


async def test_nothing_is_left_in_the_loop_when_the_endpoint_is_closed() -> None:
    with fake_server() as server:
        async with through("anthropic", server) as model:
            await model.reply(named(asking(), model), Ears(wants_text=True))
            await model.reply(named(asking(), model))
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_graph_gives_the_same_as_directly(provider: str, tmp_path: Path) -> None:
    expected = told_by(tmp_path / "direct", "direct")
    assert expected == told_by(tmp_path / provider, provider)
    assert len(expected) == 6


def told_by(home: Path, provider: str) -> list[Any]:
    """What a graph of turns, candidates and a judge makes of six records, some calls failing."""
    with workspace(home) as opened, fake_server(faults=["429", "500", "empty", "reset"]) as server:
        url = server.url.removesuffix("/v1") if provider == "anthropic" else server.url
        prefix, client = ("", "auto") if provider == "direct" else (f"{provider}/", "litellm")
        models = [
            ModelSettings.model_validate(
                {"name": name, "wire_name": prefix + name, "url": url, "client": client}
            )
            for name in ("fake", "fake-two")
        ]
        opened.change_settings(Settings(models=tuple(models)))
        asked = request(server, 6, PAIRS.replace("p_yes", "schema"))
        view = opened.runner.wait(opened.runner.start(replace(asked, endpoint=None)), 60)
        assert (view.state, view.run.failed) == ("done", 0)
        return sorted(said_in(one) for one in found(opened))


def said_in(tagged: TaggedConversation) -> Any:
    messages = [(m.role, m.content) for m in tagged.conversation.messages]
    return messages, sorted((tag.name, str(tag.value)) for tag in tagged.tags)
