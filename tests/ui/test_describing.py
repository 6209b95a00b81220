"""The dialog that drafts a graph: asked, shown, accepted, rejected, taken back."""

import pytest
from streamlit.testing.v1 import AppTest

from grasp_ui.model.value import GraphId
from grasp_ui.services import graphs
from grasp_ui.services.settings import Settings
from grasp_ui.services.workspace import Workspace
from tests.fake_server import FakeServer
from tests.services.drafts import draft_text
from tests.ui.conftest import Show, words

TALK = GraphId("own/talk")
KEY = f"describe.{TALK}"


def test_a_draft_is_shown_with_what_it_cost(
    show: Show, opened: Workspace, server: FakeServer
) -> None:
    page = drafted(show, server, draft_text(model="far"))
    assert "ready to run" in words(page)
    assert "one round" in words(page)
    assert "price not known" in words(page)


def test_accepting_puts_the_draft_on_the_canvas(
    show: Show, opened: Workspace, server: FakeServer
) -> None:
    page = drafted(show, server, draft_text(model="far"))
    page.button(key=f"{KEY}.accept").click().run()
    assert not page.exception
    assert graphs.open_graph(opened, TALK).spec.title == "Tea"


def test_an_accepted_draft_is_taken_back_whole(
    show: Show, opened: Workspace, server: FakeServer
) -> None:
    before = graphs.open_graph(opened, TALK).spec
    page = drafted(show, server, draft_text(model="far"))
    page.button(key=f"{KEY}.accept").click().run()
    page.button(key="describe.back").click().run()
    assert graphs.open_graph(opened, TALK).spec == before


def test_rejecting_changes_nothing_and_keeps_the_sentence(
    show: Show, opened: Workspace, server: FakeServer
) -> None:
    page = drafted(show, server, draft_text(model="far"))
    page.button(key=f"{KEY}.reject").click().run()
    assert page.text_area(key=f"{KEY}.sentence").value == "Talk about tea."
    assert not graphs.open_graph(opened, TALK).is_draft


def test_a_draft_that_never_got_right_is_shown_with_its_problems(
    show: Show, opened: Workspace, server: FakeServer
) -> None:
    page = drafted(show, server, draft_text(model="far", speaker="trun"))
    assert "no node kind named 'trun'" in words(page)
    assert "3 rounds" in words(page)
    assert page.button(key=f"{KEY}.accept").label == "Accept"


def test_where_no_graph_came_the_answers_can_be_read(
    show: Show, opened: Workspace, server: FakeServer
) -> None:
    page = drafted(show, server, "I would rather not.")
    assert "No graph came of it" in words(page)
    assert [block.value for block in page.code] == ["I would rather not."] * 3


def test_a_failed_call_is_said_and_the_sentence_stays(
    show: Show, opened: Workspace, server: FakeServer
) -> None:
    server.draw = lambda body: "401"
    page = drafted(show, server, "")
    assert "There is no draft" in words(page)
    assert page.text_area(key=f"{KEY}.sentence").value == "Talk about tea."


def test_the_built_in_model_is_not_offered_and_the_dialog_says_why(
    show: Show, opened: Workspace
) -> None:
    page = show("design", graph=TALK)
    page.button(key=f"{KEY}.button").click().run()
    assert [one.partition(" ")[0] for one in page.selectbox(key=f"{KEY}.model").options] == ["far"]
    assert "too small" in words(page)


def test_without_another_model_the_dialog_leads_to_settings(show: Show, opened: Workspace) -> None:
    opened.change_settings(Settings())
    page = show("design", graph=TALK)
    page.button(key=f"{KEY}.button").click().run()
    assert page.button(key=f"{KEY}.settings").label == "Open Settings"


@pytest.mark.parametrize("title", ["Tea", ""])
def test_home_makes_a_new_graph_of_a_draft(
    show: Show, opened: Workspace, server: FakeServer, title: str
) -> None:
    server.say = lambda body: draft_text(model="far", title=title)
    page = asked(show("home"), "describe.new")
    page.button(key="describe.new.accept").click().run()
    made = GraphId(page.query_params["graph"])
    assert list(graphs.open_graph(opened, made).spec.nodes) == ["ask", "answer"]


def drafted(show: Show, server: FakeServer, answer: str) -> AppTest:
    """The Design page after a model was asked for a draft, and answered."""
    server.say = lambda body: answer
    return asked(show("design", graph=TALK), KEY)


def asked(page: AppTest, key: str) -> AppTest:
    """The page with the dialog open and its sentence sent."""
    page.button(key=f"{key}.button").click().run()
    page.text_area(key=f"{key}.sentence").set_value("Talk about tea.")
    next(button for button in page.button if button.label == "Draft").click().run()
    assert not page.exception
    return page
