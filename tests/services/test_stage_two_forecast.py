"""What judges will use is told before they are asked; a rubric is tried without a trace."""

from pathlib import Path

import pytest

from grasp_ui.errors import NotFound
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.model.event import RecordResult
from grasp_ui.model.value import ConversationId
from grasp_ui.services.rubric_trial import try_rubric
from grasp_ui.services.stage_two import Wish
from grasp_ui.services.stage_two_forecast import forecast_judging
from grasp_ui.services.stage_two_words import forecast_in_words
from grasp_ui.store.conversations import add_conversations
from grasp_ui.store.judge_calls import used_by_judges
from tests.services.judged import (
    asked_and_answered,
    conversation,
    everything,
    judge,
    judging,
    siblings,
    unless,
    use,
)

MINE = Wish("mine")
BY_CATEGORY = "rules: {}\njudges: [{rubric: by_category, models: [critic]}]\n"
PAIRS = """\
rules: {}
judges: [{rubric: helpfulness, models: [critic], method: pairwise, scope: siblings}]
"""


def test_a_forecast_asks_nobody_and_counts_what_is_asked_then(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(30)) as (opened, server):
        expected = forecast_judging(opened, MINE)
        assert server.asked == []
        view = judge(opened)
    assert (expected.conversations, expected.passed, expected.known) == (30, 30, 0)
    assert expected.uses.calls.low == expected.uses.calls.high == view.calls == 30
    assert expected.uses.prompt_tokens.low == pytest.approx(view.prompt_tokens, rel=0.2)
    assert expected.uses.reply_tokens.low <= view.completion_tokens
    assert view.completion_tokens <= expected.uses.reply_tokens.high


def test_what_was_answered_is_not_in_the_next_forecast(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(6), BY_CATEGORY) as (opened, _):
        judge(opened)
        expected = forecast_judging(opened, MINE)
    assert expected.uses.calls.high == expected.uses.prompt_tokens.high == 0


def test_a_category_that_is_not_known_gives_a_range(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(3), BY_CATEGORY) as (opened, _):
        expected = forecast_judging(opened, MINE)
        view = judge(opened)
    prompts = expected.uses.prompt_tokens
    assert expected.uses.calls.low == expected.uses.calls.high == view.calls == 6
    assert prompts.low < prompts.high
    assert prompts.low * 0.8 <= view.prompt_tokens <= prompts.high * 1.2


def test_pairs_are_two_calls_each(tmp_path: Path) -> None:
    said = ("score 2", "score 5", "score 1")
    trees = [siblings(f"t{n}", f"Which of {n}?", *said) for n in range(2)]
    with judging(tmp_path, trees, PAIRS) as (opened, _):
        assert forecast_judging(opened, MINE).uses.calls.low == judge(opened).calls == 12


def test_dollars_are_told_where_there_is_a_price(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(10)) as (opened, server):
        unpriced = forecast_judging(opened, MINE)
        use(opened, server, "critic", prompt_usd=3.0, completion_usd=15.0)
        priced = forecast_judging(opened, MINE)
        cost = judge(opened).cost_usd
        use(opened, server, "critic", is_free=True)
        free = forecast_judging(opened, MINE)
    assert (unpriced.unpriced, unpriced.is_free) == (("critic",), False)
    assert "The price of critic is not known" in forecast_in_words(unpriced)
    assert 0.8 * priced.uses.usd.low <= cost <= 1.2 * priced.uses.usd.high
    assert (free.is_free, "costs nothing" in forecast_in_words(free)) == (True, True)


def test_replies_seen_before_make_the_forecast_sharp(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(25)) as (opened, _):
        wide = forecast_judging(opened, MINE).uses.reply_tokens
        view = judge(opened)
        more = asked_and_answered(10, "Another answer {n}, score {score}.")
        later = [
            conversation(f"x{n}", *(m.content for m in o.messages)) for n, o in enumerate(more)
        ]
        add_conversations(opened.database, [RecordResult(one) for one in later])
        sharp = forecast_judging(opened, MINE).uses.reply_tokens
    assert wide.low < wide.high
    assert sharp.low == sharp.high == pytest.approx(10 * view.completion_tokens / 25)


def test_a_rubric_is_tried_on_a_few_and_nothing_is_kept(tmp_path: Path) -> None:
    several = [*asked_and_answered(4), conversation("mute", "Anybody?")]
    names = [one.id for one in several]
    with judging(tmp_path, several) as (opened, server):
        use(opened, server, "critic", prompt_usd=3.0)
        server.say = unless(lambda body: "number 2," in str(body["messages"]))
        found = try_rubric(opened, load_rubrics()["helpfulness"], "schema", "critic", names)
        assert all(one.tags == () for one in everything(opened))
        assert used_by_judges(opened.database).calls == 0
    values = [t.examined.judgement.value if t.examined and t.examined.judgement else None
              for t in found]  # fmt: skip
    assert values == [1.0, 2.0, None, 4.0, None]
    assert (found[2].examined is not None, found[4].failure) == (True, "It has no answer to judge.")
    assert all((one.cost_usd or 0) > 0 for one in found[:4])


def test_a_trial_that_fails_says_why(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(2)) as (opened, server):
        server.draw = lambda body: "401"
        rubric = load_rubrics()["helpfulness"]
        found = try_rubric(opened, rubric, "schema", "critic", [ConversationId("c0")])
        with pytest.raises(NotFound, match="no model named 'nobody'"):
            try_rubric(opened, rubric, "schema", "nobody", [ConversationId("c0")])
    assert (found[0].examined, "key" in found[0].failure) == (None, True)
