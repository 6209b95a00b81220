import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from math import exp
from pathlib import Path

import pytest

from grasp_ui.llm import embedded
from grasp_ui.llm.direct_model import DirectModel, Endpoint
from grasp_ui.llm.embedded import ModelUnavailable
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.port import NotAuthorized, Request
from grasp_ui.llm.wire import Wire
from tests.llm.asking import Ears, asking, asking_for_score, asking_yes_or_no

YES_OR_NO = 'root ::= "yes" | "no"'


@asynccontextmanager
async def built_in() -> AsyncIterator[DirectModel]:
    """The built-in model, as the program asks it."""
    url, key = await asyncio.to_thread(embedded.start)
    endpoint = Endpoint(url, key, Limits(calls_at_once=4))
    yield DirectModel("local", "local", endpoint)
    await endpoint.close()


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelUnavailable, match=r"There is no model file .*gone\.gguf"):
        embedded.start(Path("gone.gguf"))


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "model.gguf"
    wrong.write_bytes(b"PK\x03\x04")
    with pytest.raises(ModelUnavailable, match="is not a GGUF file"):
        embedded.start(wrong)


@pytest.mark.model
def test_a_damaged_file_does_not_load(tmp_path: Path) -> None:
    damaged = tmp_path / "model.gguf"
    damaged.write_bytes(b"GGUF" + b"garbage" * 50)
    with pytest.raises(ModelUnavailable, match="could not be loaded"):
        embedded.start(damaged)


@pytest.mark.model
def test_the_server_is_started_once_per_process() -> None:
    assert embedded.start() == embedded.start()


@pytest.mark.model
async def test_the_server_asks_for_its_key() -> None:
    url, _ = await asyncio.to_thread(embedded.start)
    wire = Wire(url, "another", Limits())
    with pytest.raises(NotAuthorized):
        await wire.ask(asking().body)
    await wire.close()


@pytest.mark.model
async def test_the_built_in_model_gives_the_probability_of_yes() -> None:
    async with built_in() as model:
        top = dict((await model.reply(asking_yes_or_no("Is fire hot? Answer Yes or No."))).top)
    assert 0 < exp(top["Yes"]) < 1 > exp(top["No"]) > 0


@pytest.mark.model
async def test_the_built_in_model_keeps_to_a_schema() -> None:
    async with built_in() as model:
        reply = await model.reply(asking_for_score("Rate the weather from 1 to 5."))
    assert reply.value["score"] in range(1, 6)


@pytest.mark.model
async def test_the_built_in_model_keeps_to_a_grammar() -> None:
    async with built_in() as model:
        reply = await model.reply(Request(asking("Is it raining?", grammar=YES_OR_NO).body))
    assert reply.text in ("yes", "no")


@pytest.mark.model
async def test_the_built_in_model_ends_at_a_stop() -> None:
    few_shot = "Q: Colour of snow?\nA: White.\n\nQ: Colour of grass?\nA: Green.\n\nQ: Of blood?\nA:"
    async with built_in() as model:
        reply = await model.reply(asking(few_shot, stop=["\n"], max_tokens=30, temperature=0))
    assert "\n" not in reply.text.strip()
    assert reply.finish_reason == "stop"


@pytest.mark.model
async def test_the_built_in_model_streams_what_it_would_say_at_once() -> None:
    ears = Ears(wants_text=True)
    request = asking("Say hello.", max_tokens=12, temperature=0, seed=1)
    async with built_in() as model:
        whole, streamed = await model.reply(request), await model.reply(request, ears)
    assert "".join(ears.pieces) == streamed.text == whole.text
    assert replace(streamed.usage, cached_tokens=0) == replace(whole.usage, cached_tokens=0)
    assert ears.failures == []


@pytest.mark.model
async def test_a_cancelled_call_leaves_the_built_in_model_free() -> None:
    async with built_in() as model:
        call = asyncio.create_task(model.reply(asking("Tell a long story.", max_tokens=1500)))
        await asyncio.wait([call], timeout=0.3)
        call.cancel()
        await asyncio.wait([call])
        assert model.endpoint.gate.in_flight == 0
        assert (await model.reply(asking("Hi", max_tokens=3))).text
