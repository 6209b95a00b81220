"""Blocks: what is saved comes back, under names that nobody has."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.errors import NameTaken, NotFound, UnreadableFile
from grasp_ui.model.graph import GraphSpec
from grasp_ui.services.blocks import (
    Block,
    block_of,
    block_text,
    blocks_stamp,
    delete_block,
    list_blocks,
    read_block,
    rename_block,
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


def test_a_block_takes_its_inner_arrows_and_only_the_aliases_that_are_called() -> None:
    block = talk()
    assert list(block.models) == ["writer"]
    assert [edge.name for edge in block.edges] == ["ask -> answer"]
    assert block.layout == {"ask": (0, 0), "answer": (300, 40)}


def test_a_saved_block_is_listed_and_its_name_is_taken_then(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        save_block(opened, talk())
        assert list_blocks(opened) == ({"talk": talk()}, [])
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


def test_a_renamed_block_has_its_file_named_anew(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        save_block(opened, talk())
        stamp = blocks_stamp(opened)
        rename_block(opened, "talk", "Small talk")
        blocks, _ = list_blocks(opened)
        assert blocks == {"small_talk": talk().model_copy(update={"title": "Small talk"})}
        assert blocks_stamp(opened) != stamp


def test_a_title_of_the_same_file_name_only_changes_the_title(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        save_block(opened, talk())
        rename_block(opened, "talk", "TALK!")
        assert [block.title for block in list_blocks(opened)[0].values()] == ["TALK!"]


def test_a_block_cannot_take_the_title_of_another(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        save_block(opened, talk())
        save_block(opened, talk().model_copy(update={"title": "Other"}))
        with pytest.raises(NameTaken):
            rename_block(opened, "other", "Talk")
        assert list(list_blocks(opened)[0]) == ["other", "talk"]


@pytest.mark.parametrize("name", ["gone", "../settings", ""])
def test_only_a_block_that_is_there_is_deleted(tmp_path: Path, name: str) -> None:
    with workspace(tmp_path) as opened:
        save_block(opened, talk())
        with pytest.raises(NotFound):
            delete_block(opened, name)
        delete_block(opened, "talk")
        assert list_blocks(opened) == ({}, [])
