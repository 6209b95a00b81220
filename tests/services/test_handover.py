"""A run goes from the page's runner to `grasp run` and back, each closing the file first."""

from dataclasses import replace
from pathlib import Path

import pytest

from grasp_ui.model.run import Ceilings
from grasp_ui.services import runs
from grasp_ui.services.runs import Changes
from tests.cli.typed import told, typed
from tests.fake_server import fake_server
from tests.services.rooms import PAIRS, over, request, texts_of, whole, workspace

RECORDS = 60
CALLS = 5 * RECORDS


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace that both work in."""
    monkeypatch.setenv("GRASP_HOME", str(tmp_path))
    return tmp_path


def test_the_command_line_finishes_what_the_page_began(tmp_path: Path) -> None:
    with fake_server() as server:
        with workspace(tmp_path) as opened:
            wish = replace(request(server, RECORDS), ceilings=Ceilings(calls=CALLS // 3))
            run_id = opened.runner.start(wish)
            over(opened, run_id)
        said = told(typed("run", "--continue", run_id, "--max-calls", 0, "--json"))
        with workspace(tmp_path) as opened:
            assert texts_of(opened, run_id) == whole(server, tmp_path / "other", RECORDS)
        assert (said["done"], said["calls"]) == (RECORDS, CALLS)


def test_the_page_finishes_what_the_command_line_began(tmp_path: Path) -> None:
    graph = tmp_path / "graph.yaml"
    graph.write_text(PAIRS, encoding="utf-8")
    words = ("run", graph, "-n", RECORDS, "--max-calls", CALLS // 2, "--json")
    with fake_server() as server:
        run_id = told(typed(*words, "--endpoint", server.url))["run"]
        with workspace(tmp_path) as opened:
            view = over(opened, runs.resume(opened, run_id, Changes(ceilings=Ceilings())))
            assert (view.run.done, view.run.calls, len(server.asked)) == (RECORDS, CALLS, CALLS)
            assert texts_of(opened, run_id) == whole(server, tmp_path / "other", RECORDS)


def test_a_run_that_goes_back_and_forth_is_paid_once(tmp_path: Path) -> None:
    with fake_server() as server:
        with workspace(tmp_path) as opened:
            wish = replace(request(server, RECORDS), ceilings=Ceilings(calls=50))
            run_id = opened.runner.start(wish)
            over(opened, run_id)
        for most in (120, 180):
            typed("run", "--continue", run_id, "--max-calls", most, "--json")
            with workspace(tmp_path) as opened:
                changes = Changes(ceilings=Ceilings(calls=most + 30))
                over(opened, runs.resume(opened, run_id, changes))
        said = told(typed("run", "--continue", run_id, "--max-calls", 0, "--json"))
        assert (said["done"], said["calls"], len(server.asked)) == (RECORDS, CALLS, CALLS)
