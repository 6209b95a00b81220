"""Settings of a workspace, never keys; the one reader of the environment."""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from grasp_ui.errors import UnreadableFile
from grasp_ui.llm.providers import Provider, provider_at, provider_of
from grasp_ui.model.value import Value

BUILTIN = "local"
ENDPOINT_KEY = "GRASP_ENDPOINT_KEY"
"""The environment variable with the key for an endpoint that is named for one run only."""
FILE = "settings.json"
Client = Literal["auto", "direct", "litellm"]


class ModelSettings(Value):
    """One model: the built-in one, one at an address, or a provider's.

    `key_variable` names the environment variable that has the key; the key itself is never kept.
    A model without an address is a provider's, named as `provider/model`.
    """

    name: Annotated[
        str, Field(title="Name", description="How graphs call it.", pattern=r"^[\w.:/-]+$")
    ]
    kind: Annotated[Literal["builtin", "endpoint"], Field(title="Kind")] = "endpoint"
    url: Annotated[
        str,
        Field(
            title="Address",
            description="As far as /v1, e.g. http://127.0.0.1:8000/v1. Empty for a model that is "
            "named with its provider.",
        ),
    ] = ""
    wire_name: Annotated[
        str,
        Field(
            title="Model",
            description="Its name at the address; without an address with its provider in front, "
            "e.g. anthropic/claude-sonnet-4-5. Empty: the same as the name here.",
        ),
    ] = ""
    key_variable: Annotated[
        str,
        Field(
            title="Key variable",
            description="Environment variable that has the key. Empty: the provider's usual one, "
            "e.g. ANTHROPIC_API_KEY.",
        ),
    ] = ""
    client: Annotated[
        Client,
        Field(
            title="Client",
            description="auto: direct where there is an address, litellm for providers. direct "
            "speaks the OpenAI API itself and costs least; litellm translates for all others.",
        ),
    ] = "auto"
    calls_at_once: Annotated[
        int,
        Field(
            title="Calls at once",
            description="At each address, at most: it goes down while an endpoint refuses calls.",
            ge=1,
            le=1024,
        ),
    ] = 8
    timeout_seconds: Annotated[
        float,
        Field(title="Time limit (seconds)", description="For a whole call, once sent.", gt=0),
    ] = 120.0
    first_token_seconds: Annotated[
        float,
        Field(
            title="First token within (seconds)",
            description="Where replies are streamed. 0: no limit of its own.",
            ge=0,
        ),
    ] = 0.0
    patience_seconds: Annotated[
        float,
        Field(
            title="Patience (seconds)",
            description="How long a call waits for an endpoint that refuses calls or is away.",
            ge=0,
        ),
    ] = 600.0
    requests_per_minute: Annotated[
        int,
        Field(
            title="Requests a minute",
            description="At each address; calls beyond it wait. 0: no quota.",
            ge=0,
        ),
    ] = 0
    tokens_per_minute: Annotated[
        int,
        Field(
            title="Tokens a minute",
            description="Of prompts and replies, at each address; calls beyond it wait. 0: none.",
            ge=0,
        ),
    ] = 0
    more_urls: Annotated[
        tuple[str, ...],
        Field(
            title="More addresses",
            description="One a line: the same model elsewhere. A call goes to the least loaded.",
        ),
    ] = ()
    hedge_after_seconds: Annotated[
        float,
        Field(
            title="Second copy after (seconds)",
            description="A call without an answer by then is sent twice, the first good answer "
            "counts, and both may be paid. 0: never.",
            ge=0,
        ),
    ] = 0.0
    prompt_usd: Annotated[
        float,
        Field(
            title="$ per million prompt tokens",
            ge=0,
            description="Both prices 0: as litellm lists them for the provider, if it does.",
        ),
    ] = 0.0
    completion_usd: Annotated[float, Field(title="$ per million reply tokens", ge=0)] = 0.0
    is_free: Annotated[
        bool,
        Field(title="Costs nothing", description="It runs on hardware of your own."),
    ] = False
    gguf: Annotated[
        str, Field(title="Model file", description="Another GGUF for the built-in server.")
    ] = ""


class Settings(Value):
    """What a workspace remembers beside its data."""

    models: tuple[ModelSettings, ...] = (
        ModelSettings(name=BUILTIN, kind="builtin", calls_at_once=4),
    )
    person: str = ""

    def model(self, name: str) -> ModelSettings | None:
        """The model called `name`, if there is one."""
        return next((model for model in self.models if model.name == name), None)


def home_folder() -> Path:
    """The workspace's folder: `GRASP_HOME`, else `.grasp` in the working folder."""
    return Path(os.environ.get("GRASP_HOME") or ".grasp").resolve()


def load_settings(home: Path) -> Settings:
    """The settings kept in `home`; the defaults where there are none.

    Raises:
        UnreadableFile: the file is not what it should be; nothing is overwritten.
    """
    path = home / FILE
    if not path.exists():
        return Settings()
    try:
        return Settings.model_validate_json(path.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"The settings in {path} cannot be read: {error}. Mend the file, or move it away."
        ) from error


def save_settings(home: Path, settings: Settings) -> None:
    """Keep `settings` in `home`, whole or not at all."""
    home.mkdir(parents=True, exist_ok=True)
    new = home / f"{FILE}.new"
    new.write_text(settings.model_dump_json(indent=2) + "\n", encoding="utf-8")
    new.replace(home / FILE)


def client_of(model: ModelSettings) -> Literal["direct", "litellm"]:
    """Which client asks `model`: the one that Settings force, else by its address.

    Example:
        >>> client_of(ModelSettings(name="far", url="http://127.0.0.1:8000/v1"))
        'direct'
        >>> client_of(ModelSettings(name="claude", wire_name="anthropic/claude-sonnet-4-5"))
        'litellm'
    """
    if model.client != "auto":
        return model.client
    is_provider = provider_of(model.wire_name or model.name) is not None
    return "litellm" if is_provider and not model.url and model.kind == "endpoint" else "direct"


def provider_for(model: ModelSettings) -> Provider | None:
    """The provider that will be paid for `model`; None where it is not known."""
    if model.kind == "builtin":
        return None
    return provider_at(model.url) if model.url else provider_of(model.wire_name or model.name)


def where_is(model: ModelSettings) -> str:
    """Where calls to `model` go, as a person reads it.

    Example:
        >>> where_is(ModelSettings(name="claude", wire_name="anthropic/claude-sonnet-4-5"))
        'anthropic/claude-sonnet-4-5 through litellm'
    """
    if client_of(model) == "direct":
        return model.url
    at = f" at {model.url}" if model.url else ""
    return f"{model.wire_name or model.name}{at} through litellm"


def key_variable_of(model: ModelSettings) -> str:
    """The environment variable with the key of `model`; empty where it needs none."""
    provider = provider_for(model)
    return model.key_variable or (provider.key_variable if provider else "")


def key_of(model: ModelSettings) -> str:
    """The key of `model`, from the environment alone; empty where there is none."""
    variable = key_variable_of(model)
    return os.environ.get(variable, "") if variable else ""


def default_person(settings: Settings) -> str:
    """The name under which decisions are kept: that in Settings, else the account's."""
    return settings.person or os.environ.get("USER") or os.environ.get("USERNAME") or "me"
