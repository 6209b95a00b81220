"""What Settings can ask of models: an answer to a ping, the built-in one fetched."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from time import perf_counter
from typing import Literal

import orjson

from grasp_ui.errors import GraspError, NotFound
from grasp_ui.llm import embedded
from grasp_ui.llm.port import Reply, Request
from grasp_ui.llm.prices import listed_providers
from grasp_ui.llm.providers import BY_NAME, Provider, provider_of
from grasp_ui.model.problem import Problem
from grasp_ui.services.pricing import is_priced
from grasp_ui.services.settings import ModelSettings, client_of
from grasp_ui.services.workspace import Workspace

BuiltinState = Literal["ready", "missing", "unsupported"]
PING_SECONDS = 60.0
EXAMPLE = "anthropic/claude-sonnet-4-5"
QUESTION = "Say hello in one short sentence."


@dataclass(frozen=True, slots=True)
class Ping:
    """What one short question to a model gave: its words and seconds, or the error.

    The seconds of an answer are the model's own, without what is loaded for the first one.
    `cost_usd` is None where the model's price is not known.
    """

    ok: bool
    seconds: float
    text: str = ""
    error: str = ""
    cost_usd: float | None = None


def ping(workspace: Workspace, name: str) -> Ping:
    """Ask the model called `name` one short question; costs a few tokens.

    Raises:
        NotFound: Settings have no such model.
    """
    settings = workspace.settings.model(name)
    if settings is None:
        raise NotFound(f"There is no model named '{name}' in Settings.")
    started = perf_counter()
    try:
        reply = workspace.runner.call(_asked(workspace, settings))
    except TimeoutError:
        error = f"No answer within {PING_SECONDS:.0f} seconds. Is the address right?"
        return Ping(ok=False, seconds=perf_counter() - started, error=error)
    except GraspError as error:
        return Ping(ok=False, seconds=perf_counter() - started, error=str(error))
    return Ping(
        ok=True,
        seconds=reply.seconds,
        text=reply.text.strip(),
        cost_usd=reply.usage.cost_usd if reply.usage.cost_usd or is_priced(settings) else None,
    )


def builtin_state() -> BuiltinState:
    """Whether the built-in model can be asked, fetched, or neither on this machine."""
    if not embedded.is_supported():
        return "unsupported"
    return "ready" if embedded.model_file() else "missing"


def fetch_builtin(on_progress: Callable[[int, int], None]) -> None:
    """Download the built-in model (93 MB); `on_progress` hears bytes so far, and all.

    Raises:
        GraspError: it could not be fetched; the message says what to do.
    """
    embedded.fetch_model(on_progress)


def place_problems(model: ModelSettings) -> tuple[Problem, ...]:
    """What keeps calls to `model` from going anywhere, each at its field.

    Example:
        >>> place_problems(ModelSettings(name="far", wire_name="anthropic/claude-sonnet-4-5"))
        ()
    """
    if model.kind == "builtin":
        return ()
    provider = provider_of(model.wire_name or model.name)
    if client_of(model) == "litellm":
        return _provider_problems(provider)
    if model.url:
        return ()
    fix = f"Give it as far as /v1, or name the model with its provider, like {EXAMPLE}."
    if model.client == "direct":
        fix = "Give it as far as /v1, or let litellm be the client."
    return (Problem(field="url", what="There is no address.", fix=fix),)


def _provider_problems(provider: Provider | None) -> tuple[Problem, ...]:
    if provider is None:
        what = "litellm needs the provider in front of the model's name."
        return (Problem(field="wire_name", what=what, fix=f"Write it like {EXAMPLE}."),)
    known = listed_providers() | set(BY_NAME)
    close = () if provider.name in known else get_close_matches(provider.name, known, 1, 0.8)
    return tuple(
        Problem(
            field="wire_name",
            what=f"litellm knows no provider named '{provider.name}'.",
            fix=f"Did you mean '{match}'?",
        )
        for match in close
    )


async def _asked(workspace: Workspace, settings: ModelSettings) -> Reply:
    async with asyncio.timeout(PING_SECONDS):
        model = await workspace.runner.makers.model(settings)
        body = {
            "model": model.wire_name,
            "messages": [{"role": "user", "content": QUESTION}],
            "max_tokens": 24,
        }
        return await model.reply(Request(orjson.dumps(body)))
