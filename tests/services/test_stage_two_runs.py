"""Judges at the end of a run, after edits, after a kill: nothing is paid for twice."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from grasp_ui.errors import InvalidGraph
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.run import Ceilings
from grasp_ui.model.selection import Selection
from grasp_ui.model.tag import Target
from grasp_ui.model.value import ConversationId
from grasp_ui.services import runs, stage_two, tagging
from grasp_ui.services.run_view import stored_view
from grasp_ui.services.runs import Changes, RunView
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import reviews
from grasp_ui.store.judge_calls import judge_calls_of, used_by_judges
from tests.fake_server import FakeServer
from tests.services.judged import (
    HELPFUL,
    asked_and_answered,
    everything,
    judge,
    judge_tags,
    judging,
    siblings,
    value,
    write_profile,
)
from tests.services.rooms import killed_in, over, request, workspace

TALK = """\
grasp: 1
title: One question, one answer
models:
  writer: {model: critic, max_tokens: 40}
seeds: {kind: inline, rows: [{topic: rain}, {topic: bread}, {topic: music}]}
nodes:
  ask: {kind: turn, role: user, model: writer, prompt: "Ask about {topic}, number {record}."}
  answer: {kind: turn, role: assistant, model: writer}
edges: [ask -> answer]
tagging: {profile: mine}
"""
JUDGED = TALK.replace(
    "edges: [ask -> answer]",
    "  grade: {kind: judge, rubric: helpfulness, model: writer, method: p_yes, reject_below: 0.3}\n"
    "edges: [ask -> answer -> grade]",
)
P_YES = HELPFUL.replace("schema", "p_yes").replace("minimum: 3", "minimum: 0.5")


def ran(opened: Workspace, server: FakeServer, text: str, **changes: Any) -> RunView:
    """How a run of six records ended; the fake server speaks for itself."""
    server.say = None
    wish = replace(request(server, 6, text), **changes)
    return over(opened, opened.runner.start(wish))


def edit(opened: Workspace, message: str, text: str, identifier: str = "e1") -> None:
    """Ada writes a message anew."""
    about = Target(
        conversation_id=ConversationId(message.partition(".")[0]), kind="message", id=message
    )
    at = datetime.fromisoformat("2026-05-01T12:00")
    event = ReviewEvent(
        id=identifier, kind="edit", target=about, payload={"content": text}, person="ada", at=at
    )
    reviews.add_review(opened.database, event)


def test_a_run_asks_the_judges_of_its_profile_at_its_end(tmp_path: Path) -> None:
    with judging(tmp_path, []) as (opened, server):
        view = ran(opened, server, TALK)
        tags = judge_tags(opened)
        kept = [state for one in everything(opened) for state in one.verdicts.values()]
    assert (view.state, len(tags), len(server.asked)) == ("done", 6, 18)
    assert view.judging is not None
    assert (view.judging.calls, view.judging.passed) == (6, 6)
    assert {tag.run_id for tag in tags} == {view.run.id}
    assert (view.kept, view.dropped) == (
        sum(one.state == "keep" for one in kept),
        sum(one.state == "drop" for one in kept),
    )


def test_what_judges_use_is_told_of_the_run_apart_from_its_graph(tmp_path: Path) -> None:
    with judging(tmp_path, []) as (opened, server):
        view = ran(opened, server, TALK)
        opened.database.settle()
        [listed] = runs.recent_runs(opened, 5)
        stored = stored_view(opened.database, view.run.id).run
    assert (listed.calls, listed.judges.calls, listed.used.calls) == (12, 6, 18)
    assert listed.used.tokens == listed.tokens + listed.judges.tokens > listed.tokens
    assert listed.used == stored.used == view.run.used


def test_the_ceilings_of_a_run_hold_its_judges_and_more_lets_them_go_on(tmp_path: Path) -> None:
    with judging(tmp_path, []) as (opened, server):
        view = ran(opened, server, TALK, ceilings=Ceilings(calls=14))
        assert (view.state, len(server.asked)) == ("halted", 14)
        assert "The run has reached its ceiling of 14 calls" in view.run.reason
        more = Changes(ceilings=Ceilings(calls=17))
        again = over(opened, runs.resume(opened, view.run.id, more))
        assert (again.state, len(server.asked)) == ("halted", 17)
        last = over(opened, runs.resume(opened, view.run.id, Changes(ceilings=Ceilings())))
        assert used_by_judges(opened.database, view.run.id).calls == 6
        assert (last.run.used.calls, last.run.judges.calls) == (18, 6)
    assert (last.state, len(server.asked)) == ("done", 18)


def test_a_run_that_is_stopped_among_its_judges_goes_on_with_them(tmp_path: Path) -> None:
    with judging(tmp_path, []) as (opened, server):
        server.say, server.draw = None, hangs_for_judges
        run_id = opened.runner.start(request(server, 6, TALK))
        while not server.outcomes["hang"] and opened.runner.is_running(run_id):
            opened.runner.wait(run_id, 0.01)
        opened.runner.stop(run_id)
        assert over(opened, run_id).state == "stopped"
        server.draw = None
        view = over(opened, runs.resume(opened, run_id))
        assert len(judge_tags(opened)) == 6
    assert (view.state, server.outcomes["ok"]) == ("done", 18)


def hangs_for_judges(body: dict[str, Any]) -> str:
    """Never answers a judge's question."""
    return "hang" if "response_format" in body else ""


def test_a_profile_that_cannot_ask_stops_the_run_before_it_begins(tmp_path: Path) -> None:
    with judging(tmp_path, []) as (opened, server):
        write_profile(opened, HELPFUL.replace("rubric: helpfulness", "rubric: helpfulnes"))
        with pytest.raises(InvalidGraph, match="Did you mean 'helpfulness'"):
            ran(opened, server, TALK)
    assert server.asked == []


def test_what_a_judge_node_said_is_used_and_not_asked_again(tmp_path: Path) -> None:
    with judging(tmp_path, [], P_YES) as (opened, server):
        view = ran(opened, server, JUDGED)
        calls = len(server.asked)
        tags = judge_tags(opened)
    assert (view.state, calls) == ("done", 18)
    newest = {tag.target.id: tag for tag in tags}
    assert {tag.action for tag in newest.values()} == {"pass", "reject"}
    assert all((value(t) < 0.5) == (t.action == "reject") for t in newest.values())


def test_a_profile_without_a_minimum_leaves_what_the_graph_decided(tmp_path: Path) -> None:
    profile = P_YES.replace(", minimum: 0.5, action: reject", "")
    with judging(tmp_path, [], profile) as (opened, server):
        ran(opened, server, JUDGED)
        assert len(judge_tags(opened)) == len(server.asked) / 3 == 6


def test_an_edited_text_is_judged_and_the_old_judgement_does_not_count(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(2)) as (opened, server):
        judge(opened)
        edit(opened, "c0.1", "A far better answer, score 5.")
        [before] = [one for one in everything(opened) if one.conversation.id == "c0"]
        view = judge(opened)
        [after] = [one for one in everything(opened) if one.conversation.id == "c0"]
        again = judge(opened)
    assert before.effective == ()
    assert [(tag.value, tag.action) for tag in after.effective] == [(5.0, "pass")]
    assert "A far better answer" in server.asked[-1]["messages"][-1]["content"]
    assert (view.calls, again.calls, again.changed.all) == (1, 0, 0)


def test_an_edited_question_has_its_answer_judged_anew(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(1)) as (opened, server):
        judge(opened)
        edit(opened, "c0.0", "What does it cost?")
        view = judge(opened)
    assert (view.calls, "What does it cost?" in str(server.asked[-1])) == (1, True)


def test_an_edit_that_is_undone_gives_the_old_judgement_back_without_a_call(
    tmp_path: Path,
) -> None:
    with judging(tmp_path, asked_and_answered(1)) as (opened, server):
        judge(opened)
        edit(opened, "c0.1", "Better, score 5.")
        judge(opened)
        undo = ReviewEvent(
            id="u1", kind="undo", target=judge_tags(opened)[0].target, payload={"undoes": "e1"},
            person="ada", at=datetime.fromisoformat("2026-05-02T12:00"),
        )  # fmt: skip
        reviews.add_review(opened.database, undo)
        view = judge(opened)
        [tagged] = everything(opened)
    assert [tag.value for tag in tagged.effective] == [1.0]
    assert (view.calls, len(server.asked)) == (0, 2)


def test_rules_see_the_edited_text(tmp_path: Path) -> None:
    profile = "rules: {repetition: {action: reject}}\n"
    with judging(tmp_path, asked_and_answered(1), profile) as (opened, _):
        edit(opened, "c0.1", "It is on its way. " * 6)
        changed = tagging.tag_again(opened, Selection(), profile="mine")
    assert changed.new == 1


def test_a_killed_tagging_asks_nothing_again_that_was_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRASP_HOME", str(tmp_path))
    in_flight, records = 8, 120
    with judging(tmp_path, asked_and_answered(records)) as (opened, server):
        opened.close()
        words = ["tag", "--profile", "mine", "--judges", "--yes"]
        killed_in(words, 45, server)
        killed = server.outcomes["ok"]
        with workspace(tmp_path) as again:
            known = used_by_judges(again.database).calls
            view = judge(again)
            values = [value(tag) for tag in judge_tags(again)]
    assert killed - known <= in_flight
    assert (view.state, view.calls) == ("done", records - known)
    assert server.outcomes["ok"] <= records + in_flight
    assert sorted(values) == sorted(n % 5 + 1 for n in range(records))


def test_every_call_is_on_record_with_what_it_used(tmp_path: Path) -> None:
    tree = siblings("t", "Which?", "Weak, score 2", "Strong, score 5")
    profile = "rules: {}\njudges: [{rubric: helpfulness, models: [critic], scope: siblings}]\n"
    with judging(tmp_path, [tree], profile) as (opened, _):
        view = judge(opened)
        calls = judge_calls_of(opened.database, ConversationId("t"))
    assert [(call.outcome or {})["value"] for call in calls] == [2.0, 5.0]
    assert sum(call.prompt_tokens for call in calls) == view.prompt_tokens > 0
    assert {call.model for call in calls} == {"critic"}


def test_a_page_sees_the_newest_tagging(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(3)) as (opened, _):
        assert stage_two.newest_job(opened) is None
        judge(opened)
        job = stage_two.newest_job(opened)
        assert job is not None
        assert (job.view().state, job.view().done, job.view().all) == ("done", 3, 3)
