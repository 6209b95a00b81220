"""`grasp run --continue`: a run goes on, or a new one pays only for what differs."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.typed import GRAPH, graph_file, told, typed
from tests.fake_server import FakeServer, fake_server


def halted(folder: Path, server: FakeServer, *words: object) -> dict[str, Any]:
    """What `grasp run` of six records said when seven calls were the most."""
    result = typed(
        "run", graph_file(folder), "-n", 6, "--endpoint", server.url, "--max-calls", 7,
        "--json", *words,
    )  # fmt: skip
    assert result.exit_code == 4
    return told(result)


def go_on(run: str, *words: object) -> dict[str, Any]:
    """What `grasp run --continue` said of a run that came to its end."""
    result = typed("run", "--continue", run, "--json", *words)
    assert result.exit_code == 0, result.output
    return told(result)


def test_a_run_is_halted_at_its_ceiling_and_says_how_to_go_on(tmp_path: Path) -> None:
    with fake_server() as server:
        result = typed(
            "run", graph_file(tmp_path), "--endpoint", server.url, "--max-calls", 3
        )  # fmt: skip
        assert (result.exit_code, len(server.asked)) == (4, 3)
    assert "reached its ceiling of 3 calls" in result.stdout
    assert "Go on with it: grasp run --continue" in result.stdout


def test_a_raised_ceiling_lets_the_run_go_on_under_its_own_id(tmp_path: Path) -> None:
    with fake_server() as server:
        before = halted(tmp_path, server)
        after = go_on(before["run"], "--max-calls", 12)
        assert len(server.asked) == 12
    assert (after["run"], after["done"], after["calls"]) == (before["run"], 6, 12)


def test_without_raising_the_ceiling_no_call_is_sent(tmp_path: Path) -> None:
    with fake_server() as server:
        before = halted(tmp_path, server)
        again = typed("run", "--continue", before["run"], "--json")
        assert (again.exit_code, told(again)["state"], len(server.asked)) == (4, "halted", 7)


def test_zero_lifts_a_ceiling_and_more_records_extend_the_run(tmp_path: Path) -> None:
    with fake_server() as server:
        before = halted(tmp_path, server)
        after = go_on(before["run"], "--max-calls", 0, "-n", 8)
    assert (after["done"], after["calls"]) == (8, 16)


def test_the_graph_file_is_not_needed_to_go_on(tmp_path: Path) -> None:
    with fake_server() as server:
        before = halted(tmp_path, server)
        (tmp_path / "graph.yaml").unlink()
        assert go_on(before["run"], "--max-calls", 0)["done"] == 6


def test_the_failed_records_alone_are_made_again(tmp_path: Path) -> None:
    with fake_server(faults=["400"]) as server:
        first = typed("run", graph_file(tmp_path), "--endpoint", server.url, "--json")
        assert (first.exit_code, told(first)["failed"]) == (1, 1)
        after = go_on(told(first)["run"], "--failed-only")
    assert (after["done"], after["failed"], after["calls"]) == (5, 0, 10)


def test_a_changed_graph_pays_only_for_what_differs(tmp_path: Path) -> None:
    with fake_server() as server:
        first = told(typed("run", graph_file(tmp_path), "--endpoint", server.url, "--json"))
        changed = GRAPH.replace("role: assistant, ", 'role: assistant, persona: "Terse.", ')
        after = go_on(first["run"], graph_file(tmp_path, changed))
    assert (after["continues"], after["replayed"], after["calls"]) == (first["run"], 5, 5)


def test_a_run_from_a_node_replays_what_is_before(tmp_path: Path) -> None:
    with fake_server() as server:
        first = told(typed("run", graph_file(tmp_path), "--endpoint", server.url, "--json"))
        after = go_on(first["run"], "--from", "answer")
    assert (after["replayed"], after["calls"]) == (5, 5)


def test_the_cache_answers_a_run_that_was_made_before(tmp_path: Path) -> None:
    with fake_server() as server:
        words = ("run", graph_file(tmp_path), "--endpoint", server.url, "--json")
        typed(*words)
        assert told(typed(*words, "--cache"))["calls"] == 0


def test_a_ceiling_in_dollars_needs_prices(tmp_path: Path) -> None:
    with fake_server() as server:
        result = typed(
            "run", graph_file(tmp_path), "--endpoint", server.url, "--max-usd", 1, "--json"
        )  # fmt: skip
        assert (result.exit_code, server.asked) == (2, [])
    assert "has no price" in told(result)["problems"][0]["what"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Name a graph to run"),
        (("--failed-only",), "Name a graph to run"),
        (("--continue", "r", "--seed", 8), "leave out --seed"),
        (("--continue", "r", "--cache", "--model", "m"), "leave out --model, --cache"),
        (("--continue", "r", "--from", "a", "--failed-only"), "goes with --continue RUN alone"),
        (("--continue", "nowhere"), "There is no run 'nowhere'"),
    ],
)
def test_options_that_do_not_go_together_are_said(words: tuple[object, ...], said: str) -> None:
    result = typed("run", *words)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_the_newest_run_can_be_called_last(tmp_path: Path) -> None:
    with fake_server() as server:
        before = halted(tmp_path, server)
        assert go_on("last", "--max-calls", 0)["run"] == before["run"]


def test_in_an_empty_store_there_is_no_last_run() -> None:
    result = typed("run", "--continue", "last")
    assert (result.exit_code, "There is no run in" in result.stderr) == (2, True)
