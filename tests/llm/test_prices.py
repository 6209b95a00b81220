"""Prices: read from litellm's table, never made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.llm.port import Usage
from grasp_ui.llm.prices import Price, Rates, flat, listed_price, price_table

COUNTS = st.integers(min_value=0, max_value=10_000_000)


def test_a_listed_model_has_the_rates_of_the_table() -> None:
    entry = price_table()["gpt-4o-mini"]
    price = listed_price("openai", "gpt-4o-mini")
    assert price is not None
    assert price.rates.prompt == entry["input_cost_per_token"]
    assert price.rates.cached == entry["cache_read_input_token_cost"]


def test_a_models_name_may_carry_its_provider() -> None:
    named = listed_price("anthropic", "anthropic/claude-sonnet-4-5")
    assert named == listed_price("anthropic", "claude-sonnet-4-5") is not None


@pytest.mark.parametrize(
    ("provider", "model"),
    [
        ("openai", "no-such-model"),
        ("hosted_vllm", "gpt-4o-mini"),
        ("ollama", "llama3"),
        ("cohere", "command-a-plus-05-2026"),
        ("openai", "text-embedding-3-small"),
    ],
)
def test_what_is_not_listed_with_a_price_has_none(provider: str, model: str) -> None:
    assert listed_price(provider, model) is None


def test_cached_written_and_reasoning_tokens_have_rates_of_their_own() -> None:
    price = Price(Rates(prompt=1, completion=10, cached=0.1, cache_write=2, reasoning=20))
    used = Usage(100, 50, cached_tokens=60, cache_write_tokens=30, reasoning_tokens=20)
    assert price.cost(used) == pytest.approx(10 + 6 + 60 + 300 + 400)


def test_a_long_prompt_costs_by_the_rates_for_long_ones() -> None:
    price = listed_price("gemini", "gemini-2.5-pro")
    assert price is not None
    short, long = (price.cost(Usage(count, 0)) / count for count in (200_000, 200_001))
    assert long == pytest.approx(2 * short)


@given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
def test_parts_never_count_for_more_than_their_whole(
    prompt: int, reply: int, cached: int, written: int, reasoning: int
) -> None:
    used = Usage(prompt, reply, 0.0, cached, written, reasoning)
    assert flat(3.0, 15.0).cost(used) == pytest.approx((prompt * 3 + reply * 15) / 1_000_000)
