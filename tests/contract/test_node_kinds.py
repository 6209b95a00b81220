"""What every node kind promises."""

import inspect
import json
from typing import Any

import pytest

from grasp_ui.engine.kind import KINDS, NodeConfig
from grasp_ui.services.parts import load_parts
from grasp_ui.services.workspace import bundle

load_parts()
ICONS = bundle() / "grasp_ui/ui/canvas/frontend/icons.json"
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
    "parse_json": {"text": "{x}", "fields": ["a", "b.c"], "writes": "all", "missing": "empty"},
    "regex": {"text": "{x.y}", "pattern": "(?P<a>.)(?P<b>.)", "find": "last", "dot_all": True},
    "split": {"text": "{x}", "by": "separator", "separator": ";", "writes": "l", "most": 3},
    "extract_tag": {"text": "{x}", "tag": "a-b", "find": "all", "writes": "y", "unclosed": True},
    "normalize": {"text": "{x} {y}", "writes": "z", "unicode": "NFKC", "case": "lower"},
    "enum": {"text": "{x}", "options": {"a": ["b"], "c": "d"}, "default": "c", "writes": "o"},
    "template": {"text": "{% if x %}{{ y }}{% endif %}", "jinja": True, "writes": "z"},
    "set": {"values": {"a": [1, {"b": "{x}"}], "c": "{y.z} {x}"}},
    "increment": {"writes": "n", "by": -2, "start": 9},
    "append": {"value": "{x}", "writes": "l", "each": True, "unique": True},
    "pick": {"reads": "a.b", "weights": "w", "draws": 2, "writes": "p"},
    "mean_score": {"scores": ["a.score", "b"], "writes": "m", "missing": "empty"},
    "conversation": {"reads": "d.turns", "roles": {"Ann": "user"}, "keep_names": True},
    "swap_roles": {"title": "The other way round"},
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
def test_the_icon_of_a_kind_is_in_the_bundle(name: str) -> None:
    symbols = json.loads(ICONS.read_text(encoding="utf-8"))["symbols"]
    assert KINDS[name].look.icon in {icon for icons in symbols.values() for icon in icons}


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
        ("parse_json", {"x"}, {"a", "c", "all"}),
        ("regex", {"x.y"}, {"a", "b"}),
        ("split", {"x"}, {"l"}),
        ("extract_tag", {"x"}, {"y"}),
        ("normalize", {"x", "y"}, {"z"}),
        ("enum", {"x"}, {"o"}),
        ("template", {"x", "y"}, {"z"}),
        ("set", {"x", "y.z"}, {"a", "c"}),
        ("increment", set(), {"n"}),
        ("append", {"x"}, {"l"}),
        ("pick", {"a.b", "w"}, {"p"}),
        ("mean_score", {"a.score", "b"}, {"m"}),
        ("conversation", {"d.turns"}, set()),
        ("swap_roles", set(), set()),
    ],
)
def test_what_a_node_reads_and_writes_follows_from_its_fields(
    name: str, read: set[str], written: set[str]
) -> None:
    config = config_of(name, FILLED[name])
    assert (set(config.variables_read()), set(config.variables_written())) == (read, written)
