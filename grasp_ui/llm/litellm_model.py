"""Every provider that is not OpenAI-compatible, asked through litellm.

An endpoint like the direct one, with the same limit, patience and checks around it; only the
asking differs. litellm is imported in here alone, when a model that needs it is made.
"""

import logging
import os
import sys
import warnings
from asyncio import get_running_loop, sleep, timeout
from collections.abc import Callable
from functools import cache
from typing import Any

import orjson

from grasp_ui.errors import GraspError
from grasp_ui.llm.breakage import late_start
from grasp_ui.llm.endpoint import Endpoint
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.port import CallFailure
from grasp_ui.llm.provider_failure import failure_from, too_late
from grasp_ui.llm.translation import (
    PARAMETERS,
    Chunks,
    arguments_of,
    check_supported,
    completion_from,
)
from grasp_ui.llm.wire import Wire

# Without these litellm fetches prices and headers from the network, at import and at the first
# call, and reads a `.env` file it happens to find.
SWITCHES = {
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_LOCAL_BLOG_POSTS": "True",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_MODE": "PRODUCTION",
}
# A call that is given up before it is sent leaves one of these to the garbage collector.
LEFT_OVER = r"coroutine '[\w.<>]*\.(async_completion|acompletion)\w*' was never awaited"
# Keeps litellm from putting a key of the environment into a request to an address of one's own.
NO_KEY = "no-key"


class LitellmEndpoint(Endpoint):
    """Providers through litellm, each named by the `provider/` of a request's model.

    `url` is only needed for servers of one's own and proxies. An empty `key` leaves it to litellm
    to find what the provider's own tools would (credentials of a cloud, say), but with a `url`
    none is sent.
    """

    __slots__ = ()

    def __init__(self, url: str, key: str = "", limits: Limits | None = None) -> None:
        super().__init__(url, key, limits)
        self._wire = LitellmWire(url, key, limits or Limits())


class LitellmWire(Wire):
    """The way to one address, or to the providers' own, over litellm's clients."""

    def __init__(self, url: str, key: str, limits: Limits) -> None:
        super().__init__(url, key, limits)
        self._base = url.strip().rstrip("/") or None
        self._timeout = limits.timeout_seconds
        self._supported: dict[str, frozenset[str]] = {}

    async def ask(
        self, body: bytes, on_text: Callable[[str], None] | None = None
    ) -> dict[str, Any]:
        """Ask once for what `body`, a request in OpenAI's form, asks for.

        Raises:
            CallFailure: no completion came; the message holds no part of the key.
        """
        litellm = load_litellm()
        asked = orjson.loads(body)
        where = self._named(asked["model"])
        first_token = self._limits.first_token_seconds if on_text is not None else 0.0
        end = get_running_loop().time() + self._timeout
        try:
            async with timeout(first_token or self._timeout) as deadline:
                answer = await self._asked(litellm, asked, streams=on_text is not None)
                if on_text is None:
                    return completion_from(answer)
                return await _followed(answer, on_text, begun=lambda: deadline.reschedule(end))
        except CallFailure:
            raise
        except TimeoutError:
            if first_token and get_running_loop().time() < end:
                raise late_start(where, first_token) from None
            raise too_late(where, self._timeout) from None
        except Exception as error:  # noqa: BLE001 - litellm lets through what a provider's part raises
            # Without its cause: litellm's errors carry the key in messages and addresses.
            raise failure_from(
                error, where=where, key=self._key, timeout_seconds=self._timeout
            ) from None

    async def close(self) -> None:
        """Close the connections; a later call makes new ones."""
        await super().close()
        if "litellm" in sys.modules:
            await load_litellm().close_litellm_async_clients()
            # Ended streams leave tasks that end by themselves in the loop's next turn.
            await sleep(0)

    async def _asked(self, litellm: Any, asked: dict[str, Any], *, streams: bool) -> Any:
        # Its own logging would price each reply again, and leave tasks behind in the loop.
        litellm._internal_context.is_internal_call.set(True)
        provider = asked["model"].partition("/")[0]
        takes_any = provider in litellm.openai_compatible_providers or provider == "openai"
        arguments = arguments_of(asked, takes_any=takes_any)
        check_supported(asked, self._parameters(litellm, asked["model"]))
        if streams:
            arguments |= {"stream": True, "stream_options": {"include_usage": True}}
        return await litellm.acompletion(
            **arguments,
            api_base=self._base,
            api_key=self._key or (NO_KEY if self._base else None),
            timeout=self._timeout,
            max_retries=0,
            num_retries=0,
        )

    def _parameters(self, litellm: Any, model: str) -> frozenset[str]:
        """What litellm can send to a model, looked up once."""
        if model not in self._supported:
            names = litellm.get_supported_openai_params(model=model)
            self._supported[model] = PARAMETERS if names is None else frozenset(names)
        return self._supported[model]

    def _named(self, model: str) -> str:
        provider = model.partition("/")[0]
        return f"{self.where} ({provider})" if self._base else provider


@cache
def load_litellm() -> Any:
    """litellm, imported at the first call (seconds, and 160 MB) and made quiet.

    Raises:
        GraspError: it is not installed.
    """
    os.environ.update(SWITCHES)
    try:
        # Imported late: only models of providers that need it pay for it.
        import litellm
        from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler
        from litellm.llms.openai.common_utils import BaseOpenAILLM
    except ImportError as error:
        raise GraspError(
            f"This model needs litellm, which cannot be imported ({error}). Install what "
            "requirements.txt names, or give the model an address."
        ) from error
    litellm.telemetry = False
    litellm.suppress_debug_info = True
    litellm.drop_params = False
    logging.getLogger("LiteLLM").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", LEFT_OVER, RuntimeWarning)
    warnings.filterwarnings("ignore", "Item '.*' on TypedDict class", UserWarning)
    _tame(AsyncHTTPHandler, BaseOpenAILLM)
    return litellm


def _tame(client: Any, sdk: Any) -> None:
    """Keep litellm's HTTP clients from sending a request twice, and from following redirects.

    It sends again, unseen, what may have been paid for when a connection broke; and where a
    redirect leads, it sends the key.
    """

    async def fail_at_once(*_: Any, **__: Any) -> None:
        raise sys.exc_info()[1] or ConnectionError("The connection broke.")

    client.single_connection_post_request = fail_at_once
    client.create_client = _staying(client.create_client)
    sdk._get_async_http_client = staticmethod(_staying(sdk._get_async_http_client))


def _staying(make: Callable[..., Any]) -> Callable[..., Any]:
    """`make`, whose clients then follow no redirect."""

    def made(*args: Any, **named: Any) -> Any:
        client = make(*args, **named)
        client.follow_redirects = False
        return client

    return made


async def _followed(
    stream: Any, on_text: Callable[[str], None], *, begun: Callable[[], None]
) -> dict[str, Any]:
    chunks, has_begun = Chunks(), False
    try:
        async for chunk in stream:
            if not has_begun:
                has_begun = True
                begun()
            if text := chunks.take(chunk):
                on_text(text)
    finally:
        await stream.aclose()
    # litellm's last chunk says `stop` even where the provider's stream broke off.
    return chunks.completion(stream.received_finish_reason or stream.intermittent_finish_reason)
