import json
from pathlib import Path
from typing import Any

import pytest

from grasp_ui.errors import NameTaken
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from grasp_ui.ui.canvas.editing import Editing, Receipt
from grasp_ui.ui.canvas.protocol import apply_edit, document_of

PLAYS = json.loads(Path(__file__).with_name("plays.json").read_text(encoding="utf-8"))
"""What the canvas really said in random plays (`frontend/test/cases.test.ts` writes it)."""


def spec_of(document: dict[str, Any]) -> GraphSpec:
    return apply_edit(GraphSpec(), {"revision": 1, **document})


def pair() -> Editing:
    nodes = {name: NodeSpec(kind="turn") for name in ("a", "b")}
    return Editing(GraphSpec(nodes=nodes, edges=(EdgeSpec(source="a", target="b"),)))


def with_prompt(spec: GraphSpec, name: str, prompt: str) -> GraphSpec:
    node = spec.nodes[name]
    changed = node.model_copy(update={"fields": {**node.fields, "prompt": prompt}})
    return spec.model_copy(update={"nodes": {**spec.nodes, name: changed}})


def moved(name: str, revision: int = 1, *, seen: int = 0) -> dict[str, Any]:
    value = {"kind": "turn", "fields": {}, "position": [5, 5]}
    return {"revision": revision, "server_revision": seen, "nodes": {name: value}}


@pytest.mark.parametrize("play", PLAYS["plays"], ids=range(len(PLAYS["plays"])))
def test_the_server_ends_with_the_canvas_s_document(play: dict[str, Any]) -> None:
    editing = Editing(spec_of(PLAYS["start"]), id="s")
    for step in play["steps"]:
        if "take" in step:
            editing.take(step["take"])
        elif "rename" in step:
            editing.rename(*step["rename"])
        else:
            editing.change(with_prompt(editing.spec, *step["field"]))
    shown = document_of(editing.spec)
    assert {"nodes": shown["nodes"], "edges": shown["edges"]} == play["end"]
    assert (list(shown["nodes"]), list(shown["edges"])) == (
        list(play["end"]["nodes"]),
        list(play["end"]["edges"]),
    )


def test_an_older_message_is_not_applied() -> None:
    editing = pair()
    editing.take(moved("a", 2))
    assert not editing.take({"revision": 1, "nodes": {"a": None}})


def test_a_message_for_another_session_is_neither_applied_nor_acknowledged() -> None:
    editing = pair()
    assert not editing.take({"revision": 9, "session": "before", "nodes": {"a": None}})
    assert (list(editing.spec.nodes), editing.acknowledged) == (["a", "b"], 0)


def test_a_late_message_finds_a_renamed_node() -> None:
    editing = pair()
    editing.rename("a", "first")
    editing.take(moved("a"))
    assert list(editing.spec.nodes) == ["first", "b"]
    assert editing.spec.layout == {"first": (5, 5)}


def test_a_late_message_finds_the_place_beside_a_renamed_node() -> None:
    editing = pair()
    editing.rename("a", "first")
    editing.take({"revision": 1, "nodes": {"c": {"kind": "turn"}}, "places": [["c", "a"]]})
    assert list(editing.spec.nodes) == ["first", "c", "b"]


def test_a_late_message_does_not_take_a_prompt_back() -> None:
    editing = pair()
    editing.change(with_prompt(editing.spec, "a", "new"))
    editing.take(moved("a"))
    assert editing.spec.nodes["a"].fields == {"prompt": "new"}


def test_a_message_that_saw_the_prompt_may_undo_it() -> None:
    editing = pair()
    editing.change(with_prompt(editing.spec, "a", "new"))
    editing.take(moved("a", seen=1))
    assert editing.spec.nodes["a"].fields == {}


def test_a_change_to_the_same_is_no_revision() -> None:
    editing = pair()
    editing.change(editing.spec)
    assert editing.server_revision == 0


def test_a_refused_rename_changes_nothing() -> None:
    editing = pair()
    with pytest.raises(NameTaken):
        editing.rename("a", "b")
    assert (editing.server_revision, editing.renamed) == (0, [])


def test_fields_changed_by_the_canvas_are_counted_and_moves_are_not() -> None:
    editing = pair()
    editing.take(moved("a"))
    editing.take({"revision": 2, "nodes": {"b": {"kind": "turn", "fields": {"disabled": True}}}})
    assert (editing.client_edits("a"), editing.client_edits("b")) == (0, 1)


def test_items_of_another_tab_are_news() -> None:
    receipt = Receipt("one", 9)
    item = {"number": 1, "topic": "select", "value": {}}
    assert list(receipt.news({"client": "two", "items": [item]})) == [("select", {})]
