"""What every node kind promises."""

import inspect
from typing import Any

import pytest

from grasp_ui.engine.kind import KINDS, NodeConfig
from grasp_ui.services.parts import load_parts

load_parts()
NAMES = tuple(KINDS.parts)
FILLED: dict[str, dict[str, Any]] = {
    "sampler": {"writes": "mood", "options": {"glad": 2.0, "sad": 0.5}, "draws": 2},
    "turn": {"role": "assistant", "persona": "{who}", "prompt": "{a.b}", "stop": ["\n"]},
    "panel": {"models": ["a", "b"], "candidates": 3, "pick": "best", "goal": "{goal}"},
    "generate": {"system": "{x}", "prompt": "{y}", "writes": "z", "extra": {"k": [1, {}]}},
    "judge": {"rubric": "helpfulness", "question": "{q}", "writes": "j", "reject_below": 0.5},
    "router": {"title": "Where to?", "note": "n", "disabled": True},
    "subgraph": {
        "graph": "a.yaml",
        "inputs": {"x": "y"},
        "outputs": {"a": "b"},
        "overrides": {"nodes": {"n": {"prompt": "p"}}, "models": {"m": {"top_p": 0.5}}},
    },
    "map": {
        "graph": "own/a",
        "over": "plan.steps",
        "item": "step",
        "inputs": {"x": "y"},
        "outputs": ["b"],
        "at_once": 8,
    },
}


def config_of(name: str, fields: dict[str, Any]) -> NodeConfig:
    config = KINDS[name].config.model_validate(fields)
    assert isinstance(config, NodeConfig)
    return config


def test_every_kind_is_held_to_these_promises() -> None:
    assert set(NAMES) == set(FILLED)


@pytest.mark.parametrize("name", NAMES)
def test_a_kind_says_what_it_is(name: str) -> None:
    look = KINDS[name].look
    assert all((look.title, look.help, look.group, look.icon))
    assert look.color.startswith("#")
    assert len(look.color) == 7
    assert inspect.getdoc(KINDS[name].config)
    assert inspect.getdoc(KINDS[name].deed)


@pytest.mark.parametrize("name", NAMES)
def test_a_kind_can_be_used_as_it_comes(name: str) -> None:
    assert list(config_of(name, {}).flaws()) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("is_filled", [False, True])
def test_a_config_goes_out_as_json_and_comes_back_unchanged(name: str, is_filled: bool) -> None:
    config = config_of(name, FILLED[name] if is_filled else {})
    assert type(config).model_validate_json(config.model_dump_json()) == config


@pytest.mark.parametrize("name", NAMES)
def test_every_field_has_a_title(name: str) -> None:
    fields = KINDS[name].config.model_fields
    assert [field for field, info in fields.items() if not info.title] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_misspelt_key_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="titel"):
        config_of(name, {"titel": "x"})


@pytest.mark.parametrize(
    ("name", "read", "written"),
    [
        ("sampler", set(), {"mood"}),
        ("turn", {"who", "a.b"}, set()),
        ("panel", {"goal"}, set()),
        ("generate", {"x", "y"}, {"z"}),
        ("judge", {"q"}, {"j"}),
        ("router", set(), set()),
        ("subgraph", {"y"}, {"b"}),
        ("map", {"y", "plan.steps"}, {"b"}),
    ],
)
def test_what_a_node_reads_and_writes_follows_from_its_fields(
    name: str, read: set[str], written: set[str]
) -> None:
    config = config_of(name, FILLED[name])
    assert (set(config.variables_read()), set(config.variables_written())) == (read, written)
