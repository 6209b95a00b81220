"""Models of Settings become models to be asked: one endpoint for each address."""

import asyncio
from dataclasses import replace
from pathlib import Path

from grasp_ui.llm import embedded
from grasp_ui.llm.direct_model import DirectModel, Endpoint
from grasp_ui.llm.port import ChatModel, Reply, Request, Usage, Watch
from grasp_ui.services.settings import ModelSettings, key_of


class PricedModel:
    """A model whose replies carry what they cost, by the prices of Settings."""

    def __init__(self, model: DirectModel, settings: ModelSettings) -> None:
        self.name = model.name
        self.wire_name = model.wire_name
        self._model = model
        self._settings = settings

    async def reply(self, request: Request, watch: Watch | None = None) -> Reply:
        """Ask the model, then price its tokens.

        Raises:
            CallFailure: as the model does.
        """
        reply = await self._model.reply(request, watch)
        used, prices = reply.usage, self._settings
        cost = used.prompt_tokens * prices.prompt_usd
        cost += used.completion_tokens * prices.completion_usd
        usage = Usage(used.prompt_tokens, used.completion_tokens, cost / 1_000_000)
        return replace(reply, usage=usage)


class Makers:
    """Makes models; used in the runner's loop alone, which owns their connections."""

    def __init__(self) -> None:
        self._endpoints: dict[tuple[str, str, int, float], Endpoint] = {}

    async def model(self, settings: ModelSettings) -> ChatModel:
        """The model that `settings` describe; starts the built-in one where it must.

        Raises:
            ModelUnavailable: the built-in model is not there or does not start.
        """
        url, key = settings.url, key_of(settings)
        if settings.kind == "builtin":
            file = Path(settings.gguf) if settings.gguf else None
            url, key = await asyncio.to_thread(embedded.start, file)
        wire_name = settings.wire_name or settings.name
        model = DirectModel(settings.name, wire_name, endpoint=self._endpoint(url, key, settings))
        is_priced = settings.prompt_usd or settings.completion_usd
        return PricedModel(model, settings) if is_priced else model

    async def close(self) -> None:
        """Close every connection."""
        for endpoint in self._endpoints.values():
            await endpoint.close()
        self._endpoints.clear()

    def _endpoint(self, url: str, key: str, settings: ModelSettings) -> Endpoint:
        limits = (settings.calls_at_once, settings.timeout_seconds)
        if (url, key, *limits) not in self._endpoints:
            self._endpoints[url, key, *limits] = Endpoint(
                url, key, calls_at_once=limits[0], timeout_seconds=limits[1]
            )
        return self._endpoints[url, key, *limits]


def has_price(settings: ModelSettings) -> bool:
    """Whether the price of calls is known; the built-in model costs nothing."""
    return settings.kind == "builtin" or bool(settings.prompt_usd or settings.completion_usd)
