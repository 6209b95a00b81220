"""A run is shown as it stands: never better, never worse."""

from dataclasses import replace
from datetime import datetime

import pytest

from grasp_ui.model.run import Run, RunSettings, Used
from grasp_ui.model.span import Span
from grasp_ui.model.value import GraphId, GraphVersion, RunId
from grasp_ui.services.run_view import NodeView, RunView
from grasp_ui.store.ends import Failure
from grasp_ui.ui.live import (
    calls_in_words,
    canvas_run,
    failure_lines,
    judges_line,
    records_in_words,
    run_line,
    run_table,
    time_left,
)

ID = RunId("r1")
AT = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001 - stored times are naive UTC


def test_a_run_with_failures_is_not_shown_as_good() -> None:
    assert run_line(seen(done=2, failed=1)).startswith(":orange-badge[")
    assert run_line(seen(done=0, failed=3)).startswith(":red-badge[")
    assert run_line(seen(done=3)).startswith(":green-badge[")


def test_time_left_follows_from_the_rate_so_far() -> None:
    assert time_left(seen(done=1, seconds=30.0)) == "1 min 0 s"


def test_forks_are_told_beside_the_records_asked_for_and_not_among_them() -> None:
    whole = seen(done=9)
    forked = whole.run.model_copy(update={"forks": 6})
    assert records_in_words(forked) == "3 of 3 records + 6 forks"
    assert records_in_words(seen(done=2).run) == "2 of 3 records"


def test_calls_of_judges_are_told_among_those_of_their_run() -> None:
    run = seen(done=3).run.model_copy(update={"calls": 12, "judges": Used(6, 300, 60, 0.5)})
    assert calls_in_words(run) == "18 calls (6 by judges)"
    assert judges_line(run) == "Of these, judges at the end: 6 calls, 300 + 60 tokens, $0.50."
    assert run_table([run])[["Calls", "Of them judges"]].to_numpy().tolist() == [[18, 6]]


def test_a_run_without_judges_says_nothing_of_them() -> None:
    run = seen(done=3).run
    assert (calls_in_words(run), judges_line(run)) == ("0 calls", "")
    assert "Of them judges" not in run_table([run])


def test_nothing_is_said_of_the_time_before_the_first_record() -> None:
    assert time_left(seen(done=0)) == ""


def test_failures_are_told_with_node_and_example_most_frequent_first() -> None:
    lines = failure_lines(seen(done=0, failed=3)).split("\n")
    assert "2× ask" in lines[0]
    assert "no connection" in lines[0]
    assert "1× answer" in lines[1]


@pytest.mark.parametrize("name", ["state", "text", "done", "failed", "running", "seconds"])
def test_the_canvas_is_told_how_each_node_fares(name: str) -> None:
    assert name in canvas_run(seen(done=1))["nodes"]["ask"]


def seen(*, done: int, failed: int = 0, seconds: float = 4.0) -> RunView:
    """A run over three records."""
    run = Run(
        id=ID, graph_id=GraphId("own/a"), graph_version=GraphVersion("v"), title="Talk",
        state="done", settings=RunSettings(run_id=ID, records=3), started=AT,
        done=done, failed=failed,
    )  # fmt: skip
    failures = (
        Failure(error_code="empty_reply", node="answer", count=1, example="no text"),
        Failure(error_code="unreachable", node="ask", count=2, example="no connection"),
    )
    return RunView(
        run=run, state="done", elapsed_seconds=seconds, nodes={"ask": NodeView(done=done)},
        failures=failures if failed else (),
    )  # fmt: skip


def test_the_canvas_is_told_apart_what_was_done_and_what_failed() -> None:
    told = canvas_run(seen(done=2, failed=1))
    assert (told["done"], told["failed"]) == (2, 1)


def test_a_card_is_told_why_its_node_failed() -> None:
    nodes = canvas_run(seen(done=0, failed=3))["nodes"]
    assert nodes["ask"]["error"] == "no connection"


def test_bars_of_the_time_line_begin_with_the_first_visit() -> None:
    spans = (Span(0, "ask", 0, 100.0, 1.0, "done"), Span(1, "ask", 0, 100.5, 2.0, "failed"))
    bars = canvas_run(replace(seen(done=1), spans=spans))["spans"]
    assert bars == [[0, "ask", 0, 0.0, 1.0, "done"], [1, "ask", 0, 0.5, 2.0, "failed"]]
