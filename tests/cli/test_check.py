"""`grasp check`: every problem at once, each with place and remedy."""

from pathlib import Path

import pytest

from tests.cli.typed import GRAPH, graph_file, told, typed

WRONG = """\
grasp: 1
titel: Five mistakes
models:
  writer: {model: nowhere}
seeds: {kind: inline, rows: [{topic: rain}]}
nodes:
  mood: {kind: sampeler, writes: mood, options: {calm: 1}}
  ask: {kind: turn, role: user, model: writer, prompt: "Ask about {topik}."}
  answer: {kind: turn, role: assistant, model: writer}
edges:
  - mood -> ask -> answer
  - answer -> ask
"""
PLACES = [
    ("titel", "title"),
    ("mood", "sampler"),
    ("nowhere", "local"),
    ("topik", "topic"),
    ("answer -> ask", "max_visits"),
]


def test_a_sound_graph_gives_exit_code_0(tmp_path: Path) -> None:
    sound = GRAPH.replace("model: fake", "model: local")
    assert typed("check", graph_file(tmp_path, sound)).exit_code == 0


def test_a_wrong_graph_gives_exit_code_2(tmp_path: Path) -> None:
    assert typed("check", graph_file(tmp_path, WRONG)).exit_code == 2


@pytest.mark.parametrize(("what", "remedy"), PLACES)
def test_each_mistake_is_told_with_its_remedy(tmp_path: Path, what: str, remedy: str) -> None:
    problems = told(typed("check", graph_file(tmp_path, WRONG), "--json"))["problems"]
    about = [problem for problem in problems if what in str(problem.values())]
    assert any(remedy in problem["what"] + problem["fix"] for problem in about)


def test_every_problem_has_a_remedy(tmp_path: Path) -> None:
    problems = told(typed("check", graph_file(tmp_path, WRONG), "--json"))["problems"]
    assert len(problems) >= 5
    assert all(problem["fix"] for problem in problems)


def test_people_read_the_same_problems_as_scripts(tmp_path: Path) -> None:
    graph = graph_file(tmp_path, WRONG)
    problems = told(typed("check", graph, "--json"))["problems"]
    said = typed("check", graph).stdout
    assert [p["what"] for p in problems if p["what"] not in said] == []


def test_what_is_no_yaml_is_a_problem_like_any_other(tmp_path: Path) -> None:
    result = typed("check", graph_file(tmp_path, "nodes: [a, b"), "--json")
    assert (result.exit_code, told(result)["ok"]) == (2, False)


def test_a_graph_is_checked_without_opening_the_store(tmp_path: Path, home: Path) -> None:
    typed("check", graph_file(tmp_path))
    assert not (home / "store.duckdb").exists()
