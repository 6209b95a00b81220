"""`grasp run`: what it says, what it keeps and how it ends."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic

from tests.cli.typed import GRAPH, graph_file, told, typed
from tests.fake_server import FakeServer, fake_server

# A shell in the background hands on that Ctrl-C is ignored: here it is to be heard.
LISTENING = """
import signal
from grasp_ui.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""
HOLDING = """
import sys
from pathlib import Path
from grasp_ui.store.database import open_database
held = open_database(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
held.close()
"""


def test_a_run_says_what_came_of_it(tmp_path: Path) -> None:
    with fake_server() as server:
        result = typed("run", graph_file(tmp_path), "-n", 3, "--endpoint", server.url)
    assert result.exit_code == 0
    assert "3 of 3 records done, 0 failed; 3 kept" in result.stdout


def test_every_row_of_the_seeds_can_be_run_once(tmp_path: Path) -> None:
    rows = "seeds: {kind: inline, rows: [{topic: rain}, {topic: bread}]}"
    text = "seeds: {kind: csv, path: rows.csv, transform: [{skip: 1}]}"
    graph = graph_file(tmp_path, GRAPH.replace(rows, text))
    (tmp_path / "rows.csv").write_text("topic\n" + "tea\n" * 8)
    with fake_server() as server:
        said = told(typed("run", graph, "--all", "--endpoint", server.url, "--json"))
    assert (said["records"], said["done"]) == (7, 7)


def test_json_is_one_object_and_progress_stays_beside_it(tmp_path: Path) -> None:
    with fake_server() as server:
        result = typed("run", graph_file(tmp_path), "--endpoint", server.url, "--json")
    said = told(result)
    assert (said["state"], said["done"], said["failed"], said["calls"]) == ("done", 5, 0, 10)
    assert "Records: 5 of 5" in result.stderr


def test_a_run_is_stored_where_it_says(tmp_path: Path) -> None:
    store = tmp_path / "elsewhere" / "runs.duckdb"
    with fake_server() as server:
        typed("run", graph_file(tmp_path), "--endpoint", server.url, "--store", store)
    assert told(typed("tag", "--store", store, "--json"))["conversations"] == 5


def test_the_workspace_has_the_store_when_none_is_named(tmp_path: Path, home: Path) -> None:
    with fake_server() as server:
        result = typed("run", graph_file(tmp_path), "--endpoint", server.url, "--json")
    assert told(result)["store"] == str(home / "store.duckdb")


def test_the_named_model_is_asked(tmp_path: Path) -> None:
    with fake_server() as server:
        typed("run", graph_file(tmp_path), "--endpoint", server.url, "--model", "other/one")
    assert {body["model"] for body in server.asked} == {"other/one"}


def test_no_more_calls_are_under_way_than_asked_for(tmp_path: Path) -> None:
    with fake_server(seconds=0.02) as server:
        graph = graph_file(tmp_path)
        typed("run", graph, "-n", 12, "--concurrency", 3, "--endpoint", server.url)
    assert server.most_in_flight == 3


def test_a_failed_record_gives_exit_code_1_and_its_reason(tmp_path: Path) -> None:
    with fake_server(faults=["400"]) as server:
        result = typed("run", graph_file(tmp_path), "--endpoint", server.url)
    assert result.exit_code == 1
    assert "bad_request at 'ask'" in result.stdout


def test_a_run_that_keeps_nothing_gives_exit_code_1(tmp_path: Path) -> None:
    graph = graph_file(tmp_path, GRAPH.replace("tagging: none\n", ""))
    with fake_server() as server:
        server.say = lambda body: "Which is the highest mountain of the earth, and why?"
        result = typed("run", graph, "-n", 2, "--endpoint", server.url, "--json")
    assert (result.exit_code, told(result)["kept"]) == (1, 0)


def test_a_graph_with_problems_gives_exit_code_2_and_nothing_is_asked(tmp_path: Path) -> None:
    with fake_server() as server:
        broken = graph_file(tmp_path, GRAPH.replace("kind: turn", "kind: trun"))
        result = typed("run", broken, "--endpoint", server.url, "--json")
    assert (result.exit_code, server.asked) == (2, [])
    assert told(result)["problems"][0]["node"] == "ask"


def test_a_store_that_is_held_gives_exit_code_3(tmp_path: Path) -> None:
    store = tmp_path / "held.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        result = typed("tag", "--store", store)
        other.communicate(b"")
    assert (result.exit_code, str(other.pid) in result.stderr) == (3, True)


def test_ctrl_c_keeps_what_is_finished_and_says_how_to_go_on(tmp_path: Path) -> None:
    with fake_server(faults=["", "", "", "hang"]) as server:
        code, said = interrupted(graph_file(tmp_path), server)
    assert code == 130
    assert (said["state"], said["done"]) == ("stopped", 1)


def test_the_options_are_checked_before_anything_starts() -> None:
    assert typed("run", "missing.yaml").exit_code == 2
    assert typed("run").exit_code == 2


def interrupted(graph: Path, server: FakeServer) -> tuple[int, dict[str, object]]:
    """Exit code and JSON of a run of two that got Ctrl-C when its last call hung."""
    command = [sys.executable, "-c", LISTENING, "run", str(graph), "-n", "2", "--concurrency", "1"]
    command += ["--endpoint", server.url, "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(os.environ)) as started:
        until(lambda: server.outcomes["hang"] == 1)
        started.send_signal(signal.SIGINT)
        out, _ = started.communicate(timeout=60)
    return started.returncode, json.loads(out)


def until(holds: Callable[[], bool]) -> None:
    """Return once `holds` is true; a minute is too long."""
    late = monotonic() + 60
    while not holds():
        assert monotonic() < late
        Event().wait(0.02)
