"""Pinned outputs stay with a drawing, and what follows uses them."""

from dataclasses import replace
from pathlib import Path

import pytest

from grasp_ui.errors import NotFound
from grasp_ui.model.run import Recall
from grasp_ui.model.value import GraphId
from grasp_ui.services import pins, runs, traces
from grasp_ui.services.traces import NodeTrace
from grasp_ui.services.workspace import Workspace
from tests.fake_server import FakeServer, fake_server
from tests.services.rooms import over, ran, request, texts_of, workspace

PAIRS = GraphId("own/pairs")


def pinned(opened: Workspace, server: FakeServer, node: str, *, everywhere: bool) -> NodeTrace:
    """What the second record did at a node, pinned."""
    run_id = ran(opened, server, 3).run.id
    record = traces.samples_at(opened, run_id, node, index=1)[0].record_id
    trace = traces.node_trace(opened, run_id, node, record)
    pins.pin_output(opened, PAIRS, trace, everywhere=everywhere)
    server.asked.clear()
    return trace


def test_a_pinned_output_is_what_the_next_nodes_read_and_is_not_asked(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        trace = pinned(opened, server, "ask", everywhere=True)
        recall = Recall(pins=pins.pins_of_graph(opened, PAIRS))
        view = over(opened, opened.runner.start(replace(request(server, 3), recall=recall)))
        said = trace.visits[0].calls[0].reply
        assert {texts[0] for _, texts in texts_of(opened, view.run.id)} == {said}
        assert len(server.asked) == 4 * 3


def test_a_pin_of_one_record_leaves_the_others_alone(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        pinned(opened, server, "answers", everywhere=False)
        found = pins.pins_of_graph(opened, PAIRS)
        assert [(pin.record_index, pin.candidate) for pin in found] == [(1, 0), (1, 1)]


def test_running_from_a_node_uses_pins_behind_it(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        trace = pinned(opened, server, "answers", everywhere=True)
        some = pins.pins_of_graph(opened, PAIRS)
        view = over(opened, runs.run_from(opened, trace.run_id, "ask", pins=some))
        assert (view.run.done, len(server.asked)) == (3, 3 + 2 * 3)


def test_pins_outlive_the_program_until_they_are_taken_out(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        pinned(opened, server, "ask", everywhere=True)
    with workspace(tmp_path) as opened:
        assert len(pins.pins_of_graph(opened, PAIRS)) == 1
        pins.unpin(opened, PAIRS, "ask")
        assert pins.pins_of_graph(opened, PAIRS) == ()


def test_a_pin_follows_a_renamed_node(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        pinned(opened, server, "ask", everywhere=True)
        pins.rename_pins(opened, PAIRS, "ask", "question")
        assert [pin.node for pin in pins.pins_of_graph(opened, PAIRS)] == ["question"]


def test_a_node_without_a_reply_cannot_be_pinned(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        trace = pinned(opened, server, "ask", everywhere=True)
        silent = replace(trace, visits=())
        with pytest.raises(NotFound, match="nothing can be pinned"):
            pins.pin_output(opened, PAIRS, silent, everywhere=True)


def test_a_file_of_pins_that_cannot_be_read_pins_nothing_and_says_what_to_do(
    tmp_path: Path,
) -> None:
    (tmp_path / pins.FILE).write_text('{"own/pairs": 3}', encoding="utf-8")
    with workspace(tmp_path) as opened:
        assert pins.pins_of_graph(opened, PAIRS) == ()
        fault = pins.pins_fault(opened)
    assert "own/pairs: Input should be" in fault
    assert "Mend the file, or pin anew" in fault


def test_no_rename_or_unpin_touches_a_file_of_pins_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / pins.FILE).write_text("{", encoding="utf-8")
    with workspace(tmp_path) as opened:
        pins.rename_pins(opened, PAIRS, "ask", "question")
        pins.unpin(opened, PAIRS, "ask")
    assert (tmp_path / pins.FILE).read_text(encoding="utf-8") == "{"


def test_a_new_pin_keeps_the_file_aside_that_cannot_be_read(tmp_path: Path) -> None:
    for words in ("{", "mine"):
        (tmp_path / pins.FILE).write_text(words, encoding="utf-8")
        with fake_server() as server, workspace(tmp_path) as opened:
            pinned(opened, server, "ask", everywhere=True)
            assert len(pins.pins_of_graph(opened, PAIRS)) == 1
            assert pins.pins_fault(opened) == ""
    kept = [tmp_path / f"{pins.FILE}.unreadable-{number}" for number in (1, 2)]
    assert [path.read_text(encoding="utf-8") for path in kept] == ["{", "mine"]
