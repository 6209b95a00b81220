"""What calls to a model cost: by Settings, its endpoint, or litellm's table."""

from dataclasses import replace

from grasp_ui.llm.port import ChatModel, Reply, Request, Usage, Watch
from grasp_ui.llm.prices import Price, flat, listed_price
from grasp_ui.services.settings import ModelSettings, provider_for

FREE = flat(0.0, 0.0)


class PricedModel:
    """A model whose replies carry what they cost.

    What an endpoint says that a call cost counts before a listed price, but not before one that
    a person set.
    """

    def __init__(self, model: ChatModel, price: Price, *, is_set: bool) -> None:
        self.name = model.name
        self.wire_name = model.wire_name
        self._model = model
        self._price = price
        self._is_set = is_set

    async def reply(self, request: Request, watch: Watch | None = None) -> Reply:
        """Ask the model, then price its tokens.

        Raises:
            CallFailure: as the model does.
        """
        reply = await self._model.reply(request, watch)
        used = reply.usage
        if used.cost_usd and not self._is_set:
            return reply
        usage = Usage(
            used.prompt_tokens,
            used.completion_tokens,
            self._price.cost(used),
            used.cached_tokens,
            used.cache_write_tokens,
            used.reasoning_tokens,
        )
        return replace(reply, usage=usage)


def priced(model: ChatModel, settings: ModelSettings) -> ChatModel:
    """`model` with its price, where one is known; else as it is."""
    price = price_of(settings)
    if price is None or price == FREE:
        return model
    return PricedModel(model, price, is_set=_is_set(settings))


def is_priced(settings: ModelSettings) -> bool:
    """Whether it is known what calls to the model cost, if only that it is nothing."""
    return price_of(settings) is not None


def price_of(settings: ModelSettings) -> Price | None:
    """What calls to the model cost; None where that is not known.

    The built-in model costs nothing. A price is looked up for a provider's own address or name
    alone: the same model on another server costs something else.

    Example:
        >>> price_of(ModelSettings(name="gpt-4o-mini", url="http://127.0.0.1:8000/v1")) is None
        True
    """
    if settings.is_free or settings.kind == "builtin":
        return FREE
    if _is_set(settings):
        return flat(settings.prompt_usd, settings.completion_usd)
    provider = provider_for(settings)
    if provider is None:
        return None
    return listed_price(provider.name, settings.wire_name or settings.name)


def price_in_words(settings: ModelSettings) -> str:
    """The price as a person reads it, in dollars for a million tokens.

    Example:
        >>> price_in_words(ModelSettings(name="far", prompt_usd=3, completion_usd=15))
        '$3 + $15 per million tokens'
        >>> price_in_words(ModelSettings(name="far", url="http://127.0.0.1:8000/v1"))
        'price not known'
    """
    price = price_of(settings)
    if price is None:
        return "price not known"
    if price == FREE:
        return "costs nothing"
    prompt, completion = price.rates.prompt * 1_000_000, price.rates.completion * 1_000_000
    return f"${prompt:.4g} + ${completion:.4g} per million tokens"


def cost_in_words(cost_usd: float | None) -> str:
    """What a call cost, as a person reads it; empty where that is not known.

    Example:
        >>> cost_in_words(0.000038), cost_in_words(0.0), cost_in_words(None)
        ('$0.000038', 'no cost', '')
    """
    if cost_usd is None:
        return ""
    return f"${cost_usd:.6f}" if cost_usd else "no cost"


def _is_set(settings: ModelSettings) -> bool:
    return bool(settings.prompt_usd or settings.completion_usd)
