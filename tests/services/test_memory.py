"""What is known of a run's calls, and which of its records are due."""

from collections.abc import Iterator
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.engine.compile import compile_graph
from grasp_ui.engine.plan import Question
from grasp_ui.errors import CannotResume
from grasp_ui.model.event import CallEnded, RecordEnded
from grasp_ui.model.record import Seed
from grasp_ui.model.run import Recall, RunSettings
from grasp_ui.model.value import RecordId, RunId
from grasp_ui.services.memory import AT_ONCE, Memory
from grasp_ui.services.rest import Rest
from grasp_ui.store import runs
from grasp_ui.store.database import Database, open_database
from grasp_ui.store.ends import End, newest_ends
from tests.builders import graph, surroundings
from tests.store import samples

PLAN = compile_graph(graph("a -> b -> c"), surroundings())


@pytest.fixture
def database() -> Iterator[Database]:
    opened = open_database(None)
    yield opened
    opened.close()


def seed(index: int) -> Seed:
    return Seed(index=index, row={"n": index})


def call(index: int, node: str = "b", *, reply: str = "said", visit: int = 0) -> CallEnded:
    key = f"{node} {index} {visit}"
    return CallEnded(
        seed(index).record_id, index, node, visit, 0, key, "m", 0, b"{}", reply, None, "stop",
        1, 1, 0.0, 0.0, 0.0,
    )  # fmt: skip


def end(index: int, error_code: str | None = None, node: str | None = None) -> RecordEnded:
    if error_code is None:
        return RecordEnded(seed(index).record_id, index, "done", 0.0, 0.0)
    return RecordEnded(
        seed(index).record_id, index, "failed", 0.0, 0.0, node, error_code, error_code
    )


def memory(
    database: Database, *, recall: Recall | None = None, records: int = 3, run_id: str = samples.RUN
) -> Memory:
    database.settle()
    settings = RunSettings(run_id=RunId(run_id), records=records, recall=recall or Recall())
    rest = Rest(settings, newest_ends(database, settings.run_id))
    return Memory(database, settings, PLAN, rest, goes_on=True)


def keep(database: Database, *events: CallEnded | RecordEnded) -> None:
    for event in events:
        runs.keep_event(database, samples.RUN, event)


def test_records_that_are_done_are_not_due(database: Database) -> None:
    keep(database, end(0), end(1, "timed_out", "b"))
    due = [one.index for one in memory(database).due(seed(n) for n in range(3))]
    assert due == [1, 2]


def test_answers_are_at_hand_while_their_record_is_under_way(database: Database) -> None:
    keep(database, call(0), call(1), end(0))
    known = memory(database)
    before = known.get("b 1 0")
    seeds = list(known.due(seed(n) for n in range(3)))
    during = known.get("b 1 0")
    known.forget(seeds[0].record_id)
    assert (before, during and during.text, known.get("b 1 0")) == (None, "said", None)


def test_no_more_answers_are_held_than_a_part_of_the_records_has(database: Database) -> None:
    keep(database, *(call(n) for n in range(2 * AT_ONCE)))
    known = memory(database, records=2 * AT_ONCE)
    due = known.due(seed(n) for n in range(2 * AT_ONCE))
    next(due)
    assert known.get(f"b {AT_ONCE - 1} 0")
    assert known.get(f"b {AT_ONCE} 0") is None


@pytest.mark.parametrize(
    ("code", "is_known"), [("timed_out", True), ("unreadable_judgement", False)]
)
def test_an_answer_that_made_its_record_fail_is_asked_for_anew(
    database: Database, code: str, is_known: bool
) -> None:
    keep(database, call(0, "a"), call(0, "b"), end(0, code, "b"))
    known = memory(database)
    list(known.due([seed(0)]))
    assert known.get("a 0 0")
    assert (known.get("b 0 0") is not None) == is_known


def test_what_was_asked_anew_after_a_failure_is_known(database: Database) -> None:
    keep(database, call(0), end(0, "unreadable_judgement", "b"), call(0, reply="better"))
    known = memory(database)
    list(known.due([seed(0)]))
    answer = known.get("b 0 0")
    assert answer is not None
    assert answer.text == "better"


def test_only_the_last_visit_of_a_node_that_failed_is_asked_anew(database: Database) -> None:
    keep(database, call(0), call(0, visit=1), end(0, "unreadable_judgement", "b"))
    known = memory(database)
    list(known.due([seed(0)]))
    assert (known.get("b 0 0") is not None, known.get("b 0 1")) == (True, None)


@pytest.mark.parametrize(("anew", "known"), [("a", ""), ("b", "a"), ("c", "ab"), ("", "abc")])
def test_a_continued_run_answers_for_the_nodes_before(
    database: Database, anew: str, known: str
) -> None:
    keep(database, *(call(0, node) for node in "abc"))
    recall = Recall(continues=samples.RUN, anew=tuple(anew))
    later = memory(database, recall=recall, run_id="later")
    list(later.due([seed(0)]))
    asked = (Question(f"{n} 0 0", RecordId("r"), 0, n, 0, 0, "m", b"{}") for n in "abc")
    assert "".join(question.node for question in asked if later.recall(question)) == known


@given(st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)), st.booleans())
def test_every_record_is_due_unless_it_is_done(
    done: set[int], failed: set[int], failed_only: bool
) -> None:
    ends = [End(seed(n).record_id, n, "done", "", "", n) for n in done - failed]
    ends += [End(seed(n).record_id, n, "failed", "x", "b", n) for n in failed]
    rest = Rest(RunSettings(run_id=samples.RUN, records=41), ends, failed_only=failed_only)
    due = {n for n in range(41) if rest.is_due(seed(n))}
    assert due == (failed if failed_only else set(range(41)) - (done - failed))


def test_a_record_of_another_row_is_noticed() -> None:
    rest = Rest(RunSettings(run_id=samples.RUN), [End(RecordId("0" * 20), 2, "done", "", "", 1)])
    assert rest.is_due(seed(1))
    with pytest.raises(CannotResume, match="record 2 was made of another row"):
        rest.is_due(Seed(index=2, row={"n": "other"}))


def forked(index: int, number: int, state: Literal["done", "failed"] = "done") -> End:
    """How a fork of a record ended."""
    return End(RecordId(f"{seed(index).record_id}/{number}"), index, state, "x", "b", 1)


def test_a_record_without_its_end_is_passed_through_again_and_its_forks_end_once() -> None:
    rest = Rest(RunSettings(run_id=samples.RUN), [forked(0, 2)])
    assert rest.is_due(seed(0))
    assert rest.finished == {forked(0, 2).record_id}


def test_a_fork_that_failed_brings_its_record_back_without_ending_it_twice() -> None:
    done = End(seed(0).record_id, 0, "done", "", "", 1)
    rest = Rest(RunSettings(run_id=samples.RUN), [done, forked(0, 2), forked(0, 3, "failed")])
    assert rest.is_due(seed(0))
    assert rest.finished == {done.record_id, forked(0, 2).record_id}


def test_a_record_whose_forks_are_all_done_is_done() -> None:
    done = End(seed(0).record_id, 0, "done", "", "", 1)
    rest = Rest(RunSettings(run_id=samples.RUN), [forked(0, 2), done])
    assert (rest.is_due(seed(0)), rest.finished) == (False, frozenset())
