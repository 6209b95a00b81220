"""Where the records of a run are, and were when."""

from grasp_ui.model.event import ArrowsTaken, CallReplayed, NodeEnded, NodeStarted
from grasp_ui.model.span import SHOWN_RECORDS, Span
from grasp_ui.model.value import RecordId
from grasp_ui.services.timeline import Timeline

RECORD = RecordId("r")


def ended(state: str = "done", *, node: str = "ask", record: int = 0) -> NodeEnded:
    return NodeEnded(RECORD, record, node, 0, state, {}, 100.0, 2.0)  # type: ignore[arg-type]  # one of three words


def known(node: str = "ask") -> CallReplayed:
    return CallReplayed(
        RECORD, 0, node, 0, 0, "k", "m", b"{}", "hi", None, "stop", "pin", None, 0.0
    )


def test_a_visit_grows_while_it_goes_on_and_is_measured_at_its_end() -> None:
    line = Timeline()
    line.began(NodeStarted(0, "ask", 0), 100.0)
    assert line.spans(101.5) == (Span(0, "ask", 0, 100.0, 1.5, "running"),)
    line.ended(ended())
    assert line.spans(105.0) == (Span(0, "ask", 0, 100.0, 2.0, "done"),)


def test_a_visit_of_which_every_answer_was_known_is_cached() -> None:
    line = Timeline()
    line.answered(known("ask/inside"))
    line.ended(ended())
    assert [span.state for span in line.spans(0)] == ["cached"]


def test_skipped_nodes_and_later_records_leave_no_bar() -> None:
    line = Timeline()
    line.ended(ended("skipped"))
    line.began(NodeStarted(SHOWN_RECORDS, "ask", 0), 100.0)
    line.ended(ended(record=SHOWN_RECORDS))
    assert line.spans(101.0) == ()


def test_what_goes_on_inside_of_a_node_is_part_of_its_bar() -> None:
    line = Timeline()
    line.began(NodeStarted(0, "part/ask", 0), 100.0)
    line.ended(ended(node="part/ask"))
    assert line.spans(101.0) == ()


def test_a_run_that_is_over_has_no_visit_that_goes_on() -> None:
    line = Timeline()
    line.began(NodeStarted(0, "ask", 0), 100.0)
    line.stop()
    assert line.spans(200.0) == ()


def test_rounds_are_those_of_the_record_with_the_most() -> None:
    line = Timeline()
    for record in (0, 0, 1):
        line.took(ArrowsTaken(record, "critique", ("critique -> answer",)))
    assert line.rounds() == {"critique -> answer": 2}
