"""A run that came to a stop goes on: nothing is lost, nothing is paid or stored twice."""

from dataclasses import replace
from pathlib import Path

import pytest

from grasp_ui.errors import CannotResume
from grasp_ui.model.run import Ceilings
from grasp_ui.model.value import RunId
from grasp_ui.services import runs
from grasp_ui.services.runs import Changes
from grasp_ui.services.workspace import Workspace
from tests.fake_server import FakeServer, fake_server
from tests.services.rooms import PAIRS, found, over, ran, request, texts_of, until, whole, workspace

RECORDS = 12
CALLS = 5 * RECORDS


def halted(opened: Workspace, server: FakeServer, calls: int, records: int = RECORDS) -> RunId:
    """A run that came to a stop when it had sent `calls`."""
    wish = replace(request(server, records), ceilings=Ceilings(calls=calls))
    run_id = opened.runner.start(wish)
    assert over(opened, run_id).state == "halted"
    return run_id


def raised(opened: Workspace, run_id: RunId) -> runs.RunView:
    """The run after it went on without a ceiling."""
    return over(opened, runs.resume(opened, run_id, Changes(ceilings=Ceilings())))


@pytest.mark.parametrize("calls", [1, 17, 43, CALLS - 1])
def test_a_halted_run_goes_on_to_what_it_would_have_been(calls: int, tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path / "a") as opened:
        run_id = halted(opened, server, calls)
        view = raised(opened, run_id)
        assert (view.state, view.run.done, view.run.calls) == ("done", RECORDS, CALLS)
        assert len(server.asked) == CALLS
        assert texts_of(opened, run_id) == whole(server, tmp_path / "b", RECORDS)


def test_a_resumed_run_shows_live_what_the_store_says_later(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        live = raised(opened, halted(opened, server, 33))
    with workspace(tmp_path) as opened:
        stored = opened.runner.view(live.run.id)
    moments = {"seconds", "ended"}
    assert stored.run.model_dump(exclude=moments) == live.run.model_dump(exclude=moments)
    assert {name: (n.done, n.failed, n.calls) for name, n in stored.nodes.items()} == {
        name: (n.done, n.failed, n.calls) for name, n in live.nodes.items()
    }
    assert (stored.kept, stored.dropped, stored.replayed) == (live.kept, live.dropped, 0)


def test_a_run_goes_on_in_another_process_with_its_own_graph_and_endpoint(tmp_path: Path) -> None:
    with fake_server() as server:
        with workspace(tmp_path) as opened:
            run_id = halted(opened, server, 21)
        with workspace(tmp_path) as opened:
            assert raised(opened, run_id).run.done == RECORDS
        assert len(server.asked) == CALLS


def test_failed_records_alone_are_retried_and_leave_one_conversation(tmp_path: Path) -> None:
    with fake_server(faults=[""] * 9 + ["400"] * 3) as server, workspace(tmp_path) as opened:
        before = ran(opened, server, RECORDS)
        view = over(opened, runs.retry_failed(opened, before.run.id))
        assert 1 <= before.run.failed <= 3
        assert (view.run.failed, view.run.done) == (0, RECORDS)
        assert (view.failures, view.nodes["ask"].failed, view.state) == ((), 0, "done")
        assert len({t.conversation.record_index for t in found(opened, view.run.id)}) == RECORDS
        assert len(found(opened, view.run.id)) == RECORDS
        assert len(server.asked) == CALLS + 3


def test_the_store_counts_a_retried_record_by_its_newest_end(tmp_path: Path) -> None:
    with fake_server(faults=["400"] * 4 + ["401"] * 4) as server:
        with workspace(tmp_path) as opened:
            run_id = ran(opened, server, 4).run.id
            live = over(opened, runs.retry_failed(opened, run_id))
        with workspace(tmp_path) as opened:
            stored = opened.runner.view(run_id)
    assert (live.run.failed, stored.run.failed) == (4, 4)
    assert [f.error_code for f in live.failures] == ["not_authorized"]
    assert [f.error_code for f in stored.failures] == ["not_authorized"]


def test_a_retry_leaves_records_alone_that_have_not_begun(tmp_path: Path) -> None:
    with fake_server(faults=["400"]) as server, workspace(tmp_path) as opened:
        run_id = halted(opened, server, 12)
        changes = Changes(ceilings=Ceilings())
        view = over(opened, runs.retry_failed(opened, run_id, changes))
        assert (view.state, view.run.failed) == ("stopped", 0)
        assert "have not been made" in view.run.reason
        assert raised(opened, run_id).run.done == RECORDS


def test_with_more_records_a_whole_run_is_extended(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path / "a") as opened:
        run_id = ran(opened, server, 5).run.id
        view = over(opened, runs.resume(opened, run_id, Changes(records=RECORDS)))
        assert (view.run.done, view.run.settings.records) == (RECORDS, RECORDS)
        assert len(server.asked) == CALLS
        assert texts_of(opened, run_id) == whole(server, tmp_path / "b", RECORDS)


def test_a_whole_run_is_not_resumed(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        run_id = ran(opened, server, 2).run.id
        with pytest.raises(CannotResume, match="Ask for more records"):
            runs.resume(opened, run_id)
        with pytest.raises(CannotResume, match="cannot be made smaller"):
            runs.resume(opened, run_id, Changes(records=1))
        with pytest.raises(CannotResume, match="nothing to retry"):
            runs.retry_failed(opened, run_id)


def test_a_run_that_goes_on_is_not_resumed(tmp_path: Path) -> None:
    with fake_server(faults=["hang"] * 9) as server, workspace(tmp_path) as opened:
        run_id = opened.runner.start(request(server))
        with pytest.raises(CannotResume, match="goes on already"):
            runs.resume(opened, run_id)


def test_changed_seeds_stop_the_run_before_they_mix(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds.jsonl"
    seeds.write_text('{"topic": "a"}\n{"topic": "b"}\n')
    inline = "{kind: inline, rows: [{topic: rain}, {topic: bread}, {topic: music}]}"
    text = PAIRS.replace(inline, f"{{kind: jsonl, path: {seeds.as_posix()}}}")
    with fake_server() as server, workspace(tmp_path / "home") as opened:
        run_id = ran(opened, server, 2, text).run.id
        seeds.write_text('{"topic": "c"}\n{"topic": "b"}\n')
        view = over(opened, runs.resume(opened, run_id, Changes(records=4)))
    assert view.state == "failed"
    assert "The seeds have changed: record 0" in view.run.reason
    assert view.run.done == 2


def test_pausing_lets_calls_in_flight_end_and_pays_nothing_twice(tmp_path: Path) -> None:
    with fake_server(seconds=0.05) as server, workspace(tmp_path) as opened:
        run_id = opened.runner.start(request(server, RECORDS))
        until(lambda: server.outcomes["ok"] > 9)
        opened.runner.pause(run_id)
        view = over(opened, run_id)
        assert (view.state, "Paused by hand" in view.run.reason) == ("stopped", True)
        assert raised(opened, run_id).run.done == RECORDS
        assert len(server.asked) == CALLS


def test_a_stopped_run_pays_again_for_the_calls_that_were_given_up(tmp_path: Path) -> None:
    with fake_server(seconds=0.05) as server, workspace(tmp_path / "a") as opened:
        run_id = opened.runner.start(request(server, RECORDS))
        until(lambda: server.outcomes["ok"] > 9)
        opened.runner.stop(run_id)
        assert over(opened, run_id).state == "stopped"
        assert raised(opened, run_id).run.done == RECORDS
        assert CALLS <= len(server.asked) <= CALLS + 8
        assert texts_of(opened, run_id) == whole(server, tmp_path / "b", RECORDS)
