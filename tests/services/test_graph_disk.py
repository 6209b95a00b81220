"""A graph's file that another hand changes: it is noticed, and no text is ever lost."""

from pathlib import Path

from grasp_ui.model.value import GraphId
from grasp_ui.services import graphs, versions
from grasp_ui.services.graph_disk import BEFORE, BY_HAND, WatchedFile, watched_file
from grasp_ui.services.workspace import Workspace
from tests.services.rooms import workspace

MINE = GraphId("own/mine")
FIRST = "# mine\ngrasp: 1\ntitle: First\n"
OTHER = "# theirs\ngrasp: 1\ntitle: By hand\n"


def write(opened: Workspace, text: str) -> None:
    path = opened.home / "graphs" / "mine.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def draw(opened: Workspace, file: WatchedFile, title: str) -> str:
    file.remember()
    spec = graphs.open_graph(opened, MINE).spec
    return graphs.keep_draft(opened, MINE, spec.model_copy(update={"title": title}))


def kept(opened: Workspace) -> dict[str, str]:
    listed = versions.list_versions(opened, MINE)
    return {one.name: versions.version_text(opened, one.key) for one in listed}


def test_a_file_that_nobody_touched_is_not_changed(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        write(opened, FIRST)
        assert not watched_file(opened, MINE).look()


def test_a_file_written_by_another_hand_is_noticed(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        write(opened, FIRST)
        file = watched_file(opened, MINE)
        write(opened, OTHER)
        assert (file.look(), file.found) == (True, OTHER)


def test_a_file_written_again_as_it_was_is_not_changed(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        write(opened, FIRST)
        file = watched_file(opened, MINE)
        write(opened, FIRST)
        assert not file.look()


def test_a_file_that_is_gone_or_no_text_is_as_it_was(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        write(opened, FIRST)
        file = watched_file(opened, MINE)
        file.path.write_bytes(b"\xff\xfe\x00")
        assert not file.look()
        file.path.unlink()
        assert not file.look()


def test_a_change_made_while_the_program_was_away_is_noticed(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        write(opened, FIRST)
        draw(opened, watched_file(opened, MINE), "Drawn")
    with workspace(tmp_path) as again:
        write(again, OTHER)
        assert watched_file(again, MINE).is_changed


def test_a_draft_of_an_untouched_file_is_no_change(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        write(opened, FIRST)
        draw(opened, watched_file(opened, MINE), "Drawn")
        assert not watched_file(opened, MINE).is_changed


def test_who_takes_the_file_finds_the_drawing_among_the_versions(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        write(opened, FIRST)
        file = watched_file(opened, MINE)
        drawn = draw(opened, file, "Drawn")
        write(opened, OTHER)
        file.look()
        assert file.take().title == "By hand"
        assert graphs.open_graph(opened, MINE).text == OTHER
        assert kept(opened)[BEFORE] == drawn


def test_who_keeps_the_drawing_finds_the_file_among_the_versions(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        write(opened, FIRST)
        file = watched_file(opened, MINE)
        write(opened, OTHER)
        file.look()
        file.keep_mine()
        assert graphs.open_graph(opened, MINE).text == FIRST
        assert kept(opened)[BY_HAND] == OTHER
        assert not file.look()


def test_what_was_chosen_is_not_asked_again_after_a_restart(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        write(opened, FIRST)
        file = watched_file(opened, MINE)
        write(opened, OTHER)
        file.look()
        file.keep_mine()
    with workspace(tmp_path) as again:
        assert not watched_file(again, MINE).is_changed
