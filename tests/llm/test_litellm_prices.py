"""Our prices against what litellm itself computes from its table."""

from collections.abc import Iterator
from typing import Any

import pytest

from grasp_ui.llm.litellm_model import load_litellm
from grasp_ui.llm.port import Usage
from grasp_ui.llm.prices import listed_price, price_table

# litellm's own, of its own types: what `load_litellm` keeps from users.
pytestmark = pytest.mark.filterwarnings("ignore:Item '.*' on TypedDict class:UserWarning")

CALLS = [(1000, 0, 0, 500, 0), (1000, 300, 200, 500, 100), (600_000, 0, 0, 50, 0)]


def test_prices_are_those_that_litellm_computes() -> None:
    litellm = load_litellm()
    astray = [
        (name, expected, ours)
        for name, entry in price_table().items()
        if entry.get("litellm_provider") in ("openai", "anthropic", "gemini", "mistral", "xai")
        for expected, ours in costs(litellm, name, str(entry["litellm_provider"]))
        if ours != pytest.approx(expected)
    ]
    assert astray == []


def costs(litellm: Any, name: str, provider: str) -> Iterator[tuple[float, float]]:
    """What litellm and we compute for some calls to a model, where it is priced."""
    price = listed_price(provider, name)
    for prompt, cached, written, reply, thought in CALLS if price else ():
        used = litellm.Usage(
            prompt_tokens=prompt,
            completion_tokens=reply,
            total_tokens=prompt + reply,
            prompt_tokens_details={"cached_tokens": cached, "cache_creation_tokens": written},
            completion_tokens_details={"reasoning_tokens": thought},
        )
        parts = litellm.cost_per_token(name, custom_llm_provider=provider, usage_object=used)
        assert price is not None
        yield sum(parts), price.cost(Usage(prompt, reply, 0.0, cached, written, thought))
