"""Judges over the store: every answer keeps its own score, and thresholds filter."""

import json
from pathlib import Path

import pytest

from grasp_ui.errors import CannotTag
from grasp_ui.model.run import Ceilings
from grasp_ui.model.selection import Selection
from grasp_ui.services import review, stage_two, tagging
from grasp_ui.services.workspace import Workspace
from tests.services.judged import (
    HELPFUL,
    answer,
    asked_and_answered,
    conversation,
    everything,
    judge,
    judge_tags,
    judging,
    number_in,
    obedient,
    score_in,
    siblings,
    unless,
    use,
    write_profile,
)

PANEL = HELPFUL.replace("[critic]", "[kind, stern, fair]")
SAMPLED = HELPFUL.replace("models: [critic]", "models: [critic], samples: 3")
SIBLINGS = "rules: {}\njudges: [{rubric: helpfulness, models: [critic], scope: siblings}]\n"
PAIRS = SIBLINGS.replace("scope:", "method: pairwise, scope:")


def verdicts(opened: Workspace) -> list[str]:
    """Whether each conversation is kept, oldest first."""
    return [one.state for tagged in everything(opened) for one in tagged.verdicts.values()]


def test_130_conversations_with_distinct_scores_keep_them(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(130)) as (opened, server):
        server.say = lambda body: answer(body, score_in(body), why=number_in(body))
        view = judge(opened)
        said = {t.target.id: (t.value, t.evidence["reason"]) for t in judge_tags(opened)}
    assert (view.state, view.passed, len(server.asked)) == ("done", 130, 130)
    assert said == {f"c{n}.1": (n % 5 + 1, f"number {n}") for n in range(130)}


def test_a_threshold_drops_what_is_below_it_from_exports_too(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(10)) as (opened, _):
        judge(opened)
        assert verdicts(opened) == ["drop", "drop", "keep", "keep", "keep"] * 2
        kept = review.find(opened, Selection(verdict="keep")).total
    assert kept == 6


def test_tags_of_the_rules_survive_the_judges(tmp_path: Path) -> None:
    looping = conversation("c0", "Where is it?", "It is on its way. " * 6)
    profile = HELPFUL.replace("rules: {}", "only: all\nrules: {repetition: {action: reject}}")
    with judging(tmp_path, [looping], profile) as (opened, _):
        tagging.tag_again(opened, Selection(), profile="mine")
        judge(opened)
        [tagged] = everything(opened)
    assert {tag.name for tag in tagged.effective} == {"repetition", "helpfulness"}


def test_judges_see_only_what_no_rule_drops(tmp_path: Path) -> None:
    both = [conversation("c0", "Where?", "It is on its way. " * 6), *asked_and_answered(3)[1:]]
    profile = HELPFUL.replace("rules: {}", "rules: {repetition: {action: reject}}")
    with judging(tmp_path, both, profile) as (opened, server):
        tagging.tag_again(opened, Selection(), profile="mine")
        view = judge(opened)
    assert (view.all, view.passed, len(server.asked)) == (3, 2, 2)


def test_what_a_judge_dropped_is_judged_again_when_the_minimum_falls(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(5)) as (opened, server):
        judge(opened)
        write_profile(opened, HELPFUL.replace("minimum: 3", "minimum: 2"))
        view = judge(opened)
        assert verdicts(opened) == ["drop", "keep", "keep", "keep", "keep"]
    assert (len(server.asked), view.calls, view.changed.changed) == (5, 0, 5)


def test_one_bad_reply_touches_one_conversation_and_is_no_score(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(20)) as (opened, server):
        server.say = unless(lambda body: "number 7," in str(body["messages"]))
        view = judge(opened)
        tags = judge_tags(opened)
    [unread] = [tag for tag in tags if tag.name == "unparsed"]
    assert (view.state, view.unparsed, len(tags), len(server.asked)) == ("done", 1, 20, 21)
    assert (unread.target.id, unread.score, unread.action) == ("c7.1", None, "warn")
    assert unread.evidence["said"] == "I cannot say."


def test_an_unread_reply_is_asked_again_only_where_that_is_wished(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(2)) as (opened, server):
        server.say = unless(lambda body: "number 1," in str(body["messages"]))
        judge(opened)
        server.say = obedient
        assert judge(opened).calls == 0
        view = judge(opened, retries_unparsed=True)
        [tagged] = [one for one in everything(opened) if one.conversation.id == "c1"]
    assert (view.calls, view.changed.taken_back) == (1, 1)
    assert {tag.name: tag.action for tag in tagged.effective} == {
        "unparsed": "pass",
        "helpfulness": "reject",
    }


def test_a_failed_call_touches_one_conversation_and_is_listed_by_cause(tmp_path: Path) -> None:
    several = [*asked_and_answered(4), conversation("bad", "Q?", "Look: [always 400] score 5")]
    with judging(tmp_path, several) as (opened, _):
        view = judge(opened)
        assert len(judge_tags(opened)) == 4
    [failure] = view.failures
    assert (view.state, failure.error_code, failure.node, failure.count) == (
        "done", "bad_request", "helpfulness by critic", 1,
    )  # fmt: skip


def test_a_panel_counts_by_its_median(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(1), PANEL) as (opened, server):
        use(opened, server, "kind", "stern", "fair")
        scores = {"kind": 5, "stern": 1, "fair": 4}
        server.say = lambda body: answer(body, scores[body["model"]])
        judge(opened)
        [tagged] = everything(opened)
        again = judge(opened)
    assert [tag.action for tag in tagged.tags] == ["pass"] * 3
    assert tagged.tags[0].evidence["panel"] == {"median": 4.0, "spread": 4.0}
    assert [(tag.value, tag.action) for tag in tagged.effective] == [(4.0, "pass")]
    assert (again.calls, again.changed.all) == (0, 0)


def test_samples_fold_to_one_word_with_its_spread(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(1), SAMPLED) as (opened, server):
        scores = {0: 2, 1: 5, 2: 4}
        server.say = lambda body: answer(body, scores[body["seed"]])
        judge(opened)
        [tag] = judge_tags(opened)
        again = judge(opened)
    assert (tag.value, tag.evidence["samples"], tag.evidence["spread"]) == (4.0, [2, 5, 4], 3.0)
    assert (again.calls, again.known, again.changed.all) == (0, 3, 0)


def test_siblings_leave_a_score_each_and_preferences(tmp_path: Path) -> None:
    tree = siblings("t", "Which?", "Weak, score 2", "Strong, score 5", "Weak too, score 2")
    with judging(tmp_path, [tree], SIBLINGS) as (opened, _):
        view = judge(opened)
        [tagged] = everything(opened)
        again = judge(opened)
    found = {(p.better_id, p.worse_id): p.margin for p in tagged.preferences}
    assert found == {("t.2", "t.1"): 3.0, ("t.1", "t.3"): 0.0, ("t.2", "t.3"): 3.0}
    assert (view.preferences, again.preferences, again.calls) == (3, 0, 0)


def test_pairs_are_compared_in_both_orders(tmp_path: Path) -> None:
    tree = siblings("t", "Which?", "Weak, score 2", "Strong, score 5")
    with judging(tmp_path, [tree], PAIRS) as (opened, server):
        view = judge(opened)
        [tagged] = everything(opened)
        again = judge(opened)
    [preference] = tagged.preferences
    assert (preference.better_id, preference.margin, view.calls) == ("t.2", 1.0, 2)
    assert preference.version.endswith("/pairwise")
    assert (len(server.asked), again.calls, again.preferences) == (2, 0, 0)


def test_a_verdict_that_flips_with_the_order_is_a_tie(tmp_path: Path) -> None:
    tree = siblings("t", "Which?", "Weak, score 2", "Strong, score 5")
    with judging(tmp_path, [tree], PAIRS) as (opened, server):
        server.say = lambda body: json.dumps({"reason": "r", "verdict": "A"})
        judge(opened)
        [tagged] = everything(opened)
    assert [one.margin for one in tagged.preferences] == [0.0]
    assert tagged.tags[0].evidence["flipped"] is True


def test_a_pair_that_cannot_be_read_prefers_nobody_until_it_can(tmp_path: Path) -> None:
    tree = siblings("t", "Which?", "Weak, score 2", "Strong, score 5")
    with judging(tmp_path, [tree], PAIRS) as (opened, server):
        server.say = lambda body: "A is better."
        view = judge(opened)
        [unread] = judge_tags(opened)
        server.say = obedient
        again = judge(opened, retries_unparsed=True)
    assert (view.unparsed, view.preferences) == (1, 0)
    assert (unread.name, unread.element) == ("unparsed", "helpfulness by critic, 1 and 2")
    assert (again.preferences, again.changed.taken_back) == (1, 1)


def test_what_people_said_stays_when_judges_speak_again(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(1)) as (opened, server):
        judge(opened)
        [tagged] = everything(opened)
        correction = review.Correction("helpfulness", "pass", value=5, score=1.0)
        review.override(opened, tagged.tags[0].target, correction, person="ada")
        write_profile(opened, HELPFUL.replace("minimum: 3", "minimum: 4"))
        view = judge(opened)
        [tagged] = everything(opened)
    assert (view.changed.changed, len(server.asked)) == (1, 1)
    assert [(tag.source, tag.value) for tag in tagged.effective] == [("person", 5)]


def test_a_second_tagging_at_once_is_refused(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(3)) as (opened, server):
        server.draw = lambda body: "hang"
        job = stage_two.start(opened, stage_two.Wish("mine"))
        server.began.wait(10)
        with pytest.raises(CannotTag, match="at work on this store"):
            stage_two.start(opened, stage_two.Wish("mine"))
        job.cancel()
        assert job.wait(10).state == "cancelled"


def test_a_cancelled_tagging_goes_on_and_pays_for_the_rest(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(40)) as (opened, server):
        server.draw = lambda body: "hang" if server.outcomes["ok"] >= 15 else ""
        job = stage_two.start(opened, stage_two.Wish("mine"))
        while server.outcomes["hang"] < 1 and job.view().is_running:
            job.wait(0.01)
        job.cancel()
        job.wait(10)
        server.draw = None
        view = judge(opened)
        assert len(judge_tags(opened)) == 40
    in_flight = 8
    assert 40 <= server.outcomes["ok"] <= 40 + in_flight
    assert view.state == "done"


def test_no_call_begins_at_a_ceiling_and_more_room_lets_it_go_on(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(30)) as (opened, server):
        view = judge(opened, ceilings=Ceilings(calls=12))
        assert (view.state, len(server.asked)) == ("halted", 12)
        assert "The tagging has reached its ceiling of 12 calls" in view.reason
        assert len(judge_tags(opened)) == 12
        assert judge(opened, ceilings=Ceilings(calls=100)).state == "done"
        assert len(judge_tags(opened)) == 30
    assert len(server.asked) == 30


def test_a_ceiling_in_dollars_holds_where_there_is_a_price(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(30)) as (opened, server):
        with pytest.raises(CannotTag, match="'critic' has no price"):
            judge(opened, ceilings=Ceilings(usd=1))
        use(opened, server, "critic", prompt_usd=1000.0, calls_at_once=2)
        view = judge(opened, ceilings=Ceilings(usd=3))
    assert view.state == "halted"
    assert 3 <= view.cost_usd < 4.5


def test_equal_texts_are_paid_for_once(tmp_path: Path) -> None:
    same = [conversation(f"c{n}", "Q?", "A, score 4") for n in range(300)]
    with judging(tmp_path, same) as (opened, server):
        judge(opened)
        assert [tag.value for tag in judge_tags(opened)] == [4.0] * 300
    assert len(server.asked) == 1


def test_fifty_failures_in_a_row_stop_it(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(200)) as (opened, server):
        server.draw = lambda body: "401"
        view = judge(opened)
    assert view.state == "halted"
    assert "50 questions in a row failed" in view.reason
    assert len(server.asked) < 200


def test_a_model_that_takes_no_temperature_is_asked_without(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(1)) as (opened, server):
        server.draw = lambda body: "no temperature" if "temperature" in body else ""
        view = judge(opened)
    assert (view.state, view.answered, score_in(server.asked[-1])) == ("done", 1, 1)
