"""The JSON Schema of graph files: right ones pass, typical mistakes do not."""

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from grasp_ui.engine.kind import KINDS
from grasp_ui.interchange.seed_source import SEED_SOURCES
from grasp_ui.services.graph_schema import graph_schema
from grasp_ui.services.workspace import bundle
from tests.contract.test_node_kinds import FILLED

SCHEMA = graph_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
GRAPHS = [
    *sorted((bundle() / "graphs").rglob("*.yaml")),
    *sorted(bundle().glob("bench*/*/w*.yaml")),
]
RIGHT = """\
grasp: 1
models: {m: {model: local, stop: "x"}}
seeds: {kind: inline, rows: [{topic: tea}]}
nodes:
  mood: {kind: sampler, options: [calm, annoyed]}
  ask: {kind: turn, role: user, model: m, temperature: 0.5}
edges: [mood -> ask]
tagging: {profile: default}
layout: {mood: [0, 0]}
"""


def faults(text: str) -> list[str]:
    """What the schema finds wrong with a graph's text."""
    loaded = YAML(typ="safe", pure=True).load(text)
    return [error.message for error in VALIDATOR.iter_errors(loaded)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", GRAPHS, ids=lambda path: path.stem)
def test_every_graph_that_ships_passes(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", list(FILLED))
def test_a_node_of_every_kind_passes(name: str) -> None:
    graph = {"grasp": 1, "nodes": {"n": {"kind": name, **FILLED[name]}}}
    assert [error.message for error in VALIDATOR.iter_errors(graph)] == []


def test_a_small_graph_passes() -> None:
    assert faults(RIGHT) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("grasp: 1", "grasp: 2"),
        ("grasp: 1", "grasp: 1\ntitel: x"),
        ("kind: turn", "kind: trun"),
        ("kind: turn, ", ""),
        ("role: user", "role: system"),
        ("temperature: 0.5", "temperature: hot"),
        ("temperature: 0.5", "temprature: 0.5"),
        ("temperature: 0.5", "temperature: 3"),
        ("options: [calm, annoyed]", "options: calm"),
        ("options: [calm, annoyed]", "writes: two words"),
        ("model: local, ", ""),
        ("kind: inline", "kind: excel"),
        ("rows: [{topic: tea}]", "row: [{topic: tea}]"),
        ("mood -> ask", "mood"),
        ("[mood -> ask]", "[{from: mood, when: x}]"),
        ("[mood -> ask]", "[{from: mood, to: ask, max_visits: 0}]"),
        ("[mood -> ask]", "mood -> ask"),
        ("{profile: default}", "some"),
        ("[0, 0]", "[0]"),
    ],
)
def test_a_typical_mistake_does_not_pass(right: str, wrong: str) -> None:
    assert right in RIGHT
    assert faults(RIGHT.replace(right, wrong))


SEEDS = re.findall(
    r"```yaml\n(seeds:.*?)```", (bundle() / "docs/sources.md").read_text(), re.DOTALL
)


@pytest.mark.parametrize("seeds", SEEDS)
def test_every_example_of_seeds_passes(seeds: str) -> None:
    assert faults(f"grasp: 1\nnodes: {{}}\n{seeds}") == []


@pytest.mark.parametrize("step", ["{skp: 2}", "{skip: {frist: 1}}", "{skip: 1, sample: 2}", "skip"])
def test_a_wrong_transform_of_seeds_does_not_pass(step: str) -> None:
    assert faults(RIGHT.replace("rows: [{topic: tea}]", f"rows: [{{}}], transform: [{step}]"))


def test_an_unknown_key_is_named() -> None:
    (fault,) = faults(RIGHT.replace("temperature: 0.5", "temprature: 0.5"))
    assert "temprature" in fault


def test_every_kind_and_source_is_offered() -> None:
    properties: dict[str, Any] = SCHEMA["properties"]
    kinds = properties["nodes"]["additionalProperties"]["properties"]["kind"]["enum"]
    assert kinds == list(KINDS.parts)
    assert properties["seeds"]["properties"]["kind"]["enum"] == list(SEED_SOURCES.parts)
