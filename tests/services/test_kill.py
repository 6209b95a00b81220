"""`kill -9` in a run: what was acknowledged is there, and the run goes on from it."""

from pathlib import Path

import pytest

from grasp_ui.model.selection import TaggedConversation
from grasp_ui.services import runs
from grasp_ui.services.runs import recent_runs
from tests.fake_server import FakeServer, fake_server
from tests.services.rooms import PAIRS, found, killed_in, over, texts_of, whole, workspace

RECORDS = 300


def killed_after(calls: int, server: FakeServer, folder: Path, *, records: int = RECORDS) -> None:
    """Run the graph in a process of its own and kill that when `calls` were answered."""
    graph = folder / "graph.yaml"
    graph.write_text(PAIRS, encoding="utf-8")
    killed_in(["run", str(graph), "-n", str(records), "--endpoint", server.url], calls, server)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace of the commands."""
    monkeypatch.setenv("GRASP_HOME", str(tmp_path))
    return tmp_path


def is_whole(tagged: TaggedConversation) -> bool:
    """A question, two answers, a judge's tag on each and the preference between them."""
    roles = [message.role for message in tagged.conversation.messages]
    judged = [tag for tag in tagged.tags if tag.source == "judge"]
    return (
        roles == ["user", "assistant", "assistant"]
        and len(judged) == 2
        and len(tagged.preferences) <= 1
        and tagged.conversation.variables["grade"] is not None
    )


@pytest.mark.parametrize("calls", [1, 57, 400])
def test_a_killed_run_leaves_whole_records_only(calls: int, tmp_path: Path) -> None:
    with fake_server() as server:
        killed_after(calls, server, tmp_path)
    with workspace(tmp_path) as opened:
        run = recent_runs(opened, 1)[0]
        rows = found(opened, run.id)
        assert run.state == "interrupted"
        assert len(rows) == run.done < RECORDS
        assert all(is_whole(tagged) for tagged in rows)


def test_what_was_answered_before_the_kill_is_on_record(tmp_path: Path) -> None:
    with fake_server() as server:
        killed_after(200, server, tmp_path)
        answered = server.outcomes["ok"]
    with workspace(tmp_path) as opened:
        in_flight = 8
        assert answered - recent_runs(opened, 1)[0].calls <= in_flight


@pytest.mark.parametrize("moments", [(3, 90, 251), (170,), (299,)])
def test_a_run_killed_again_and_again_ends_as_if_it_never_was(
    moments: tuple[int, ...], tmp_path: Path
) -> None:
    records, in_flight = 60, 8
    with fake_server(seconds=0.002) as server:
        killed_after(moments[0], server, tmp_path, records=records)
        for calls in moments[1:]:
            killed_in(["run", "--continue", run_in(tmp_path)], calls, server)
        with workspace(tmp_path) as opened:
            run_id = runs.resume(opened, recent_runs(opened, 1)[0].id)
            view = over(opened, run_id)
            texts = texts_of(opened, run_id)
        paid = server.outcomes["ok"]
        assert texts == whole(server, tmp_path / "other", records)
    assert (view.state, view.run.done, view.run.calls) == ("done", records, 5 * records)
    assert 5 * records <= paid <= 5 * records + in_flight * len(moments)


def test_a_half_written_last_line_is_cut_off_and_said_and_the_run_goes_on(tmp_path: Path) -> None:
    with fake_server() as server:
        killed_after(100, server, tmp_path, records=60)
        segment = sorted((tmp_path / "store.duckdb.journal").glob("*.jsonl"))[-1]
        segment.write_bytes(segment.read_bytes()[:-20])
        with workspace(tmp_path) as opened:
            said = opened.notices
            run_id = runs.resume(opened, recent_runs(opened, 1)[0].id)
            view = over(opened, run_id)
            texts = texts_of(opened, run_id)
        assert texts == whole(server, tmp_path / "other", 60)
    assert "ended in a half-written line" in said[0]
    assert (view.state, view.run.done) == ("done", 60)


def run_in(folder: Path) -> str:
    """The one run of a workspace."""
    with workspace(folder) as opened:
        return recent_runs(opened, 1)[0].id
