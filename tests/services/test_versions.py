"""Versions of a drawing: named, listed with those of runs, and read again."""

from pathlib import Path

import pytest

from grasp_ui.errors import NotFound
from grasp_ui.model.value import GraphId
from grasp_ui.services import graphs, versions
from grasp_ui.services.workspace import Workspace
from tests.fake_server import fake_server
from tests.services.rooms import PAIRS, over, request, workspace

MINE = GraphId("own/pairs")


def own(opened: Workspace, text: str = PAIRS) -> None:
    path = opened.home / "graphs" / "pairs.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def retitled(opened: Workspace, title: str) -> None:
    spec = graphs.open_graph(opened, MINE).spec
    graphs.keep_draft(opened, MINE, spec.model_copy(update={"title": title}))


def test_a_snapshot_is_listed_with_name_and_hash(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        own(opened)
        versions.keep_snapshot(opened, MINE, "  before the\nrewrite ")
        (listed,) = versions.list_versions(opened, MINE)
        spec = graphs.open_graph(opened, MINE).spec
        assert (listed.name, listed.version) == ("before the rewrite", spec.version)


def test_a_snapshot_keeps_the_text_as_it_was(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        own(opened, f"# by hand\n{PAIRS}")
        kept = versions.keep_snapshot(opened, MINE, "first")
        retitled(opened, "Other")
        assert versions.version_text(opened, kept.key) == f"# by hand\n{PAIRS}"


def test_a_snapshot_neither_begins_nor_ends_a_draft(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        own(opened)
        versions.keep_snapshot(opened, MINE, "of the file")
        assert not graphs.open_graph(opened, MINE).is_draft
        retitled(opened, "Other")
        versions.keep_snapshot(opened, MINE, "of the draft")
        assert graphs.open_graph(opened, MINE).spec.title == "Other"


def test_snapshots_survive_a_restart_and_the_newest_comes_first(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        own(opened)
        for name in ("one", "two"):
            versions.keep_snapshot(opened, MINE, name)
    with workspace(tmp_path) as again:
        assert [one.name for one in versions.list_versions(again, MINE)] == ["two", "one"]


def test_the_version_that_runs_used_is_listed_once_with_how_often(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened, fake_server() as server:
        own(opened)
        for _ in range(2):
            over(opened, opened.runner.start(request(server, records=2)))
        (listed,) = versions.list_versions(opened, MINE)
        assert (listed.source, listed.runs, listed.records) == ("run", 2, 4)


def test_the_graph_that_a_run_used_is_read_as_it_ran(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened, fake_server() as server:
        own(opened)
        run = over(opened, opened.runner.start(request(server, records=1))).run
        retitled(opened, "Other")
        spec = versions.version_spec(opened, f"run.{run.id}")
        assert (spec.title, spec.version) == ("Two answers, one judge", run.graph_version)


def test_each_text_that_was_saved_is_listed_once(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        own(opened)
        for title in ("A", "B", "A"):
            spec = graphs.open_graph(opened, MINE).spec.model_copy(update={"title": title})
            graphs.save_graph(opened, MINE, spec)
        titles = [
            versions.version_spec(opened, one.key).title
            for one in versions.list_versions(opened, MINE)
        ]
        assert titles == ["A", "B"]


@pytest.mark.parametrize("key", ["snapshot.99", "run.none", "snapshot.x", "other.1", ""])
def test_a_version_that_nobody_kept_is_not_found(tmp_path: Path, key: str) -> None:
    with workspace(tmp_path) as opened, pytest.raises(NotFound, match="There is no"):
        versions.version_text(opened, key)


def test_a_version_without_places_stands_where_the_drawing_stands(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        own(opened)
        spec = graphs.open_graph(opened, MINE).spec
        now = spec.model_copy(update={"layout": {"ask": (0, 40), "gone": (9, 9)}})
        assert versions.placed_like(spec, now).layout == {"ask": (0, 40)}
