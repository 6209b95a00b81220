"""Models of Settings become models to be asked: one endpoint for each address."""

import asyncio
from pathlib import Path

from grasp_ui.llm import embedded
from grasp_ui.llm.direct_model import DirectModel, Endpoint
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.litellm_model import LitellmEndpoint, load_litellm
from grasp_ui.llm.patience import Patience
from grasp_ui.llm.port import ChatModel
from grasp_ui.llm.state import EndpointState
from grasp_ui.services.pricing import priced
from grasp_ui.services.settings import ModelSettings, client_of, key_of, provider_for


class Makers:
    """Makes models; used in the runner's loop alone, which owns their connections."""

    def __init__(self) -> None:
        self._endpoints: dict[tuple[str, str, Limits], Endpoint] = {}
        self._models: dict[str, DirectModel] = {}

    async def model(self, settings: ModelSettings) -> ChatModel:
        """The model that `settings` describe; starts the built-in one where it must.

        Raises:
            ModelUnavailable: the built-in model is not there or does not start.
            GraspError: it needs litellm, which is not installed.
        """
        url, key = settings.url, key_of(settings)
        if settings.kind == "builtin":
            file = Path(settings.gguf) if settings.gguf else None
            url, key = await asyncio.to_thread(embedded.start, file)
        if client_of(settings) == "litellm":
            # In a thread: its import takes seconds, and other runs go on in this loop.
            await asyncio.to_thread(load_litellm)
        wire_name = settings.wire_name or settings.name
        urls = [url, *(more for more in settings.more_urls if more.strip())]
        endpoints = [self._endpoint(one, key, settings) for one in dict.fromkeys(urls)]
        patience = Patience(
            total_seconds=settings.patience_seconds,
            hedge_after_seconds=settings.hedge_after_seconds,
        )
        model = DirectModel(settings.name, wire_name, endpoints, patience)
        self._models[settings.name] = model
        return priced(model, settings)

    def states(self) -> dict[str, EndpointState]:
        """How the endpoints of each model made so far stand, by its name in Settings.

        Cheap, and safe from another thread. A model made anew under its name stands for it.
        """
        return {name: model.state for name, model in list(self._models.items())}

    async def close(self) -> None:
        """Close every connection."""
        for endpoint in self._endpoints.values():
            await endpoint.close()
        self._endpoints.clear()
        self._models.clear()

    def _endpoint(self, url: str, key: str, settings: ModelSettings) -> Endpoint:
        """The one endpoint for an address, or for a provider that has none."""
        is_direct = client_of(settings) == "direct"
        provider = provider_for(settings)
        at = f"direct:{url}" if is_direct else f"litellm:{url or (provider and provider.name)}"
        limits = _limits(settings)
        if (at, key, limits) not in self._endpoints:
            make = Endpoint if is_direct else LitellmEndpoint
            self._endpoints[at, key, limits] = make(url, key, limits)
        return self._endpoints[at, key, limits]


def _limits(settings: ModelSettings) -> Limits:
    return Limits(
        settings.calls_at_once,
        settings.timeout_seconds,
        settings.first_token_seconds,
        settings.requests_per_minute,
        settings.tokens_per_minute,
    )
