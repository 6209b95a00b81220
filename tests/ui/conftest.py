"""Pages for tests: the app on a workspace of its own, without a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import grasp_ui.ui
from grasp_ui.services.settings import ModelSettings, Settings
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui import session
from tests.fake_server import FakeServer, fake_server
from tests.manifests import scan_once
from tests.services.rooms import ran

MAIN = Path(grasp_ui.ui.__file__).with_name("main.py")
GRAPH = """\
grasp: 1
title: Small talk
notes: One question, one answer.
models:
  writer: {model: local}
seeds: {kind: inline, rows: [{topic: tea}]}
nodes:
  ask: {kind: turn, role: user, model: writer, prompt: "Ask about {topic}."}
  answer: {kind: turn, role: assistant, model: writer}
edges:
  - ask -> answer
"""
Show = Callable[..., AppTest]
scan_once()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty workspace's folder; what a page opened there is closed afterwards."""
    monkeypatch.setenv("GRASP_HOME", str(tmp_path))
    session.workspace.clear()
    yield tmp_path
    session.workspace.clear()


@pytest.fixture
def opened(home: Path, server: FakeServer) -> Workspace:
    """The workspace of `home`, with one graph of one's own and the model `far`."""
    (home / "graphs").mkdir()
    (home / "graphs" / "talk.yaml").write_text(GRAPH, encoding="utf-8")
    workspace = session.workspace()
    models = (*workspace.settings.models, ModelSettings(name="far", url=server.url))
    workspace.change_settings(Settings(models=models))
    return workspace


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """A model's endpoint that answers at once."""
    with fake_server() as started:
        yield started


@pytest.fixture
def full(opened: Workspace, server: FakeServer) -> Workspace:
    """The workspace after a run of four records."""
    ran(opened, server)
    return opened


@pytest.fixture
def show(home: Path) -> Show:
    """Shows the page `name`, with `address` in its address."""

    def shown(name: str = "home", **address: str) -> AppTest:
        page = AppTest.from_file(MAIN, default_timeout=60)
        for key, value in address.items():
            page.query_params[key] = value
        page.switch_page(f"../../pages/{name}.py")
        return page.run()

    return shown


def words(page: AppTest) -> str:
    """All Markdown and plain text of a page, as one text."""
    return "\n".join(str(element.value) for element in (*page.markdown, *page.text, *page.caption))
