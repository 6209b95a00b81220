"""Which client asks a model, with which key, and what keeps it from going anywhere."""

from dataclasses import dataclass

import pytest

from grasp_ui.services.models import place_problems
from grasp_ui.services.settings import (
    ModelSettings,
    client_of,
    key_of,
    key_variable_of,
    where_is,
)

MINE = "http://127.0.0.1:8000/v1"
CLAUDE = "anthropic/claude-sonnet-4-5"


@dataclass(frozen=True, slots=True)
class Case:
    """A model's settings, the client that asks it, and the field with a problem."""

    settings: dict[str, str]
    client: str
    wrong: str | None = None


CASES = [
    Case({"url": MINE}, "direct"),
    Case({"url": MINE, "wire_name": "meta-llama/Llama-3.1-8B"}, "direct"),
    Case({"url": MINE, "wire_name": "hosted_vllm/llama", "client": "litellm"}, "litellm"),
    Case({"url": MINE, "wire_name": "llama", "client": "litellm"}, "litellm", "wire_name"),
    Case({"wire_name": CLAUDE}, "litellm"),
    Case({"wire_name": CLAUDE, "client": "direct"}, "direct", "url"),
    Case({"wire_name": "claude-sonnet-4-5"}, "direct", "url"),
    Case({"wire_name": "antropic/claude"}, "litellm", "wire_name"),
    Case({"wire_name": "newcomer/large"}, "litellm"),
    Case({"wire_name": "/large"}, "direct", "url"),
    Case({"kind": "builtin"}, "direct"),
]


@pytest.mark.parametrize("case", CASES)
def test_an_address_goes_direct_and_a_provider_through_litellm(case: Case) -> None:
    model = ModelSettings.model_validate({"name": "m", **case.settings})
    wrong = [problem.field for problem in place_problems(model)]
    assert (client_of(model), wrong) == (case.client, [case.wrong] if case.wrong else [])


def test_a_misspelt_provider_is_told_what_was_meant() -> None:
    (problem,) = place_problems(ModelSettings(name="m", wire_name="antropic/claude"))
    assert problem.fix == "Did you mean 'anthropic'?"


def test_a_name_alone_can_be_a_providers_model() -> None:
    model = ModelSettings(name=CLAUDE)
    assert (where_is(model), place_problems(model)) == (f"{CLAUDE} through litellm", ())


@pytest.mark.parametrize(
    ("settings", "variable"),
    [
        ({"wire_name": CLAUDE}, "ANTHROPIC_API_KEY"),
        ({"wire_name": CLAUDE, "key_variable": "MINE"}, "MINE"),
        ({"wire_name": CLAUDE, "url": MINE, "client": "litellm"}, ""),
        ({"url": "https://api.openai.com/v1"}, "OPENAI_API_KEY"),
        ({"url": "http://api.openai.com/v1"}, ""),
        ({"url": MINE}, ""),
        ({"wire_name": "bedrock/anthropic.claude-v2"}, ""),
        ({"kind": "builtin"}, ""),
    ],
)
def test_a_key_is_read_from_the_variable_named_or_the_providers_usual_one(
    settings: dict[str, str], variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ANTHROPIC_API_KEY", "MINE", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, f"key of {name}")
    model = ModelSettings.model_validate({"name": "m", **settings})
    assert key_variable_of(model) == variable
    assert key_of(model) == (f"key of {variable}" if variable else "")
