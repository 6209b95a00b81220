"""Versions beside the canvas, and a file that another hand changed."""

from streamlit.testing.v1 import AppTest

from grasp_ui.model.value import GraphId
from grasp_ui.services import graphs, versions
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.desk import Desk
from tests.ui.conftest import GRAPH, Show, words

TALK = GraphId("own/talk")


def keep(opened: Workspace, name: str) -> str:
    return versions.keep_snapshot(opened, TALK, name).key


def draw(opened: Workspace, title: str) -> None:
    spec = graphs.open_graph(opened, TALK).spec
    graphs.keep_draft(opened, TALK, spec.model_copy(update={"title": title, "edges": ()}))


def listing(show: Show, **address: str) -> AppTest:
    page = show("design", graph=str(TALK), **address)
    page.button_group(key="design.side").set_value("Versions").run()
    assert not page.exception
    return page


def change_file(opened: Workspace) -> None:
    path = opened.home / "graphs" / "talk.yaml"
    path.write_text(GRAPH.replace("Small talk", "By hand"), encoding="utf-8")


def test_a_snapshot_is_kept_and_listed(show: Show, opened: Workspace) -> None:
    page = listing(show)
    page.text_input(key="design.snapshot.name").set_value("First try")
    next(one for one in page.button if one.label == "Keep a snapshot").click().run()
    assert "First try" in [button.label for button in page.button]


def test_a_version_is_shown_against_what_is_drawn(show: Show, opened: Workspace) -> None:
    key = keep(opened, "Good one")
    draw(opened, "Other")
    page = listing(show, version=key)
    assert "removed] Arrow **ask -\\> answer**" in words(page)


def test_restoring_brings_the_version_back_as_an_edit(show: Show, opened: Workspace) -> None:
    key = keep(opened, "Good one")
    draw(opened, "Other")
    page = listing(show, version=key)
    page.button(key="design.version.restore").click().run()
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    assert (desk.spec.title, desk.editing.server_revision) == ("Small talk", 1)


def test_what_the_canvas_cannot_undo_is_kept_before_restoring(
    show: Show, opened: Workspace
) -> None:
    key = keep(opened, "Good one")
    draw(opened, "Other")
    listing(show, version=key).button(key="design.version.restore").click().run()
    kept = {one.name: one.key for one in versions.list_versions(opened, TALK)}
    before = versions.version_spec(opened, kept["Before going back to Good one"])
    assert before.title == "Other"


def test_a_version_that_is_not_there_is_said(show: Show, opened: Workspace) -> None:
    assert "There is no graph kept under number 99" in words(listing(show, version="snapshot.99"))


def test_a_file_changed_elsewhere_is_offered_and_taken(show: Show, opened: Workspace) -> None:
    page = show("design", graph=str(TALK))
    change_file(opened)
    page.run()
    page.button(key="design.file.take").click().run()
    assert graphs.open_graph(opened, TALK).spec.title == "By hand"
    assert "changed elsewhere" not in words(page)


def test_a_file_changed_elsewhere_is_not_saved_over(show: Show, opened: Workspace) -> None:
    page = show("design", graph=str(TALK))
    change_file(opened)
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    desk.save()
    assert "By hand" in (opened.home / "graphs" / "talk.yaml").read_text(encoding="utf-8")


def test_who_keeps_the_drawing_may_save_it(show: Show, opened: Workspace) -> None:
    page = show("design", graph=str(TALK))
    change_file(opened)
    page.run()
    page.button(key="design.file.mine").click().run()
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    assert not desk.is_saved
    desk.save()
    assert "Small talk" in (opened.home / "graphs" / "talk.yaml").read_text(encoding="utf-8")
