"""`grasp export`: the files, the counts and the reasons."""

import json
from pathlib import Path

import pytest

from tests.cli.typed import graph_file, told, typed
from tests.fake_server import fake_server


@pytest.fixture
def run_id(tmp_path: Path, home: Path) -> str:
    """Three finished conversations in the workspace; the id of their run."""
    with fake_server() as server:
        graph = graph_file(tmp_path)
        result = typed("run", graph, "-n", 3, "--endpoint", server.url, "--json")
    return str(told(result)["run"])


def test_rows_are_written_one_a_conversation(tmp_path: Path, run_id: str) -> None:
    result = typed("export", "--format", "trl-sft", "--out", tmp_path / "out", "--json")
    said = told(result)
    (rows,) = [Path(file) for file in said["files"] if file.endswith("data.jsonl")]
    assert (result.exit_code, said["written"]) == (0, 3)
    assert ["messages" in json.loads(line) for line in rows.read_text().splitlines()] == [True] * 3


def test_what_is_left_out_is_counted_by_reason(tmp_path: Path, run_id: str) -> None:
    result = typed("export", "--format", "trl-dpo", "--out", tmp_path / "out", "--json")
    assert (result.exit_code, told(result)["written"]) == (1, 0)
    assert sum(told(result)["dropped"].values()) == 3


def test_one_run_can_be_exported_alone(tmp_path: Path, run_id: str) -> None:
    with fake_server() as server:
        typed("run", graph_file(tmp_path), "-n", 2, "--endpoint", server.url)
    out = tmp_path / "out"
    result = typed("export", "--format", "jsonl", "--out", out, "--run", run_id, "--json")
    assert told(result)["written"] == 3


def test_an_unknown_run_gives_exit_code_2(tmp_path: Path, run_id: str) -> None:
    result = typed("export", "--format", "jsonl", "--out", tmp_path / "out", "--run", "nobody")
    assert (result.exit_code, "nobody" in result.stderr) == (2, True)


def test_an_unknown_format_gives_exit_code_2_and_the_nearest_name(
    tmp_path: Path, run_id: str
) -> None:
    result = typed("export", "--format", "trl-spt", "--out", tmp_path / "out")
    assert (result.exit_code, "Did you mean 'trl-sft'?" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("choice", "advice"), [("margin", "NAME=VALUE"), ("margn=0.2", "margn: Extra inputs")]
)
def test_a_wrong_choice_gives_exit_code_2(
    tmp_path: Path, run_id: str, choice: str, advice: str
) -> None:
    result = typed("export", "--format", "trl-dpo", "--out", tmp_path / "out", "--set", choice)
    assert (result.exit_code, advice in result.stderr) == (2, True)
