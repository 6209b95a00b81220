"""Runs and their events."""

from pathlib import Path

import pytest

from grasp_ui.errors import NotFound
from grasp_ui.model.event import NodeEnded, RunEvent
from grasp_ui.model.selection import Selection
from grasp_ui.model.value import RecordId, RunId
from grasp_ui.store import ends, runs
from grasp_ui.store.conversations import count
from grasp_ui.store.database import Database, open_database
from tests.store import samples


@pytest.fixture
def store(memory: Database) -> Database:
    """A run with two calls, a node that ended, a finished record and three that failed."""
    runs.begin_run(memory, samples.run())
    node = NodeEnded(RecordId("record 0"), 0, "ask", 0, "done", {"wrote": "yes"}, 0.0, 0.5)
    failures = [samples.failed(1), samples.failed(2), samples.failed(3, error_code="empty_reply")]
    left = samples.result("c", tags=[samples.tag("c")])
    events: list[RunEvent] = [
        samples.call(0),
        samples.call(1),
        node,
        samples.ended(0, left=left),
        *failures,
    ]
    for event in events:
        runs.keep_event(memory, samples.RUN, event, extra_tags=[samples.tag("c", "extra")])
    memory.settle()
    return memory


def test_a_run_that_goes_on_is_counted(store: Database) -> None:
    run = runs.find_run(store, samples.RUN)
    assert (run.state, run.done, run.failed, run.calls) == ("running", 1, 3, 2)
    assert (run.prompt_tokens, run.completion_tokens, run.cost_usd) == (6, 4, 1.0)


def test_forks_are_counted_beside_the_records_asked_for(store: Database) -> None:
    fork = samples.ended(0)._replace(record_id=RecordId("record 0/1"))
    runs.keep_event(store, samples.RUN, fork)
    run = runs.find_run(store, samples.RUN)
    assert (run.done, run.forks, run.records_ended) == (2, 1, 4)
    runs.end_run(store, samples.RUN, "done", ended=samples.NOON)
    assert runs.find_run(store, samples.RUN).forks == 1


def test_a_run_that_ended_keeps_its_counts(store: Database) -> None:
    runs.end_run(store, samples.RUN, "stopped", reason="By hand.", ended=samples.NOON)
    run = runs.find_run(store, samples.RUN)
    assert (run.state, run.reason, run.ended, run.calls) == ("stopped", "By hand.", samples.NOON, 2)


def test_an_unknown_run_is_not_found(store: Database) -> None:
    with pytest.raises(NotFound, match="no run 'x'"):
        runs.find_run(store, RunId("x"))


def test_recent_runs_come_newest_first(store: Database) -> None:
    later = samples.run("later").model_copy(update={"started": samples.NOON.replace(year=2027)})
    runs.begin_run(store, later)
    assert [run.id for run in runs.recent_runs(store, 5)] == ["later", samples.RUN]
    assert [run.id for run in runs.recent_runs(store, 1)] == ["later"]


def test_a_finished_record_brings_its_conversation_and_all_tags(store: Database) -> None:
    assert count(store, Selection(run_id=samples.RUN, tag="extra")) == 1
    assert count(store, Selection(run_id=samples.RUN, tag="short")) == 1


def test_failures_are_counted_by_reason(store: Database) -> None:
    assert ends.failures_of(store, samples.RUN) == [
        ends.Failure("timed_out", "ask", 2, "No answer for record 1."),
        ends.Failure("empty_reply", "ask", 1, "No answer for record 3."),
    ]
    assert ends.failed_records(store, samples.RUN) == 3


def test_events_are_found_by_node_record_and_kind(store: Database) -> None:
    [node] = runs.events_of(store, samples.RUN, node="ask", kind="node_ended")
    assert node["detail"] == {"wrote": "yes"}
    assert len(runs.events_of(store, samples.RUN, record_index=0)) == 3
    assert len(runs.events_of(store, RunId("x"))) == 0


def test_of_many_events_the_newest_are_given_in_order(store: Database) -> None:
    found = runs.events_of(store, samples.RUN, limit=2)
    assert [event["record_index"] for event in found] == [2, 3]


def test_node_totals_say_what_each_node_did(store: Database) -> None:
    assert runs.node_totals(store, samples.RUN) == {
        "ask": {
            "done": 1,
            "failed": 0,
            "skipped": 0,
            "calls": 2,
            "replayed": 0,
            "tokens": 10,
            "cost_usd": 1.0,
            "seconds": 0.5,
            "text": "yes",
        }
    }


def test_verdicts_are_counted_for_a_run(store: Database) -> None:
    rejected = samples.result("d", tags=[samples.tag("d", action="reject")])
    runs.keep_event(store, samples.RUN, samples.ended(4, left=rejected))
    store.settle()
    assert runs.verdict_counts(store, samples.RUN) == (1, 1)


def test_a_run_that_nobody_ended_is_interrupted_when_opened_again(path: Path) -> None:
    database = open_database(path)
    runs.begin_run(database, samples.run())
    runs.keep_event(database, samples.RUN, samples.call())
    runs.keep_event(database, samples.RUN, samples.ended())
    database.close()
    again = open_database(path)
    [run] = runs.recent_runs(again, 5)
    again.close()
    assert (run.state, run.done, run.calls, run.cost_usd) == ("interrupted", 1, 1, 0.5)
    assert run.ended == samples.NOON


def test_a_run_that_ended_stays_so_when_opened_again(path: Path) -> None:
    database = open_database(path)
    runs.begin_run(database, samples.run())
    runs.end_run(database, samples.RUN, "done", ended=samples.NOON)
    database.close()
    again = open_database(path)
    assert runs.find_run(again, samples.RUN).state == "done"
    again.close()
