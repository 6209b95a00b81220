"""Last run: what the selected node did, on the Design page."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from grasp_ui.llm.port import CallFailure
from grasp_ui.model.value import GraphId, RunId
from grasp_ui.services import graphs, pins
from grasp_ui.services.advice import ADVICE
from grasp_ui.services.workspace import Workspace
from grasp_ui.text.word_diff import word_diff
from grasp_ui.ui.desk import Desk, pins_on, sample_of
from grasp_ui.ui.word_marks import marked
from tests.fake_server import FakeServer
from tests.services.rooms import over, request
from tests.ui.conftest import GRAPH, Show, words

TALK = GraphId("own/talk")
OUR_TAGS = re.compile(r"</?(?:div|ins|del)[^<>]*>")
HOSTILE = "<img src=x onerror=alert(1)> ![x](http://evil.example/x.png)"
Ran = Callable[[str], RunId]


@pytest.fixture
def sampled(opened: Workspace, server: FakeServer) -> Ran:
    """Runs a text of a graph, two records, and gives the run."""

    def run(text: str) -> RunId:
        wish = replace(request(server, 2, text), graph_id=TALK)
        return over(opened, opened.runner.start(wish)).run.id

    return run


def test_the_prompt_as_sent_and_the_reply_are_shown_whole(show: Show, sampled: Ran) -> None:
    page = traced(show, sampled(GRAPH), "ask")
    assert "Ask about tea." in codes(page)
    assert "reply, as it came" in words(page)


def test_a_failed_node_says_why_and_what_to_do(show: Show, sampled: Ran) -> None:
    page = traced(show, sampled(GRAPH.replace("Ask about", "[always 400] Ask about")), "ask")
    assert "[always 400] Ask about tea." in codes(page)
    assert any("max_tokens is too large" in text for text in codes(page))
    assert ADVICE["bad_request"] in words(page)


def test_hostile_text_is_never_drawn_as_markdown(show: Show, sampled: Ran) -> None:
    page = traced(show, sampled(GRAPH.replace("Ask about {topic}.", HOSTILE)), "ask")
    assert HOSTILE in codes(page)
    assert "onerror" not in words(page)


def test_without_a_run_it_says_what_to_do(show: Show, opened: Workspace) -> None:
    page = show("design", graph=TALK)
    page.button_group(key="design.side").set_value("Last run").run()
    assert "Nothing is watched yet" in words(page)


def test_another_record_is_chosen_and_stays_for_the_next_node(show: Show, sampled: Ran) -> None:
    page = traced(show, run_id := sampled(GRAPH), "ask")
    page.selectbox(key=f"trace.{run_id}.ask.record").select_index(1).run()
    select(page, "answer")
    chosen = page.selectbox(key=f"trace.{run_id}.answer.record")
    assert chosen.index == 1


def test_stepping_leads_to_the_next_node_of_the_record(show: Show, sampled: Ran) -> None:
    page = traced(show, sampled(GRAPH), "ask")
    page.button(key="trace.arrow_forward").click().run()
    assert "Step 2 of 2: answer" in words(page)


def test_a_pinned_output_is_told_and_taken_out(show: Show, opened: Workspace, sampled: Ran) -> None:
    page = traced(show, sampled(GRAPH), "ask")
    page.button(key="trace.pin.all").click().run()
    assert [pin.node for pin in pins.pins_of_graph(opened, TALK)] == ["ask"]
    page.button(key="trace.unpin").click().run()
    assert pins.pins_of_graph(opened, TALK) == ()


def test_a_pin_follows_its_node_through_a_rename_and_the_undo_of_it_on_the_canvas(
    show: Show, opened: Workspace, sampled: Ran
) -> None:
    page = traced(show, sampled(GRAPH), "ask")
    page.button(key="trace.pin.all").click().run()
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    ask = {"kind": "turn", "fields": desk.spec.nodes["ask"].fields}
    desk.rename("ask", "question")
    assert [pin.node for pin in pins_on(desk)] == ["question"]
    undo = {"nodes": {"question": None, "ask": ask}, "renamed": [["question", "ask"]]}
    desk.on_edit({"revision": 1, "server_revision": 1, **undo})
    assert [pin.node for pin in pins_on(desk)] == ["ask"]


def test_a_file_of_pins_that_cannot_be_read_stops_no_page_and_says_what_to_do(
    show: Show, opened: Workspace, sampled: Ran
) -> None:
    (opened.home / pins.FILE).write_text("{", encoding="utf-8")
    page = traced(show, sampled(GRAPH), "ask")
    assert "Mend the file, or pin anew" in words(page)
    page.button(key="trace.pin.all").click().run()
    assert "Mend the file" not in words(page)
    assert [pin.node for pin in pins.pins_of_graph(opened, TALK)] == ["ask"]


def test_a_sample_of_the_drawing_uses_its_pins(
    show: Show, opened: Workspace, server: FakeServer, sampled: Ran
) -> None:
    graphs.keep_draft(opened, TALK, graphs.open_graph(opened, TALK).spec.model_copy(
        update={"models": {"writer": {"model": "far"}}}))  # fmt: skip
    page = traced(show, sampled(GRAPH), "ask")
    page.button(key="trace.pin.all").click().run()
    server.asked.clear()
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    over(opened, opened.runner.start(sample_of(desk, 3)))
    assert len(server.asked) == 3


@given(st.text(alphabet="<>&\"'ab /=!", max_size=40), st.text(alphabet="<>&ab ", max_size=40))
def test_marked_texts_are_only_text(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    gone = [piece for piece in pieces if piece[0] != "added"]
    come = [piece for piece in pieces if piece[0] != "removed"]
    for drawn, text in ((marked(gone), old), (marked(come), new)):
        assert unescape(OUR_TAGS.sub("", drawn)) == text
        assert "<" not in OUR_TAGS.sub("", drawn)


def test_every_failure_of_a_call_has_its_advice() -> None:
    codes_of_calls = {kind.code for kind in CallFailure.__subclasses__()}
    assert codes_of_calls <= set(ADVICE)


def traced(show: Show, run_id: RunId, node: str) -> AppTest:
    """The Design page with the last run of a node beside the canvas."""
    page = show("design", graph=TALK, run=run_id)
    page.button_group(key="design.side").set_value("Last run").run()
    return select(page, node)


def select(page: AppTest, node: str) -> AppTest:
    """Click a node."""
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    desk.selection = {"nodes": [node]}
    page.run()
    assert not page.exception
    return page


def codes(page: AppTest) -> list[str]:
    """All texts that are shown exactly as they are."""
    return [str(element.value) for element in page.code]
