"""A text that a person writes anew: kept beside the first one, seen by rules and exports."""

import json
from pathlib import Path

import pytest

from grasp_ui.model.selection import Selection
from grasp_ui.services import edits, exports, review
from grasp_ui.services.edits import CannotEdit, Rewrite
from grasp_ui.services.exports import ExportRequest
from grasp_ui.services.tagging import tag_again
from grasp_ui.services.workspace import Workspace
from tests.fake_server import FakeServer, fake_server
from tests.services.rooms import found, ran, workspace

CHAT = """\
grasp: 1
title: One question, one answer
models:
  writer: {model: fake, max_tokens: 40}
seeds: {kind: inline, rows: [{topic: rain}]}
nodes:
  ask: {kind: turn, role: user, model: writer, prompt: "Ask about {topic}."}
  answer: {kind: turn, role: assistant, model: writer}
edges: [ask -> answer]
"""
LOOP = "It is on its way. " * 8


def answered(opened: Workspace, server: FakeServer) -> None:
    """One question and its answer are stored."""
    ran(opened, server, 1, CHAT)


def write(opened: Workspace, text: str, *, seen: str | None = None, person: str = "ada") -> None:
    """Write the answer of the only conversation anew."""
    [one] = found(opened)
    answer = one.conversation.messages[-1]
    rewrite = Rewrite(answer.id, text, answer.content if seen is None else seen, "clearer")
    edits.edit_text(opened, one.conversation.id, rewrite, person=person)


def test_an_edit_stands_in_for_the_text_and_keeps_it(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        answered(opened, server)
        before = found(opened)[0].conversation
        write(opened, " Rain is water that falls from clouds. ")
        [after] = found(opened)
    answer = after.conversation.messages[-1]
    change = after.edited[answer.id]
    assert answer.content == "Rain is water that falls from clouds."
    assert (change.person, change.reason, change.original) == ("ada", "clearer", before.messages[1])
    assert after.stored == before


def test_rules_look_at_an_edit_at_once_and_again_when_it_is_undone(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        answered(opened, server)
        write(opened, LOOP)
        [looped] = found(opened)
        review.undo(opened, "ada")
        [undone] = found(opened)
    assert "repetition" in {tag.name for tag in looped.effective if tag.action == "reject"}
    assert [tag.action for tag in undone.effective if tag.name == "repetition"] == ["pass"]
    assert undone.edited == {}


def test_the_profile_that_tagged_a_conversation_last_looks_at_an_edit(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    own = "rules: {repetition: {action: warn, config: {maximum_lines: 3}}}\n"
    (tmp_path / "profiles" / "soft.yaml").write_text(own, encoding="utf-8")
    with fake_server() as server, workspace(tmp_path) as opened:
        answered(opened, server)
        write(opened, LOOP)
        tag_again(opened, Selection(), profile="soft")
        write(opened, LOOP + LOOP)
        [one] = found(opened)
    assert [tag.action for tag in one.effective if tag.name == "repetition"] == ["warn"]


def test_a_profile_that_cannot_run_keeps_no_edit_from_the_rules(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "odd.yaml").write_text("rules: {repetitoin: {}}\n", encoding="utf-8")
    with fake_server() as server, workspace(tmp_path) as opened:
        answered(opened, server)
        write(opened, LOOP)
        assert "repetition" in {tag.name for tag in found(opened)[0].effective}


def test_an_edit_of_a_text_that_another_changed_is_refused(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        answered(opened, server)
        old = found(opened)[0].conversation.messages[-1].content
        write(opened, "Rain is water that falls.")
        with pytest.raises(CannotEdit, match="ada changed this text"):
            write(opened, "Rain falls from clouds.", seen=old, person="bob")
        assert len(found(opened)[0].reviews) == 1


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_text_is_refused(text: str, tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        answered(opened, server)
        with pytest.raises(CannotEdit, match="cannot be empty"):
            write(opened, text)


@pytest.mark.parametrize("form", ["trl-sft", "jsonl"])
def test_exports_write_what_people_wrote(form: str, tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        answered(opened, server)
        write(opened, "Rain is water that falls from clouds.")
        report = exports.export(opened, ExportRequest(form))
        row = json.loads((report.folder / "data.jsonl").read_text(encoding="utf-8"))
        card = (report.folder / "README.md").read_text(encoding="utf-8")
    assert row["messages"][-1]["content"] == "Rain is water that falls from clouds."
    assert report.manifest.counts["edited"] == 1
    assert "- with texts that people edited: 1" in card


def test_an_export_up_to_before_an_edit_has_the_text_of_then(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        answered(opened, server)
        first = exports.export(opened, ExportRequest("trl-sft"))
        write(opened, "Rain is water that falls from clouds.")
        then = Selection(as_of=first.manifest.as_of)
        again = exports.export(opened, ExportRequest("trl-sft", then))
    rows = [(one.folder / "data.jsonl").read_bytes() for one in (first, again)]
    assert rows[0] == rows[1]


def test_a_search_finds_what_a_person_wrote(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        answered(opened, server)
        assert review.find(opened, Selection(text="petrichor")).total == 0
        write(opened, "The smell of rain is called Petrichor.")
        assert review.find(opened, Selection(text="petrichor")).total == 1
