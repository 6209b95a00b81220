"""How a model is called: what an alias sets, and what a node sets over it."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, field_validator

from grasp_ui.model.fields import Lines, Meaning
from grasp_ui.model.value import Value

OURS = ("model", "messages", "stream", "stream_options", "n", "response_format")


class CallSettings(Value):
    """Settings of a call; what is not set is left to the alias, then the endpoint."""

    temperature: Annotated[
        float | None,
        Field(ge=0, le=2, title="Temperature", description="0 is steady, 1 is lively."),
    ] = None
    top_p: Annotated[
        float | None,
        Field(gt=0, le=1, title="Top p", description="Share of likely tokens to draw from."),
    ] = None
    max_tokens: Annotated[
        int | None, Field(ge=1, title="Most tokens", description="Where a reply is cut off.")
    ] = None
    stop: Annotated[
        Lines, Field(title="Stop at", description="Texts that end a reply, one a line.")
    ] = ()
    grammar: Annotated[
        str, Field(title="Grammar", description="GBNF that the reply must follow.")
    ] = ""
    seeded: Annotated[
        bool,
        Field(
            title="Send a seed",
            description="Adds a `seed` drawn from the run's, for endpoints that then repeat.",
        ),
    ] = False
    extra: Annotated[
        dict[str, Any],
        Meaning("parameters"),
        Field(title="Extra parameters", description="Added to the request as they are."),
    ] = Field(default_factory=dict)

    @field_validator("stop", mode="before")
    @classmethod
    def _one_is_a_list(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    @field_validator("extra")
    @classmethod
    def _leave_ours(cls, extra: dict[str, Any]) -> dict[str, Any]:
        taken = [name for name in extra if name in OURS]
        if taken:
            raise ValueError(f"{', '.join(taken)} is set by the program and cannot be given here")
        return extra


class AliasSettings(CallSettings):
    """One alias of `models:`: a model of Settings, and defaults for calls to it."""

    model: Annotated[str, Field(min_length=1, title="Model", description="Its name in Settings.")]


def parameters(*layers: CallSettings) -> dict[str, Any]:
    """The request's parameters; of the same setting the last layer's counts.

    Example:
        >>> parameters(CallSettings(temperature=1, stop=["x"]), CallSettings(temperature=0))
        {'temperature': 0.0, 'stop': ['x']}
    """
    found: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for layer in layers:
        found |= _set(layer)
        extra |= layer.extra
    return {**found, **extra}


def _set(layer: CallSettings) -> Mapping[str, Any]:
    names = ("temperature", "top_p", "max_tokens")
    found = {name: value for name in names if (value := getattr(layer, name)) is not None}
    if layer.stop:
        found["stop"] = list(layer.stop)
    if layer.grammar:
        found["grammar"] = layer.grammar
    return found
