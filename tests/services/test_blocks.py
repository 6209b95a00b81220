"""Blocks: what is saved comes back, under names that nobody has."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.errors import NameTaken, UnreadableFile
from grasp_ui.model.graph import GraphSpec
from grasp_ui.services.blocks import (
    Block,
    block_of,
    block_text,
    insert_block,
    list_blocks,
    read_block,
    save_block,
)
from grasp_ui.services.graph_file import read_graph
from tests.builders import graph
from tests.services.rooms import workspace

TALK = """\
grasp: 1
models: {writer: {model: local}, other: {model: local}}
nodes:
  ask: {kind: turn, role: user, model: writer, prompt: "Ask about tea in {place}."}
  answer: {kind: turn, role: assistant, model: writer, persona: A seller of tea}
  grade: {kind: judge, model: other}
edges: [ask -> answer -> grade]
layout: {ask: [100, 50], answer: [400, 90]}
"""
NAMES = st.sampled_from(["a", "b", "c", "a_2", "b_2", "a_3"])
PAIRS = st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=8, unique=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
DRAWN = PAIRS.map(lambda pairs: graph(*(f"{a} -> {b}" for a, b in pairs)))


def talk() -> Block:
    """Question and answer of `TALK`, about anything."""
    return block_of(read_graph(TALK), {"ask", "answer"}, "Talk", {"topic": "tea"})


@given(DRAWN, DRAWN, st.sets(NAMES))
def test_an_inserted_block_keeps_its_inner_arrows_and_what_was_there(
    source: GraphSpec, target: GraphSpec, chosen: set[str]
) -> None:
    block = block_of(source, chosen, "Some")
    spec, names = insert_block(target, block)
    fresh = dict(zip(block.nodes, names, strict=True))
    inner = [(e.source, e.target) for e in source.edges if {e.source, e.target} <= chosen]
    added = [(e.source, e.target) for e in spec.edges[len(target.edges) :]]
    assert added == [(fresh[a], fresh[b]) for a, b in inner]
    assert spec.edges[: len(target.edges)] == target.edges
    assert {name: spec.nodes[name] for name in target.nodes} == target.nodes


@given(DRAWN, st.sets(NAMES))
def test_names_never_clash_however_often_a_block_is_inserted(
    source: GraphSpec, chosen: set[str]
) -> None:
    block = block_of(source, chosen, "Some")
    once, first = insert_block(source, block)
    twice, second = insert_block(once, block)
    assert len({*source.nodes, *first, *second}) == len(source.nodes) + 2 * len(block.nodes)
    assert set(twice.nodes) == {*source.nodes, *first, *second}


@given(DRAWN, st.sets(NAMES, min_size=1), st.dictionaries(NAMES, TEXTS, max_size=2))
def test_what_is_written_of_a_block_is_read_again(
    source: GraphSpec, chosen: set[str], parameters: dict[str, str]
) -> None:
    block = block_of(source, chosen, "Some", parameters)
    assert read_block(block_text(block)) == block


def test_a_parameter_stands_wherever_its_text_stood() -> None:
    block = talk()
    assert block.nodes["ask"].fields["prompt"] == "Ask about <<topic>> in {place}."
    assert block.nodes["answer"].fields["persona"] == "A seller of <<topic>>"


def test_parameters_are_filled_with_what_is_given_else_with_their_defaults() -> None:
    given, _ = insert_block(GraphSpec(), talk(), {"topic": "salt"})
    default, _ = insert_block(GraphSpec(), talk())
    assert given.nodes["ask"].fields["prompt"] == "Ask about salt in {place}."
    assert default.nodes["ask"].fields["prompt"] == "Ask about tea in {place}."


def test_a_value_that_stands_alone_keeps_its_type() -> None:
    block = Block(title="Two", parameters={"many": 2}, nodes=graph("a").nodes)
    node = block.nodes["a"].model_copy(update={"fields": {"draws": "<<many>>"}})
    spec, _ = insert_block(GraphSpec(), block.model_copy(update={"nodes": {"a": node}}))
    assert spec.nodes["a"].fields["draws"] == 2


def test_only_the_aliases_that_are_called_come_along_and_none_is_replaced() -> None:
    own = GraphSpec(models={"writer": {"model": "far"}})
    spec, _ = insert_block(own, talk())
    assert list(talk().models) == ["writer"]
    assert spec.models == {"writer": {"model": "far"}}


def test_an_inserted_block_stands_below_what_is_there() -> None:
    spec, _ = insert_block(read_graph(TALK), talk())
    assert (spec.layout["ask_2"], spec.layout["answer_2"]) == ((100, 330), (400, 370))


def test_a_saved_block_is_listed_and_its_name_is_taken_then(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        save_block(opened, talk())
        assert list_blocks(opened) == ([talk()], [])
        with pytest.raises(NameTaken):
            save_block(opened, talk())


def test_a_file_that_is_no_block_is_told_and_hides_no_other(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        save_block(opened, talk())
        (tmp_path / "blocks" / "bad.yaml").write_text("grasp: 1\n", encoding="utf-8")
        blocks, faults = list_blocks(opened)
    assert len(blocks) == 1
    assert "bad.yaml is no block" in faults[0]


@pytest.mark.parametrize("text", ["", "- a\n", "block: [", "block: 2\n", "nodes: {}\n"])
def test_a_text_that_is_no_block_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile):
        read_block(text)
