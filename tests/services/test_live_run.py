"""What a screen sees of a run while it goes on."""

from datetime import datetime

from grasp_ui.model.event import (
    ArrowsTaken,
    CallEnded,
    CallReplayed,
    NodeEnded,
    NodeStarted,
    RecordEnded,
    RunEvent,
    TextArrived,
)
from grasp_ui.model.run import Run, RunSettings
from grasp_ui.model.value import GraphId, GraphVersion, RecordId, RunId
from grasp_ui.services.live_run import LiveRun, Past
from grasp_ui.services.run_view import RunView

RECORD = RecordId("r")


class Shelf:
    """A book that keeps events in a list."""

    def __init__(self, verdict: bool | None = None) -> None:
        self.kept: list[RunEvent] = []
        self.verdict = verdict

    def keep(self, event: RunEvent) -> bool | None:
        self.kept.append(event)
        return self.verdict if isinstance(event, RecordEnded) else None

    async def room(self) -> None:
        return


def live(shelf: Shelf | None = None) -> LiveRun:
    run = Run(
        id=RunId("one"),
        graph_id=GraphId("own/a"),
        graph_version=GraphVersion("v"),
        title="A",
        state="running",
        settings=RunSettings(run_id=RunId("one"), records=2),
        started=datetime(2026, 1, 1),  # noqa: DTZ001 - stored times are naive UTC
    )
    return LiveRun(run, shelf or Shelf())


def call(reply: str) -> CallEnded:
    return CallEnded(
        record_id=RECORD,
        record_index=0,
        node="ask",
        visit=0,
        candidate=0,
        key="k",
        model="m",
        attempt=0,
        request=b"{}",
        reply=reply,
        extra=None,
        finish_reason="stop",
        prompt_tokens=3,
        completion_tokens=2,
        cost_usd=0.5,
        started=0.0,
        seconds=0.1,
    )


def node_done() -> NodeEnded:
    return NodeEnded(RECORD, 0, "ask", 0, "done", {}, 0.0, 0.5)


def record_failed(code: str, error: str) -> RecordEnded:
    return RecordEnded(RECORD, 0, "failed", 0.0, 1.0, node="ask", error_code=code, error=error)


def test_an_event_is_kept_before_it_is_counted() -> None:
    shelf = Shelf()
    live(shelf).event(call("hello"))
    assert [event.kind for event in shelf.kept] == ["call_ended"]


def test_a_node_shows_running_and_then_done() -> None:
    run = live()
    run.tick(NodeStarted(0, "ask", 0))
    before = run.snapshot().nodes["ask"].state
    run.event(node_done())
    assert (before, run.snapshot().nodes["ask"].state) == ("running", "done")


def test_a_reply_grows_on_the_card_of_the_record_that_is_followed() -> None:
    run = live()
    run.tick(NodeStarted(0, "ask", 0))
    run.tick(NodeStarted(1, "ask", 0))
    run.tick(TextArrived(0, "ask", 0, "Hel"))
    run.tick(TextArrived(1, "ask", 0, "Bye"))
    run.tick(TextArrived(0, "ask", 0, "lo"))
    assert run.snapshot().nodes["ask"].text == "Hello"


def test_calls_tokens_and_cost_add_up() -> None:
    run = live()
    run.event(call("a"))
    run.event(call("b"))
    seen = run.snapshot().run
    assert (seen.calls, seen.prompt_tokens, seen.completion_tokens, seen.cost_usd) == (2, 6, 4, 1.0)


def test_taken_arrows_are_counted() -> None:
    run = live()
    run.tick(ArrowsTaken(0, "ask", ("ask -> answer",)))
    run.tick(ArrowsTaken(1, "ask", ("ask -> answer",)))
    assert run.snapshot().edges == {"ask -> answer": 2}


def test_failures_are_counted_by_cause_with_the_first_as_example() -> None:
    run = live()
    run.event(record_failed("timed_out", "first"))
    run.event(record_failed("timed_out", "second"))
    failure = run.snapshot().failures[0]
    assert (failure.error_code, failure.count, failure.example) == ("timed_out", 2, "first")


def test_a_finished_record_counts_as_kept_or_dropped() -> None:
    run = live(Shelf(verdict=False))
    run.event(RecordEnded(RECORD, 0, "done", 0.0, 1.0))
    assert (run.snapshot().kept, run.snapshot().dropped) == (0, 1)


def test_a_run_that_ended_says_how() -> None:
    run = live()
    run.end("stopped", "Stopped by hand.")
    seen = run.snapshot()
    assert (seen.state, seen.run.reason, seen.is_running) == ("stopped", "Stopped by hand.", False)


def test_a_record_that_is_passed_through_again_counts_and_is_kept_once() -> None:
    shelf, run = Shelf(), live().run
    again = LiveRun(run, shelf, past=Past(RunView(run, "running"), finished={RECORD}))
    again.event(RecordEnded(RECORD, 0, "done", 0.0, 1.0))
    assert (again.snapshot().run.done, shelf.kept) == (0, [])


def test_a_node_whose_answers_all_came_from_elsewhere_is_cached() -> None:
    run = live()
    run.event(
        CallReplayed(RECORD, 0, "ask", 0, 0, "k", "m", b"{}", "hi", None, "stop", "pin", None, 0.0)
    )
    run.event(node_done())
    seen = run.snapshot()
    assert (seen.nodes["ask"].state, seen.nodes["ask"].text, seen.replayed) == ("cached", "hi", 1)
    assert seen.run.calls == 0
