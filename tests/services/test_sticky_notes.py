"""Sticky notes: kept in the graph's file, of no account to a run, told by a diff."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.engine.compile import problems_of
from grasp_ui.model.graph import NOTE_COLORS, GraphSpec, StickyNote
from grasp_ui.services.graph_diff import diff_graphs
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.graph_text import write_graph
from grasp_ui.services.grouping import group_of
from grasp_ui.ui.canvas.protocol import NOTE, apply_edit, document_of
from tests.builders import graph, surroundings

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40)
NUMBERS = st.integers(-5000, 5000).map(float)
NOTES = st.builds(
    StickyNote,
    text=st.lists(TEXTS, max_size=3).map("\n".join),
    at=st.tuples(NUMBERS, NUMBERS),
    size=st.tuples(NUMBERS, NUMBERS),
    color=st.sampled_from(NOTE_COLORS),
)
NOTED = st.dictionaries(st.sampled_from(["note", "note_2", "note_3"]), NOTES, max_size=3)
PLAIN = graph("a -> b")


def noted(notes: dict[str, StickyNote]) -> GraphSpec:
    return PLAIN.model_copy(update={"sticky_notes": notes})


@given(NOTED, NOTED)
def test_notes_are_read_as_they_were_written(
    before: dict[str, StickyNote], after: dict[str, StickyNote]
) -> None:
    text = write_graph(noted(before))
    assert read_graph(text) == noted(before)
    assert read_graph(write_graph(noted(after), text)) == noted(after)


@given(NOTED)
def test_a_note_changes_nothing_that_runs(notes: dict[str, StickyNote]) -> None:
    spec = noted(notes)
    assert spec.version == PLAIN.version
    assert problems_of(spec, surroundings()) == ()
    diff = diff_graphs(PLAIN, spec)
    assert [part.name for part in diff.of("sticky note")] == list(notes)
    assert not diff.changes_results


@given(NOTED, NOTED)
def test_what_the_canvas_says_of_notes_is_taken_as_it_is(
    before: dict[str, StickyNote], after: dict[str, StickyNote]
) -> None:
    drawn = document_of(noted(after))["nodes"]
    gone = {f"@{name}": None for name in before if name not in after}
    edit = {"revision": 1, "nodes": {**{k: v for k, v in drawn.items() if k[0] == "@"}, **gone}}
    once = apply_edit(noted(before), edit)
    assert once == noted(after)
    assert apply_edit(once, edit) == once


def test_a_late_move_of_a_note_keeps_the_text_of_the_server() -> None:
    drawn = {"kind": NOTE, "fields": {"text": "old"}, "position": [7, 7]}
    edit = {"revision": 1, "nodes": {"@note": drawn}}
    spec = apply_edit(noted({"note": StickyNote(text="new")}), edit, keep_fields=True)
    assert spec.sticky_notes == {"note": StickyNote(text="new", at=(7, 7))}


@pytest.mark.parametrize("fields", [{"size": "wide"}, {"color": "sky"}, {"text": 3}, {"more": 1}])
def test_a_pasted_note_that_is_odd_becomes_a_plain_one(fields: dict[str, Any]) -> None:
    node = {"kind": NOTE, "fields": {"text": "Hi", **fields}, "position": [1, 2]}
    spec = apply_edit(GraphSpec(), {"revision": 1, "nodes": {"@note": node}})
    text = "" if fields.get("text") else "Hi"
    assert spec.sticky_notes == {"note": StickyNote(text=text, at=(1, 2))}
    assert spec.nodes == {}


def test_a_note_that_cannot_be_read_is_a_problem_that_says_how_it_is_written() -> None:
    spec = read_graph("grasp: 1\nsticky_notes: {a: {text: hi, color: sky}, b: {text: ho}}")
    assert spec.sticky_notes == {"b": StickyNote(text="ho")}
    [problem] = spec.unread
    assert problem.field == "sticky_notes.a.color"
    assert "color: yellow" in problem.fix


def test_notes_stay_outside_of_a_group() -> None:
    spec = noted({"note": StickyNote(text="mind the gap")})
    group = group_of(spec, {"a", "b"}, "Both", "inner")
    assert group.outer.sticky_notes == spec.sticky_notes
    assert group.inner.sticky_notes == {}
