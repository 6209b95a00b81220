"""Graphs that hold graphs: where they are found, and what a run of them shows."""

from dataclasses import replace
from pathlib import Path

import pytest

from grasp_ui.engine.plan import Surroundings
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.graphs import problems_of_graph
from grasp_ui.services.planning import Overrides
from grasp_ui.services.subgraphs import Shelves, held_graphs, with_subgraphs
from grasp_ui.store.graphs import graph_text
from tests.fake_server import fake_server
from tests.services.rooms import found, request, workspace

INNER = """\
grasp: 1
title: Two turns
models: {writer: {model: fake-inner}}
nodes:
  ask: {kind: turn, role: user, model: writer, prompt: "Ask about {topic}."}
  answer: {kind: turn, role: assistant, model: writer}
edges: [ask -> answer]
"""
OUTER = """\
grasp: 1
title: A talk in a talk
models: {critic: {model: fake}}
seeds: {kind: inline, rows: [{topic: rain}]}
nodes:
  talk: {kind: subgraph, graph: NAME}
  grade: {kind: judge, rubric: helpfulness, model: critic, writes: grade}
edges: [talk -> grade]
"""


@pytest.fixture
def shelves(tmp_path: Path) -> Shelves:
    """A folder, own graphs and examples, each with the inner graph in it."""
    found = Shelves(tmp_path / "here", tmp_path / "home", tmp_path / "bundle")
    for folder in (found.folder / "parts", found.home / "graphs", found.bundle / "graphs"):
        folder.mkdir(parents=True)
        (folder / "talk.yaml").write_text(INNER)
    return found


def names(text: str, shelves: Shelves) -> list[str]:
    return [name for name, _ in held_graphs(read_graph(text), shelves)]


@pytest.mark.parametrize(
    "name", ["parts/talk.yaml", "parts/talk", "own/talk", "example/talk", "./parts/talk"]
)
def test_a_graph_is_found_beside_the_graph_or_by_its_id(name: str, shelves: Shelves) -> None:
    assert names(OUTER.replace("NAME", name), shelves) == [name]


@pytest.mark.parametrize(
    "name", ["talk", "../home/graphs/talk", "own/../../here/parts/talk", "/etc/hosts", "''"]
)
def test_nothing_outside_of_the_folders_is_found(name: str, shelves: Shelves) -> None:
    assert names(OUTER.replace("NAME", name), shelves) == []


def test_graphs_inside_name_theirs_from_their_own_folder(shelves: Shelves) -> None:
    for folder in (shelves.folder / "parts", shelves.home / "graphs"):
        (folder / "middle.yaml").write_text(OUTER.replace("NAME", "talk"))
    here = OUTER.replace("NAME", "parts/middle")
    assert names(here, shelves) == ["parts/middle", "parts/talk.yaml"]
    assert names(OUTER.replace("NAME", "own/middle"), shelves) == ["own/middle", "own/talk"]


def test_a_file_that_is_no_text_is_a_problem_of_the_node(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        (tmp_path / "bad.yaml").write_bytes(b"\xff\xfe\x00")
        spec = read_graph(OUTER.replace("NAME", "bad"))
        said = [str(problem) for problem in problems_of_graph(opened, spec, tmp_path)]
    assert any(one.startswith("node 'talk', graph: In 'bad': ") for one in said)


def test_the_models_of_a_run_are_those_of_the_graphs_inside_too(shelves: Shelves) -> None:
    spec = read_graph(OUTER.replace("NAME", "own/talk"))
    changes = Overrides(model="mine", endpoint="http://127.0.0.1:1/v1")
    around = with_subgraphs(Surroundings(), spec, shelves, changes)
    assert around.graphs["own/talk"].models == {"writer": {"model": "mine"}}
    assert set(around.models) == {"mine"}


def test_a_graph_without_subgraphs_is_left_alone(shelves: Shelves) -> None:
    around = Surroundings()
    assert with_subgraphs(around, read_graph(INNER), shelves) is around


def test_a_run_shows_what_goes_on_inside_at_the_node_that_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text(INNER)
    with fake_server() as server, workspace(tmp_path / "home") as opened:
        asked = request(server, records=2, text=OUTER.replace("NAME", "talk"))
        run_id = opened.runner.start(replace(asked, folder=tmp_path))
        live = opened.runner.wait(run_id, 60)
        assert (live.state, live.run.done) == ("done", 2)
        assert set(live.nodes) == {"talk", "grade"}
        assert (live.nodes["talk"].done, live.nodes["talk"].calls) == (2, 4)
        assert [one.node for one in found(opened, run_id)[0].conversation.messages] == [
            "talk/ask", "talk/answer",
        ]  # fmt: skip


def test_a_stored_run_shows_the_same_and_keeps_the_graphs_inside(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text(INNER)
    with fake_server() as server, workspace(tmp_path / "home") as opened:
        asked = request(server, records=2, text=OUTER.replace("NAME", "talk"))
        run_id = opened.runner.start(replace(asked, folder=tmp_path))
        live = opened.runner.wait(run_id, 60)
    with workspace(tmp_path / "home") as opened:
        stored = opened.runner.view(run_id)
        assert {n: (v.done, v.calls) for n, v in stored.nodes.items()} == {
            n: (v.done, v.calls) for n, v in live.nodes.items()
        }
        inner = read_graph(INNER)
        assert read_graph(graph_text(opened.database, inner.version)).nodes == inner.nodes
