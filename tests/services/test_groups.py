"""Groups in a workspace: kept once, found again, refused with a reason."""

from dataclasses import replace
from pathlib import Path

import pytest

from grasp_ui.engine.compile import compile_graph
from grasp_ui.errors import CannotGroup
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.value import GraphId, JsonObject
from grasp_ui.services import graphs
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.grouping import group_of
from grasp_ui.services.groups import (
    graph_inside,
    graphs_that_hold,
    group_nodes,
    ungroup_node,
)
from grasp_ui.services.workspace import Workspace
from tests.builders import graph, surroundings
from tests.services.rooms import workspace

TALK = """\
grasp: 1
title: Talk
models: {writer: {model: local}}
seeds: {kind: inline, rows: [{topic: tea}]}
nodes:
  mood: {kind: sampler, writes: mood, options: [calm]}
  ask: {kind: turn, role: user, model: writer, prompt: "Ask about {topic}, {mood}."}
  answer: {kind: turn, role: assistant, model: writer}
  grade: {kind: judge, model: writer, rubric: helpfulness, writes: grade}
  fix: {kind: turn, role: user, model: writer}
edges:
  - mood -> ask -> answer -> grade
  - {from: grade, to: fix, when: grade.score < 4}
layout: {mood: [0, 0], ask: [300, 0], answer: [600, 0], grade: [900, 0], fix: [1200, 0]}
"""


def kept(opened: Workspace, text: str = TALK, name: str = "talk") -> GraphSpec:
    """A graph of one's own."""
    folder = opened.home / "graphs"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return read_graph(text)


def test_a_group_is_a_graph_of_ones_own_that_runs_alone_and_in_its_place(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        spec, folder = kept(opened), tmp_path / "graphs"
        group = group_nodes(opened, spec, {"ask", "answer"}, "Two turns", folder)
        inner = graphs.open_graph(opened, GraphId("own/two_turns"))
        assert group.outer.nodes["two_turns"].fields == {
            "title": "Two turns", "graph": "own/two_turns",
        }  # fmt: skip
        assert inner.spec == group.inner
        assert inner.spec.seeds["rows"] == [{"topic": "tea", "mood": "mood"}]
        assert graphs.problems_of_graph(opened, group.outer, folder) == ()
        assert graphs.problems_of_graph(opened, inner.spec, folder) == ()


def test_ungrouping_gives_the_graph_back_and_leaves_the_inner_one(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        spec, folder = kept(opened), tmp_path / "graphs"
        group = group_nodes(opened, spec, {"ask", "answer"}, "Two turns", folder)
        flat, names = ungroup_node(opened, group.outer, "two_turns", folder)
        assert (flat.nodes, set(flat.edges), flat.layout) == (
            spec.nodes, set(spec.edges), spec.layout,
        )  # fmt: skip
        assert names == ("ask", "answer")
        assert (folder / "two_turns.yaml").is_file()


def test_the_same_group_made_again_is_kept_once(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        spec, folder = kept(opened), tmp_path / "graphs"
        for _ in range(2):
            group_nodes(opened, spec, {"ask", "answer"}, "Two turns", folder)
        group_nodes(opened, spec, {"mood", "ask"}, "Two turns", folder)
        assert sorted(path.stem for path in folder.glob("two*")) == ["two_turns", "two_turns_2"]


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ({"ask"}, "at least two nodes"),
        ({"@seeds", "ask"}, "at least two nodes"),
        ({"ask", "grade"}, "Select 'answer'"),
        ({"mood", "answer"}, "comes back by"),
    ],
)
def test_what_cannot_be_one_node_is_refused_and_nothing_is_kept(
    tmp_path: Path, names: set[str], reason: str
) -> None:
    with workspace(tmp_path) as opened:
        spec, folder = kept(opened), tmp_path / "graphs"
        with pytest.raises(CannotGroup, match=reason):
            group_nodes(opened, spec, names, "Group", folder)
        assert [path.stem for path in folder.iterdir()] == ["talk"]


def test_it_is_told_which_graphs_hold_one_drafts_as_well(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        spec, folder = kept(opened), tmp_path / "graphs"
        group = group_nodes(opened, spec, {"ask", "answer"}, "Two turns", folder)
        inner = GraphId("own/two_turns")
        assert graphs_that_hold(opened, inner) == ()
        graphs.keep_draft(opened, GraphId("own/talk"), group.outer)
        assert graphs_that_hold(opened, inner) == ("own/talk",)
        assert graph_inside(opened, group.outer, "two_turns", folder) == inner
        assert graph_inside(opened, group.outer, "mood", folder) is None


def test_a_group_of_an_example_names_its_graphs_by_id(tmp_path: Path) -> None:
    held = TALK.replace(
        "{kind: turn, role: assistant, model: writer}", "{kind: subgraph, graph: x}"
    )
    with workspace(tmp_path) as opened:
        folder = tmp_path / "elsewhere"
        folder.mkdir()
        kept(opened, TALK, "x")
        spec = read_graph(held.replace("graph: x", "graph: own/x"))
        group = group_nodes(opened, spec, {"ask", "answer"}, "Held", folder)
        assert group.inner.nodes["answer"].fields["graph"] == "own/x"
        flat, _ = ungroup_node(opened, group.outer, "held", folder)
        assert flat.nodes == spec.nodes


def test_a_judge_outside_still_scores_the_siblings_of_a_panel_inside() -> None:
    nodes: dict[str, JsonObject] = {"ask": {"kind": "turn", "role": "user"},
             "both": {"kind": "panel", "role": "assistant", "candidates": 2},
             "grade": {"kind": "judge", "rubric": "helpfulness"}}  # fmt: skip
    group = group_of(graph("ask -> both -> grade", nodes=nodes), {"ask", "both"}, "G", "inner")
    around = replace(surroundings(), graphs={"inner": group.inner})
    assert compile_graph(group.outer, around).nodes["grade"].panels == {"g/both"}
