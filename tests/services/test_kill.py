"""`kill -9` in a run: every record that was acknowledged is there, whole, and nothing half."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from grasp_ui.model.selection import TaggedConversation
from grasp_ui.services.runs import recent_runs
from tests.fake_server import FakeServer, fake_server
from tests.services.rooms import PAIRS, found, until, workspace

RECORDS = 300


def killed_after(calls: int, server: FakeServer, folder: Path) -> None:
    """Run the graph in a process of its own and kill that when `calls` were answered."""
    (folder / "graph.yaml").write_text(PAIRS, encoding="utf-8")
    command = [
        *(sys.executable, "-m", "grasp_ui.cli", "run", str(folder / "graph.yaml")),
        *("-n", str(RECORDS), "--endpoint", server.url, "--json"),
    ]
    env = {**os.environ, "GRASP_HOME": str(folder)}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=env) as started:
        until(lambda: server.outcomes["ok"] >= calls)
        started.send_signal(signal.SIGKILL)


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
