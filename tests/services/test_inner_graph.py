"""What a holder's form can name of the graph inside."""

from pathlib import Path

import pytest

from grasp_ui.services.inner_graph import graphs_to_hold, inner_graph
from grasp_ui.services.node_kinds import node_kinds
from tests.services.rooms import workspace

INNER = """\
grasp: 1
models: {writer: {model: local}}
nodes:
  ask: {kind: generate, model: writer, prompt: "Ask about {topic}.", writes: question}
  answer: {kind: generate, model: writer, prompt: "{question}", writes: answer}
  odd: {kind: nothing}
edges: [ask -> answer]
"""


def test_it_reads_from_outside_what_it_does_not_write(tmp_path: Path) -> None:
    (tmp_path / "inner.yaml").write_text(INNER, encoding="utf-8")
    node_kinds()
    with workspace(tmp_path / "home") as opened:
        found = inner_graph(opened, tmp_path, "inner.yaml")
    assert found
    assert (found.reads, found.writes) == (("topic",), ("answer", "question"))
    assert list(found.fields) == ["node ask", "node answer", "model writer"]
    assert "prompt" in found.fields["node ask"]


@pytest.mark.parametrize("name", ["", "gone.yaml", "../inner.yaml", "own/gone"])
def test_a_graph_that_is_not_there_names_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "inner.yaml").write_text(INNER, encoding="utf-8")
    (tmp_path / "deep").mkdir()
    with workspace(tmp_path / "home") as opened:
        assert inner_graph(opened, tmp_path / "deep", name) is None


def test_files_beside_own_graphs_and_examples_can_be_held(tmp_path: Path) -> None:
    (tmp_path / "beside" / "deep").mkdir(parents=True)
    (tmp_path / "beside" / "deep" / "inner.yaml").write_text(INNER, encoding="utf-8")
    with workspace(tmp_path / "home") as opened:
        (opened.home / "graphs").mkdir(exist_ok=True)
        (opened.home / "graphs" / "mine.yaml").write_text(INNER, encoding="utf-8")
        names = graphs_to_hold(opened, tmp_path / "beside")
    assert names[:2] == ("deep/inner.yaml", "own/mine")
    assert "example/first_steps" in names
