"""The runner: runs go on in the background, stop when told, and are stored as they go."""

from dataclasses import replace
from pathlib import Path

import pytest

from grasp_ui.engine.telling import WHOLE_TEXTS
from grasp_ui.errors import InvalidGraph, NotFound
from grasp_ui.model.value import RunId
from grasp_ui.services import traces
from grasp_ui.services.graph_file import read_graph
from grasp_ui.store.graphs import graph_text
from grasp_ui.store.traces import record_events
from tests.fake_server import fake_server
from tests.services.rooms import PAIRS, found, ran, request, until, workspace


def test_a_run_stores_every_conversation(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        view = ran(opened, server, records=4)
        assert (view.state, view.run.done, len(found(opened, view.run.id))) == ("done", 4, 4)


def test_a_finished_run_reads_the_same_in_another_process(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        live = ran(opened, server)
    with workspace(tmp_path) as opened:
        stored = opened.runner.view(live.run.id)
    names = {"done", "failed", "calls", "prompt_tokens", "completion_tokens"}
    assert stored.run.model_dump(include=names) == live.run.model_dump(include=names)
    assert (stored.kept, stored.dropped) == (live.kept, live.dropped)


def test_a_call_begins_once_every_answer_before_it_is_in_the_journal(tmp_path: Path) -> None:
    kept: list[int] = []

    def look(body: object) -> str:
        files = tmp_path.rglob("*.jsonl")
        kept.append(sum(file.read_text(encoding="utf-8").count('"call_ended"') for file in files))
        return ""

    with fake_server() as server, workspace(tmp_path) as opened:
        server.draw = look
        asked = replace(request(server, records=4), concurrency=1)
        opened.runner.wait(opened.runner.start(asked), 60)
    assert kept == list(range(20))


def test_a_run_keeps_the_graph_as_it_ran(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        view = ran(opened, server, records=1)
        text = graph_text(opened.database, view.run.graph_version)
    assert read_graph(text) == read_graph(PAIRS)


def test_stopping_gives_up_calls_in_flight_and_keeps_what_is_finished(tmp_path: Path) -> None:
    faults = [""] * 10 + ["hang"] * 50
    with fake_server(faults=faults) as server, workspace(tmp_path) as opened:
        run_id = opened.runner.start(request(server, records=8))
        until(lambda: server.outcomes["hang"] > 0)
        opened.runner.stop(run_id)
        view = opened.runner.wait(run_id, 30)
        assert view.state == "stopped"
        assert len(found(opened, run_id)) == view.run.done < 8


def test_a_failed_record_is_local_and_says_why(tmp_path: Path) -> None:
    with fake_server(faults=["400"]) as server, workspace(tmp_path) as opened:
        view = ran(opened, server, records=4)
        assert (view.state, view.run.done, view.run.failed) == ("done", 3, 1)
        assert view.failures[0].error_code == "bad_request"


def test_a_graph_with_problems_does_not_run_and_says_all_of_them(tmp_path: Path) -> None:
    wrong = PAIRS.replace("kind: turn", "kind: trun").replace("rubric: helpfulness", "rubric: x")
    with (
        fake_server() as server,
        workspace(tmp_path) as opened,
        pytest.raises(InvalidGraph) as said,
    ):
        opened.runner.start(request(server, text=wrong))
    assert len(said.value.problems) >= 2


def test_lines_of_seeds_that_are_no_rows_are_said_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "seeds.jsonl").write_text('{"topic": "a"}\nnot json\n{"topic": "b"}\n')
    path = (tmp_path / "seeds.jsonl").as_posix()
    text = PAIRS.replace(
        "{kind: inline, rows: [{topic: rain}, {topic: bread}, {topic: music}]}",
        f"{{kind: jsonl, path: {path}}}",
    )
    with fake_server() as server, workspace(tmp_path / "home") as opened:
        view = ran(opened, server, records=3, text=text)
    assert view.run.done == 3
    assert "line 2" in view.set_aside[0]


def test_seeds_without_rows_fail_the_run_with_its_reason(tmp_path: Path) -> None:
    rows = "rows: [{topic: rain}, {topic: bread}, {topic: music}]"
    with fake_server() as server, workspace(tmp_path) as opened:
        text = PAIRS.replace(rows, "rows: []").replace("{topic}", "x")
        with pytest.raises(InvalidGraph):
            ran(opened, server, text=text)


def test_the_same_seed_asks_the_same_things(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server)
        second = ran(opened, server)
        texts = [
            [[m.content for m in c.conversation.messages] for c in found(opened, view.run.id)]
            for view in (first, second)
        ]
    assert sorted(texts[0]) == sorted(texts[1])


def test_a_run_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened, pytest.raises(NotFound):
        opened.runner.view(RunId("nowhere"))


def test_a_model_that_is_not_in_settings_is_a_problem(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        wish = request(server)
        with pytest.raises(InvalidGraph, match="fake"):
            opened.runner.start(type(wish)(wish.graph_id, wish.spec))


def test_a_large_run_keeps_the_same_visits_as_a_small_one(tmp_path: Path) -> None:
    told = []
    for records in (3, WHOLE_TEXTS + 1):
        with fake_server() as server, workspace(tmp_path / str(records)) as opened:
            run_id = ran(opened, server, records).run.id
            record = traces.samples_at(opened, run_id, "grade", index=2)[0].record_id
            events = record_events(opened.database, run_id, record)
            told.append([(e["node"], e["visit"], e["state"], e["detail"]) for e in events])
    assert told[0] == told[1]
    assert [node for node, *_ in told[0]] == ["ask", "answers", "grade"]


def test_a_large_run_that_is_stopped_keeps_the_visits_of_records_under_way(tmp_path: Path) -> None:
    with fake_server(faults=["", *["hang"] * 50]) as server, workspace(tmp_path) as opened:
        asked = replace(request(server, records=WHOLE_TEXTS + 1), concurrency=1)
        run_id = opened.runner.start(asked)
        until(lambda: server.outcomes["hang"] > 0)
        opened.runner.stop(run_id)
        view = opened.runner.wait(run_id, 30)
        seen = traces.samples_at(opened, run_id, "ask")
    assert (view.run.done, [one.state for one in seen]) == (0, ["done"])
