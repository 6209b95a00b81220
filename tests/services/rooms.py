"""A workspace, a graph for it and a run of it, for the tests of the services."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.value import GraphId, RunId
from grasp_ui.services import review
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.run_view import RunView
from grasp_ui.services.runner import RunRequest
from grasp_ui.services.workspace import Workspace, open_workspace
from tests.fake_server import FakeServer

PAIRS = """\
grasp: 1
title: Two answers, one judge
models:
  writer: {model: fake, max_tokens: 40}
  other: {model: fake-two, max_tokens: 40}
  critic: {model: fake}
seeds: {kind: inline, rows: [{topic: rain}, {topic: bread}, {topic: music}]}
nodes:
  ask: {kind: turn, role: user, model: writer, prompt: "Ask about {topic}, number {record}."}
  answers: {kind: panel, role: assistant, models: [writer, other]}
  grade: {kind: judge, rubric: helpfulness, model: critic, method: p_yes, writes: grade}
edges: [ask -> answers -> grade]
"""


@contextmanager
def workspace(folder: Path) -> Iterator[Workspace]:
    """An open workspace in `folder`."""
    opened = open_workspace(home=folder)
    try:
        yield opened
    finally:
        opened.close()


def request(server: FakeServer, records: int = 4, text: str = PAIRS) -> RunRequest:
    """A run of `text` against the fake server."""
    spec = read_graph(text)
    return RunRequest(GraphId("own/pairs"), spec, records=records, endpoint=server.url)


def ran(opened: Workspace, server: FakeServer, records: int = 4, text: str = PAIRS) -> RunView:
    """How a run of `text` ended."""
    return opened.runner.wait(opened.runner.start(request(server, records, text)), 60)


def found(opened: Workspace, run_id: RunId | None = None) -> list[TaggedConversation]:
    """The conversations of a run, oldest first."""
    return review.find(opened, Selection(run_id=run_id, order="oldest"), limit=1000).rows


def until(holds: Callable[[], bool]) -> None:
    """Return once `holds` is true; a minute is too long."""
    late = monotonic() + 60
    while not holds():
        assert monotonic() < late
        Event().wait(0.01)


def texts_of(opened: Workspace, run_id: RunId) -> list[tuple[int, list[str]]]:
    """What the records of a run say, by index."""
    conversations = [tagged.conversation for tagged in found(opened, run_id)]
    return sorted((c.record_index, [m.content for m in c.messages]) for c in conversations)


def over(opened: Workspace, run_id: RunId) -> RunView:
    """How a run ended."""
    return opened.runner.wait(run_id, 60)


def whole(server: FakeServer, folder: Path, records: int, text: str = PAIRS) -> object:
    """What an uninterrupted run of as many records says."""
    with workspace(folder) as opened:
        return texts_of(opened, ran(opened, server, records, text).run.id)


def killed_in(words: list[str], calls: int, server: FakeServer) -> None:
    """Give a command in a process of its own and kill that when `calls` were answered."""
    command = [sys.executable, "-m", "grasp_ui.cli", *words, "--json"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as started:
        until(lambda: server.outcomes["ok"] >= calls)
        started.send_signal(signal.SIGKILL)
