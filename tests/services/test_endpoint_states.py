from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from grasp_ui.llm.port import ChatModel
from grasp_ui.services.makers import Makers
from grasp_ui.services.settings import ModelSettings
from tests.fake_server import fake_server
from tests.llm.asking import Ears, asking


@asynccontextmanager
async def making() -> AsyncIterator[Makers]:
    """Makers, closed at the end of the block."""
    makers = Makers()
    yield makers
    await makers.close()


async def asked(model: ChatModel) -> str:
    """What the model answers."""
    return (await model.reply(asking(), Ears())).text


async def test_the_state_of_each_model_is_told_by_its_name() -> None:
    with fake_server() as server:
        async with making() as makers:
            await asked(await makers.model(ModelSettings(name="one", url=server.url)))
            await makers.model(ModelSettings(name="two", url=server.url, calls_at_once=3))
            states = makers.states()
    assert {name: state.calls for name, state in states.items()} == {"one": 1, "two": 0}
    assert (states["one"].calls_at_once, states["two"].calls_at_once) == (8, 3)
    assert states["one"].where == server.url


async def test_models_at_one_address_with_the_same_limits_share_them() -> None:
    with fake_server() as server:
        async with making() as makers:
            await asked(await makers.model(ModelSettings(name="one", url=server.url)))
            await asked(await makers.model(ModelSettings(name="two", url=server.url)))
            assert [state.calls for state in makers.states().values()] == [2, 2]


async def test_a_model_at_several_addresses_is_asked_at_all_of_them() -> None:
    with fake_server() as one, fake_server() as other:
        urls = (other.url, "", one.url)
        async with making() as makers:
            model = await makers.model(ModelSettings(name="m", url=one.url, more_urls=urls))
            assert await asked(model) == await asked(model)
            assert makers.states()["m"].where == f"{one.url}, {other.url}"


async def test_prices_leave_the_state_as_it_is() -> None:
    with fake_server() as server:
        async with making() as makers:
            await asked(await makers.model(ModelSettings(name="m", url=server.url, prompt_usd=1)))
            assert makers.states()["m"].calls == 1


@pytest.mark.parametrize("field", ["requests_per_minute", "tokens_per_minute"])
async def test_a_quota_of_settings_is_kept(field: str) -> None:
    settings = ModelSettings.model_validate({"name": "m", field: 600_000})
    with fake_server() as server:
        async with making() as makers:
            model = await makers.model(settings.model_copy(update={"url": server.url}))
            assert await asked(model)
