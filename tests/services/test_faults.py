"""Runs against an endpoint that fails in every way: nothing is lost, nothing faulty is kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import RunId
from grasp_ui.services import runs
from grasp_ui.services.run_view import RunView
from grasp_ui.services.settings import ModelSettings, Settings, save_settings
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.ends import End, newest_ends
from grasp_ui.store.runs import events_of
from grasp_ui.tagging.dataset import DATASET_RULES
from tests.fake_server import FakeServer, completion_for, fake_server
from tests.services.drawn_faults import CODES, ERROR_TEXTS, DrawnFaults
from tests.services.rooms import PAIRS, found, over, request, until, workspace
from tests.source import ROOT

RECORDS = 40
W1 = (ROOT / "benchmarks/engine/w1.yaml").read_text(encoding="utf-8")
BETWEEN = """\
  first: {kind: turn, role: assistant, model: other}
  more: {kind: turn, role: user, model: writer, prompt: Ask for more.}
  answers:"""
DIALOGUE = PAIRS.replace("  answers:", BETWEEN).replace("-> answers", "-> first -> more -> answers")


@dataclass(frozen=True, slots=True)
class Told:
    """One run with faults: how it ended, what it left, and again after the retry."""

    view: RunView
    ends: list[End]
    events: list[dict[str, Any]]
    left: list[Any]
    mended: RunView
    mended_ends: list[End]
    mended_events: list[dict[str, Any]]
    mended_left: list[Any]
    honest_left: list[Any]

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The events of a kind, before the retry."""
        return [event for event in self.events if event["kind"] == kind]


@dataclass(frozen=True, slots=True)
class Course:
    """The faults that were given, and each run that met them."""

    faults: DrawnFaults
    told: tuple[Told, ...]


@pytest.fixture(scope="module", params=[0.05, 0.2], ids=["5 %", "20 %"])
def course(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Course]:
    home, faults = tmp_path_factory.mktemp("faulty"), DrawnFaults(request.param)
    with fake_server() as server:
        yield Course(faults, played(home, server, faults))


def played(home: Path, server: FakeServer, faults: DrawnFaults) -> tuple[Told, ...]:
    """Both graphs at a time: with faults, after a retry without, and never with any."""
    save_settings(home, settings_for(server))
    server.draw = faults
    with workspace(home) as opened:
        begun = [begin(opened, text) for text in (W1, DIALOGUE)]
        # The second is watched, so that its calls are streamed.
        until(lambda: not opened.runner.view(begun[1]).is_running)
        before = [(over(opened, one), *log_of(opened, one)) for one in begun]
        faults.is_on = False
        after = [(mended(opened, one), *log_of(opened, one)) for one in begun]
        honest = [log_of(opened, whole(opened, text)) for text in (W1, DIALOGUE)]
    return tuple(
        Told(*first, *then, left)
        for first, then, (_, _, left) in zip(before, after, honest, strict=True)
    )


def settings_for(server: FakeServer) -> Settings:
    """Both models at the server, with little time and less patience."""
    short = {"timeout_seconds": 0.8, "patience_seconds": 1.2, "calls_at_once": 64}
    names = ("fake", "fake-two")
    return Settings(models=tuple(ModelSettings(name=n, url=server.url, **short) for n in names))


def begin(opened: Workspace, text: str) -> RunId:
    """Begin a run whose models are those of Settings."""
    wish = request(FakeServer(), RECORDS, text)
    return opened.runner.start(replace(wish, endpoint=None, concurrency=64))


def whole(opened: Workspace, text: str) -> RunId:
    """A whole run."""
    return over(opened, begin(opened, text)).run.id


def mended(opened: Workspace, run_id: RunId) -> RunView:
    """How a run stands after its failed records were retried."""
    return over(opened, runs.retry_failed(opened, run_id))


def log_of(opened: Workspace, run_id: RunId) -> tuple[list[End], list[dict[str, Any]], list[Any]]:
    """How the records of a run ended, all its events, and what it left."""
    opened.database.settle()
    ends = sorted(newest_ends(opened.database, run_id), key=lambda end: end.record_index)
    events = events_of(opened.database, run_id, limit=100_000)
    return ends, events, sorted(map(left_by, found(opened, run_id)), key=lambda left: left[0])


def body_of(call: dict[str, Any]) -> dict[str, Any]:
    """What a call of the log asked."""
    return dict(orjson.loads(call["request"]))


def left_by(tagged: TaggedConversation) -> list[Any]:
    """All that a record left, without what names its run or compares it with other records."""
    said = tagged.conversation
    number: dict[str | None, int] = {m.id: place for place, m in enumerate(said.messages)}
    names = {"id", "conversation_id", "parent_id"}
    messages = [(number.get(m.parent_id), m.model_dump(exclude=names)) for m in said.messages]
    tags = [
        (t.name, number.get(t.target.id), t.value, t.score, t.action, t.source, t.evidence)
        for t in tagged.tags
        if t.name not in DATASET_RULES
    ]
    better = [(number[p.better_id], number[p.worse_id], p.margin) for p in tagged.preferences]
    return [said.record_index, said.seed, said.variables, messages, sorted(tags, key=repr), better]


def test_each_record_is_done_or_has_failed_with_node_class_and_reason(course: Course) -> None:
    for told in course.told:
        assert told.view.state == "done"
        assert [end.record_index for end in told.ends] == list(range(RECORDS))
        failed = [event for event in told.of("record_ended") if event["state"] == "failed"]
        assert (told.view.run.done, told.view.run.failed) == (len(told.left), len(failed))
        assert len(told.left) + len(failed) == RECORDS
        assert {event["node"] for event in failed} <= set(told.view.nodes)
        assert {event["error_code"] for event in failed} <= set(CODES.values())
        assert all(event["error"] for event in failed)


def test_records_fail_where_no_patience_helps_and_for_that_reason(course: Course) -> None:
    for told in course.told:
        hopeless = [call for call in told.of("call_failed") if course.faults.dooms(body_of(call))]
        reasons = {(c["record_index"], c["node"], c["error_code"]) for c in hopeless}
        failed = [end for end in told.ends if end.state == "failed"]
        assert {record for record, _, _ in reasons} <= {end.record_index for end in failed}
        # A busy machine may be late with any answer, which uses up an attempt.
        late = {
            (call["record_index"], call["node"])
            for call in told.of("call_failed")
            if call["error_code"] == "timed_out"
        }
        for end in failed:
            is_hopeless = (end.record_index, end.node, end.error_code) in reasons
            assert is_hopeless or (end.record_index, end.node) in late


def test_each_failed_attempt_is_told_as_what_it_was(course: Course) -> None:
    for told in course.told:
        for call in told.of("call_failed"):
            given = course.faults.given(body_of(call))
            assert call["error_code"] in {CODES[fault] for fault in given} | {"timed_out"}


def test_each_reply_that_is_kept_is_the_honest_one(course: Course) -> None:
    for told in course.told:
        for call in told.of("call_ended"):
            completion = completion_for(body_of(call), "", words=12)
            assert call["reply"] == completion["choices"][0]["message"]["content"]


def test_what_is_done_is_what_it_is_without_faults(course: Course) -> None:
    for told in course.told:
        done = {end.record_index for end in told.ends if end.state == "done"}
        assert told.left == [left for left in told.honest_left if left[0] in done]


def test_no_text_of_a_fault_is_in_prompts_or_in_what_is_kept(course: Course) -> None:
    for told in course.told:
        requests = [event["request"] for event in told.mended_events if event["request"]]
        written = repr([told.left, told.mended_left, requests])
        assert [text for text in ERROR_TEXTS if text in written] == []


def test_a_retry_without_faults_completes_the_rest_and_pays_nothing_twice(course: Course) -> None:
    for told in course.told:
        assert (told.mended.run.done, told.mended.run.failed) == (RECORDS, 0)
        assert told.mended_left == told.honest_left
        keys = [event["key"] for event in told.mended_events if event["kind"] == "call_ended"]
        assert len(keys) == len(set(keys))


def test_every_kind_of_fault_was_met(course: Course) -> None:
    assert course.faults.share < 0.2 or course.faults.kinds == set(CODES)
