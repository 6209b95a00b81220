"""What providers charge, from the table that litellm carries.

The table is read as the file that it is: litellm is not imported. What costs less at some hours
is priced as in the dear ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson

from grasp_ui.llm.port import Usage

TABLE = "model_prices_and_context_window_backup.json"
MODES = ("chat", "responses")
ABOVE = "input_cost_per_token_above_"


@dataclass(frozen=True, slots=True)
class Rates:
    """Dollars for one token of each sort."""

    prompt: float
    completion: float
    cached: float
    cache_write: float
    reasoning: float

    def cost(self, used: Usage) -> float:
        """The dollars that `used` costs; cached and reasoning tokens are parts of sums."""
        cached = min(used.cached_tokens, used.prompt_tokens)
        written = min(used.cache_write_tokens, used.prompt_tokens - cached)
        reasoning = min(used.reasoning_tokens, used.completion_tokens)
        return (
            (used.prompt_tokens - cached - written) * self.prompt
            + cached * self.cached
            + written * self.cache_write
            + (used.completion_tokens - reasoning) * self.completion
            + reasoning * self.reasoning
        )


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs: its rates, and others for long prompts.

    `longer` has pairs of a number of prompt tokens and the rates of a call that has more, the
    largest number first.
    """

    rates: Rates
    longer: tuple[tuple[int, Rates], ...] = ()

    def cost(self, used: Usage) -> float:
        """The dollars that one call costs.

        Example:
            >>> flat(3.0, 15.0).cost(Usage(prompt_tokens=1_000_000, completion_tokens=100_000))
            4.5
        """
        for threshold, rates in self.longer:
            if used.prompt_tokens > threshold:
                return rates.cost(used)
        return self.rates.cost(used)


def flat(prompt_usd: float, completion_usd: float) -> Price:
    """A price in dollars for a million tokens, cached and reasoning ones like others."""
    prompt, completion = prompt_usd / 1_000_000, completion_usd / 1_000_000
    return Price(Rates(prompt, completion, prompt, prompt, completion))


def listed_price(provider: str, model: str) -> Price | None:
    """The price of `provider`'s model by litellm's table; None where it is not known.

    `model` may carry the provider's name in front. A model listed with no price at all, or with
    prices by a scheme of its own, counts as not known.
    """
    table = price_table()
    bare = model.removeprefix(f"{provider}/")
    for name in (f"{provider}/{bare}", bare):
        entry = table.get(name)
        if entry is not None and _is_of(entry, provider):
            return _price(entry)
    return None


@cache
def price_table() -> Mapping[str, Mapping[str, Any]]:
    """The table of models that litellm carries, read once (about 15 ms).

    Empty where litellm is not installed.
    """
    spec = find_spec("litellm")
    folders = spec.submodule_search_locations if spec is not None else None
    file = Path(folders[0]) / TABLE if folders else None
    if file is None or not file.exists():
        return {}
    table: dict[str, dict[str, Any]] = orjson.loads(file.read_bytes())
    return table


def listed_providers() -> frozenset[str]:
    """The names of providers that the table knows."""
    owners = (entry.get("litellm_provider") for entry in price_table().values())
    return frozenset(str(owner) for owner in owners if owner)


def _is_of(entry: Mapping[str, Any], provider: str) -> bool:
    """Whether an entry is the provider's; `bedrock_converse` is of `bedrock`."""
    owner = str(entry.get("litellm_provider") or "")
    return owner == provider or owner.startswith((f"{provider}_", f"{provider}-"))


def _price(entry: Mapping[str, Any]) -> Price | None:
    if entry.get("mode") not in MODES or "tiered_pricing" in entry:
        return None
    rates = _rates(entry, "")
    if rates is None or not (rates.prompt or rates.completion):
        return None
    longer = []
    for key in entry:
        mark = key.removeprefix(ABOVE).removesuffix("k_tokens")
        if key.startswith(ABOVE) and mark.isdigit():
            above = _rates(entry, f"_above_{mark}k_tokens")
            longer.append((int(mark) * 1000, above or rates))
    return Price(rates, tuple(sorted(longer, key=lambda tier: -tier[0])))


def _rates(entry: Mapping[str, Any], suffix: str) -> Rates | None:
    """The rates under keys with `suffix`; what has no rate of its own costs as its sort does."""

    def rate(name: str) -> float | None:
        said = entry.get(f"{name}{suffix}", entry.get(name))
        return float(said) if isinstance(said, int | float) else None

    prompt, completion = rate("input_cost_per_token"), rate("output_cost_per_token")
    if prompt is None or completion is None:
        return None
    cached, written = rate("cache_read_input_token_cost"), rate("cache_creation_input_token_cost")
    reasoning = rate("output_cost_per_reasoning_token")
    return Rates(
        prompt,
        completion,
        prompt if cached is None else cached,
        prompt if written is None else written,
        completion if reasoning is None else reasoning,
    )
