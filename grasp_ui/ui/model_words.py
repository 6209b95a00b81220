"""What a person chooses a model by: which it is, where it is, what it costs."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from grasp_ui.services.pricing import price_in_words
from grasp_ui.services.settings import ModelSettings, Settings, provider_for

LOOPBACK = ("127.0.0.1", "localhost", "::1")
ONLY = "The graph's only model"


def reach_of(model: ModelSettings) -> str:
    """Where a model is: built in, a provider's, or at an address.

    Example:
        >>> reach_of(ModelSettings(name="mine", url="http://127.0.0.1:8000/v1"))
        'endpoint on this machine'
        >>> reach_of(ModelSettings(name="claude", wire_name="anthropic/claude-sonnet-4-5"))
        'provider anthropic'
    """
    if model.kind == "builtin":
        return "built in"
    provider = provider_for(model)
    if provider is not None:
        return f"provider {provider.name}"
    host = urlsplit(model.url).hostname or "no address"
    return "endpoint on this machine" if host in LOOPBACK else f"endpoint {host}"


def words_of_models(settings: Settings) -> dict[str, str]:
    """For each model of Settings its name, where it is and what it costs.

    Example:
        >>> words_of_models(Settings())["local"]
        'local · built in · costs nothing'
    """
    return {
        model.name: f"{model.name} · {reach_of(model)} · {price_in_words(model)}"
        for model in settings.models
    }


def words_of_aliases(
    aliases: Mapping[str, Mapping[str, Any]], settings: Settings
) -> dict[str, str]:
    """For each alias of a graph the model that it stands for, in words.

    Example:
        >>> words_of_aliases({"writer": {"model": "local"}}, Settings())["writer"]
        'writer · local · built in · costs nothing'
    """
    known = words_of_models(settings)
    named = {alias: str(keys.get("model", "")) for alias, keys in aliases.items()}
    words = {
        alias: f"{alias} · {known.get(model) or f'{model} (not in Settings)'}"
        for alias, model in named.items()
    }
    return {"": ONLY, **words}
