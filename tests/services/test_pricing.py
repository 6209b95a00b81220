"""Which price counts, and whether one is known."""

import pytest

from grasp_ui.llm.port import Reply, Usage
from grasp_ui.llm.scripted import ScriptedModel
from grasp_ui.services.pricing import is_priced, price_in_words, price_of, priced
from grasp_ui.services.settings import ModelSettings
from tests.llm.asking import asking

MINE = "http://127.0.0.1:8000/v1"
CLAUDE = "anthropic/claude-sonnet-4-5"
OPENAI = "https://api.openai.com/v1"


@pytest.mark.parametrize(
    ("settings", "known"),
    [
        ({"url": MINE, "wire_name": "gpt-4o-mini"}, False),
        ({"url": MINE, "is_free": True}, True),
        ({"url": MINE, "prompt_usd": 2}, True),
        ({"url": OPENAI, "wire_name": "gpt-4o-mini"}, True),
        ({"url": "https://api.openai.com.evil.example/v1", "wire_name": "gpt-4o-mini"}, False),
        ({"url": OPENAI, "wire_name": "no-such-model"}, False),
        ({"wire_name": CLAUDE}, True),
        ({"wire_name": CLAUDE, "url": MINE, "client": "litellm"}, False),
        ({"wire_name": "hosted_vllm/gpt-4o-mini"}, False),
        ({"kind": "builtin"}, True),
    ],
)
def test_a_price_is_known_of_a_providers_own_address_or_name(
    settings: dict[str, object], known: bool
) -> None:
    assert is_priced(ModelSettings.model_validate({"name": "m", **settings})) is known


async def cost(settings: ModelSettings, told: float = 0.0) -> float:
    """What a reply of a thousand and a hundred tokens cost, of which the endpoint says `told`."""
    said = Reply("Hello.", usage=Usage(1000, 100, told))
    model = priced(ScriptedModel([said]), settings)
    return (await model.reply(asking())).usage.cost_usd


async def test_what_settings_say_counts_before_all_else() -> None:
    mine = ModelSettings(name="m", wire_name=CLAUDE, prompt_usd=1, completion_usd=10)
    assert await cost(mine, told=5.0) == pytest.approx(0.002)


async def test_what_the_endpoint_says_counts_before_the_table() -> None:
    assert await cost(ModelSettings(name="m", wire_name=CLAUDE), told=5.0) == 5.0


async def test_the_table_counts_where_nobody_says_anything() -> None:
    price = price_of(settings := ModelSettings(name="m", wire_name=CLAUDE))
    assert price is not None
    assert await cost(settings) == price.cost(Usage(1000, 100)) > 0


async def test_an_unknown_price_costs_nothing_and_says_so() -> None:
    unknown = ModelSettings(name="m", url=MINE)
    assert await cost(unknown) == 0.0
    assert price_in_words(unknown) == "price not known"
