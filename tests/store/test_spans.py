"""When records were at which node, read from the log."""

from grasp_ui.model.event import NodeEnded, RunEvent
from grasp_ui.model.span import SHOWN_RECORDS, Span
from grasp_ui.model.value import RecordId
from grasp_ui.store import runs
from grasp_ui.store.database import Database
from grasp_ui.store.spans import spans_of
from tests.store import samples


def ended(record: int, node: str, started: float, seconds: float) -> NodeEnded:
    return NodeEnded(RecordId(f"{record}"), record, node, 0, "done", {}, started, seconds)


def kept(store: Database, *events: RunEvent) -> list[Span]:
    runs.begin_run(store, samples.run())
    for event in events:
        runs.keep_event(store, samples.RUN, event)
    store.settle()
    return spans_of(store, samples.RUN)


def test_visits_come_in_the_order_of_their_ends(memory: Database) -> None:
    found = kept(memory, ended(1, "ask", 20.0, 1.0), ended(0, "ask", 10.5, 2.0))
    assert found == [Span(1, "ask", 0, 20.0, 1.0, "done"), Span(0, "ask", 0, 10.5, 2.0, "done")]


def test_a_visit_that_was_replayed_is_there_once_as_it_ended_last(memory: Database) -> None:
    found = kept(memory, ended(0, "ask", 1.0, 1.0), ended(0, "ask", 5.0, 0.5))
    assert found == [Span(0, "ask", 0, 5.0, 0.5, "done")]


def test_inner_skipped_and_later_visits_are_left_out(memory: Database) -> None:
    skipped = ended(0, "other", 1.0, 0.0)._replace(state="skipped")
    inner, late = ended(0, "part/ask", 1.0, 1.0), ended(SHOWN_RECORDS, "ask", 1.0, 1.0)
    assert kept(memory, skipped, inner, late) == []
