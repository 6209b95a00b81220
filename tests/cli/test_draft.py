"""`grasp draft`: a sentence in, a graph file out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.settings import ModelSettings, Settings, save_settings
from tests.cli.typed import told, typed
from tests.fake_server import FakeServer, fake_server
from tests.services.drafts import draft_text


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """An endpoint that drafts well, known as `far`."""
    monkeypatch.setenv("GRASP_HOME", str(tmp_path / "home"))
    with fake_server() as started:
        started.say = lambda body: draft_text(model="far")
        (tmp_path / "home").mkdir()
        models = (*Settings().models, ModelSettings(name="far", url=started.url))
        save_settings(tmp_path / "home", Settings(models=models))
        yield started


def test_a_draft_is_written_to_a_new_file(server: FakeServer, tmp_path: Path) -> None:
    out = tmp_path / "new" / "tea.yaml"
    result = typed("draft", "Talk about tea.", "--model", "far", "--out", out)
    assert result.exit_code == 0
    assert list(read_graph(out.read_text(encoding="utf-8")).nodes) == ["ask", "answer"]


def test_without_a_file_the_graph_goes_to_stdout(server: FakeServer) -> None:
    result = typed("draft", "Talk about tea.", "--model", "far")
    assert read_graph(result.stdout).title == "Tea"
    assert "price not known" in result.stderr


def test_a_draft_with_problems_is_written_and_leaves_with_one(
    server: FakeServer, tmp_path: Path
) -> None:
    server.say = lambda body: draft_text(model="far", speaker="trun")
    result = typed("draft", "Tea.", "--model", "far", "--out", tmp_path / "t.yaml", "--json")
    assert (result.exit_code, told(result)["rounds"], len(server.asked)) == (1, 3, 3)
    assert (tmp_path / "t.yaml").exists()


def test_a_file_that_is_there_is_kept_and_nobody_is_asked(
    server: FakeServer, tmp_path: Path
) -> None:
    (tmp_path / "mine.yaml").write_text("mine", encoding="utf-8")
    result = typed("draft", "Tea.", "--model", "far", "--out", tmp_path / "mine.yaml")
    assert (result.exit_code, server.asked) == (1, [])
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == "mine"


def test_the_built_in_model_is_refused_as_too_small(server: FakeServer) -> None:
    result = typed("draft", "Tea.", "--model", "local")
    assert result.exit_code == 1
    assert "too small" in result.stderr
