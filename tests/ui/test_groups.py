"""Groups beside the canvas: named in a dialog, refused in one, left by the breadcrumb."""

from collections.abc import Sequence

from streamlit.testing.v1 import AppTest

from grasp_ui.model.value import GraphId
from grasp_ui.services import graphs
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.desk import Desk
from tests.ui.conftest import Show, words

TALK = GraphId("own/talk")


def asked(page: AppTest, command: str, *nodes: str) -> AppTest:
    """The page after the canvas asked for something."""
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    desk.on_command({"command": command, "nodes": list(nodes)})
    return page.run()


def grouped(show: Show, title: str = "Two turns") -> AppTest:
    """The page after question and answer became one node."""
    page = asked(show("design", graph=TALK), "group", "ask", "answer")
    page.text_input(key="design.group.title").set_value(title)
    press(page, "Group")
    return page


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if label in button.label).click().run()
    assert not page.exception


def kinds(opened: Workspace) -> Sequence[str]:
    return [node.kind for node in graphs.open_graph(opened, TALK).spec.nodes.values()]


def test_the_dialog_offers_a_name_made_of_what_is_selected(show: Show, opened: Workspace) -> None:
    page = asked(show("design", graph=TALK), "group", "ask", "answer")
    assert page.text_input(key="design.group.title").value == "Ask to answer"
    assert "2 nodes: ask, answer" in words(page)


def test_a_named_group_is_drawn_and_taken_apart_again(show: Show, opened: Workspace) -> None:
    page = grouped(show)
    assert kinds(opened) == ["subgraph"]
    asked(page, "ungroup", "two_turns")
    assert kinds(opened) == ["turn", "turn"]


def test_an_empty_name_makes_a_group_called_group(show: Show, opened: Workspace) -> None:
    grouped(show, "  ")
    assert list(graphs.open_graph(opened, TALK).spec.nodes) == ["group"]


def test_what_cannot_be_grouped_is_told_and_left_alone(show: Show, opened: Workspace) -> None:
    page = asked(show("design", graph=TALK), "group", "ask")
    assert "A group has at least two nodes" in words(page)
    assert kinds(opened) == ["turn", "turn"]


def test_what_cannot_be_taken_apart_is_told_and_left_alone(show: Show, opened: Workspace) -> None:
    page = asked(show("design", graph=TALK), "ungroup", "ask")
    assert "'ask' is no subgraph" in words(page)
    assert kinds(opened) == ["turn", "turn"]


def test_inside_the_breadcrumb_leads_back_and_the_users_are_counted(
    show: Show, opened: Workspace
) -> None:
    page = asked(grouped(show), "open", "two_turns")
    assert page.query_params["graph"] == "own/two_turns"
    assert "used by 1 graph" in words(page)
    press(page, "Small talk")
    assert page.query_params["graph"] == TALK
    assert "within" not in page.query_params
