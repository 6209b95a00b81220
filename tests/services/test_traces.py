"""What a node did, read from the log of a real run at a fake endpoint."""

from pathlib import Path

import pytest

from grasp_ui.errors import NotFound
from grasp_ui.model.value import RunId
from grasp_ui.services import traces
from grasp_ui.services.traces import NodeTrace, VisitTrace
from grasp_ui.services.workspace import Workspace
from tests.fake_server import fake_server
from tests.services.rooms import PAIRS, ran, request, until, workspace

WRITING = """\
grasp: 1
title: Asked, then sorted
models: {writer: {model: fake, max_tokens: 40}}
seeds: {kind: inline, rows: [{topic: rain}]}
nodes:
  think: {kind: generate, model: writer, prompt: "Think of {topic}.", writes: thought}
  sort: {kind: router}
  ask: {kind: turn, role: user, model: writer, prompt: "Say: {thought}"}
  other: {kind: turn, role: user, model: writer, prompt: "Say no."}
edges:
  - think -> sort
  - {from: sort, to: other, when: "topic == 'snow'"}
  - sort -> ask
"""


def traced(opened: Workspace, run_id: RunId, node: str, index: int = 0) -> NodeTrace:
    """What record `index` did at a node."""
    sample = traces.samples_at(opened, run_id, node, index=index)[0]
    return traces.node_trace(opened, run_id, node, sample.record_id)


def visited(folder: Path, node: str, text: str = PAIRS) -> VisitTrace:
    """The one visit of the first record to a node."""
    with fake_server() as server, workspace(folder) as opened:
        (visit,) = traced(opened, ran(opened, server, 2, text).run.id, node).visits
        return visit


def test_a_visit_has_what_it_read_and_the_prompt_as_sent(tmp_path: Path) -> None:
    visit = visited(tmp_path, "ask")
    (call,) = visit.calls
    assert visit.read == {"topic": "rain", "record": 0}
    assert call.messages[-1] == ("user", "Ask about rain, number 0.")
    assert (call.settings["max_tokens"], call.source, call.attempts) == (40, "asked", 1)
    assert call.reply
    assert call.prompt_tokens > 0
    assert call.completion_tokens > 0


def test_every_candidate_of_a_panel_is_a_call(tmp_path: Path) -> None:
    calls = visited(tmp_path, "answers").calls
    assert [(call.candidate, call.model) for call in calls] == [(0, "fake"), (1, "fake-two")]


def test_what_a_node_wrote_is_what_the_next_one_read(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        run_id = ran(opened, server, 1, WRITING).run.id
        wrote = traced(opened, run_id, "think").visits[0].written
        assert set(wrote) == {"thought"}
        assert traced(opened, run_id, "ask").visits[0].read == wrote


def test_the_arrows_that_were_taken_are_told(tmp_path: Path) -> None:
    visit = visited(tmp_path, "sort", WRITING)
    assert visit.taken == ("sort -> ask",)


def test_a_node_that_was_skipped_says_so(tmp_path: Path) -> None:
    visit = visited(tmp_path, "other", WRITING)
    assert (visit.state, visit.calls) == ("skipped", ())


def test_a_failed_node_has_its_request_and_the_reason_of_each_attempt(tmp_path: Path) -> None:
    broken = PAIRS.replace("Ask about", "[always 500] Ask about")
    visit = visited(tmp_path, "ask", broken)
    (call,) = visit.calls
    assert (visit.state, visit.error_code, call.source) == ("failed", "server_fault", "none")
    assert [one.number for one in call.failures] == [1, 2, 3, 4]
    assert visit.read == {"topic": "rain", "record": 0}
    assert "[always 500]" in call.messages[-1][1]


def test_an_attempt_that_failed_stands_beside_the_reply_that_came_then(tmp_path: Path) -> None:
    (call,) = visited(tmp_path, "ask", PAIRS.replace("Ask about", "[once empty] Ask about")).calls
    assert [one.error_code for one in call.failures] == ["empty_reply"]
    assert (call.source, call.attempts) == ("asked", 2)


def test_failed_records_come_first_and_the_newest_of_them_leads(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        server.draw = lambda body: "400" if "number 2" in str(body) else ""
        run_id = ran(opened, server, 4).run.id
        samples = traces.samples_at(opened, run_id, "ask")
        assert [(s.record_index, s.state) for s in samples] == [
            (2, "failed"), (0, "done"), (1, "done"), (3, "done"),
        ]  # fmt: skip


def test_a_run_that_goes_on_shows_what_has_happened_so_far(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        server.draw = lambda body: "hang" if len(body["messages"]) > 1 else ""
        run_id = opened.runner.start(request(server, 1))
        until(lambda: bool(traces.samples_at(opened, run_id, "ask")))
        assert traced(opened, run_id, "ask").visits[0].calls[0].reply
        opened.runner.stop(run_id)


def test_a_stored_run_shows_the_same_after_a_restart(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        run_id = ran(opened, server, 1).run.id
        before = traced(opened, run_id, "grade")
    with workspace(tmp_path) as opened:
        assert traced(opened, run_id, "grade") == before


def test_a_record_is_walked_in_the_order_of_its_visits(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        run_id = ran(opened, server, 1, WRITING).run.id
        record = traces.samples_at(opened, run_id, "ask")[0].record_id
        steps = traces.steps_of(opened, run_id, record)
        assert steps == [("think", 0), ("sort", 0), ("ask", 0)]


def test_a_record_that_was_not_there_is_not_found(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        run = ran(opened, server, 1)
        record = traces.samples_at(opened, run.run.id, "ask")[0].record_id
        with pytest.raises(NotFound, match="nothing of this record at node 'nowhere'"):
            traces.node_trace(opened, run.run.id, "nowhere", record)
