"""Versions beside the canvas, and a file that another hand changed."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from grasp_ui.model.graph import EdgeSpec, NodeSpec
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


def two_kept(opened: Workspace) -> tuple[str, str]:
    """The graph as it was, and as it became; what is drawn now is like neither."""
    first = keep(opened, "Good one")
    spec = graphs.open_graph(opened, TALK).spec
    ask = spec.nodes["ask"].model_copy(update={"fields": {"role": "user", "model": "writer"}})
    more = {"ask": ask, "more": NodeSpec(kind="router")}
    edges = (EdgeSpec(source="ask", target="more"),)
    graphs.keep_draft(opened, TALK, spec.model_copy(update={"nodes": more, "edges": edges}))
    second = keep(opened, "Other one")
    graphs.keep_draft(opened, TALK, spec.model_copy(update={"nodes": {"lone": ask}, "edges": ()}))
    return first, second


def on_canvas(page: AppTest) -> dict[str, Any]:
    """What the canvas was given to show."""
    given = (json.loads(element.proto.json) for element in page.get("bidi_component"))
    return next(one for one in given if "document" in one)


def test_two_kept_versions_are_compared_in_place_of_the_drawing(
    show: Show, opened: Workspace
) -> None:
    first, second = two_kept(opened)
    page = listing(show, version=first)
    page.selectbox(key=f"design.version.against.{first}.").set_value(second).run()
    shown = on_canvas(page)
    assert (list(shown["document"]["nodes"]), shown["marks"]) == (["lone"], None)
    pair = shown["compared"]
    assert (pair["words"], list(pair["document"]["nodes"])) == (
        "Good one → Other one",
        ["ask", "more"],
    )
    assert pair["marks"]["nodes"] == {"ask": "changed", "answer": "removed", "more": "added"}
    assert pair["marks"]["edges"] == {"ask -> answer": "removed", "ask -> more": "added"}
    assert "removed] Node **answer**" in words(page)


def test_a_comparison_of_two_is_turned_round_and_left(show: Show, opened: Workspace) -> None:
    first, second = two_kept(opened)
    page = listing(show, version=first, against=second)
    assert not [button for button in page.button if button.label == "Restore"]
    page.button(key="design.version.turn").click().run()
    marks = on_canvas(page)["compared"]["marks"]["nodes"]
    assert marks == {"ask": "changed", "answer": "added", "more": "removed"}
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    desk.on_command({"command": "drawing"})
    assert on_canvas(page.run())["compared"] is None
    assert page.query_params.keys() & {"version", "against"} == set()


def test_a_version_against_itself_is_shown_against_what_is_drawn(
    show: Show, opened: Workspace
) -> None:
    first, _ = two_kept(opened)
    page = listing(show, version=first, against=first)
    assert (on_canvas(page)["compared"], bool(on_canvas(page)["marks"])) == (None, True)


def test_the_other_of_two_that_is_not_there_is_said(show: Show, opened: Workspace) -> None:
    first, _ = two_kept(opened)
    page = listing(show, version=first, against="snapshot.99")
    assert "There is no graph kept under number 99" in words(page)
    assert on_canvas(page)["compared"] is None


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
