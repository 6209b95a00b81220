"""Turns that are visited again: they revise their message, or add one."""

from itertools import cycle
from typing import Any

from grasp_ui.engine.compile import problems_of
from grasp_ui.engine.speech import REVISE
from grasp_ui.llm.scripted import Messages, ScriptedModel
from grasp_ui.model.conversation import Conversation, message_id
from grasp_ui.model.event import RecordEnded
from grasp_ui.model.graph import GraphSpec
from tests.builders import graph, play, surroundings

USER: dict[str, Any] = {"kind": "turn", "role": "user"}
REVISING: dict[str, Any] = {"kind": "turn", "role": "assistant", "revises": True}
JUDGE: dict[str, Any] = {"kind": "judge", "writes": "critique"}
ROUNDS = ("ask -> answer -> judge", "judge -> answer if visit < 2 most 9")


def refined(**answer: Any) -> GraphSpec:
    """A question, an answer that is revised twice, and a judge."""
    return graph(*ROUNDS, nodes={"ask": USER, "answer": {**REVISING, **answer}, "judge": JUDGE})


def counting() -> ScriptedModel:
    """Says how many calls there were before, and yes to judges."""
    said = iter(range(100))

    def say(messages: Messages) -> str:
        number = next(said)
        return "Yes" if "Yes or No" in str(messages) else f"m{number}"

    return ScriptedModel(say)


def left(spec: GraphSpec, model: ScriptedModel | None = None, **row: Any) -> Conversation:
    return play(spec, model or counting(), [row]).results[0].conversation


def active(found: Conversation) -> list[str]:
    thread = found.active_thread()
    return [message.content for message in thread.messages] if thread else []


def problems(spec: GraphSpec) -> list[str]:
    return [str(problem) for problem in problems_of(spec, surroundings())]


def test_a_revision_stands_beside_the_old_message_and_is_active() -> None:
    found = left(refined())
    ask, *answers = found.messages
    assert {one.parent_id for one in answers} == {ask.id}
    assert [one.active for one in answers] == [False, False, True]
    assert active(found) == ["m0", "m5"]


def test_a_revisit_is_shown_the_old_text_and_what_the_prompt_names() -> None:
    model = counting()
    play(refined(prompt="Round {visit}: {critique.score}"), model)
    asked = [(one["role"], one["content"]) for one in model.asked[3]["messages"]]
    assert asked == [("user", "m0"), ("assistant", "m1"), ("user", "Round 1: 1.0")]
    first = model.asked[1]["messages"]
    assert first == [{"role": "user", "content": "m0\n\nRound 0: "}]


def test_a_revisit_without_a_prompt_is_asked_for_a_better_message() -> None:
    model = counting()
    play(refined(), model)
    assert model.asked[3]["messages"][-1]["content"] == REVISE
    assert REVISE not in str(model.asked[1])


def test_a_judge_scores_the_new_message_in_every_round() -> None:
    [result] = play(refined(), counting()).results
    answers = [one.id for one in result.conversation.messages if one.node == "answer"]
    assert [tag.target.id for tag in result.tags] == answers


def test_a_message_that_is_judged_again_keeps_the_last_word_only() -> None:
    spec = graph("ask -> judge", "judge -> judge if visit < 2 most 9",
                 nodes={"ask": USER, "judge": JUDGE})  # fmt: skip
    assert len(play(spec, counting()).results[0].tags) == 1


def test_messages_say_their_visit_and_have_ids_of_their_own() -> None:
    found = left(refined())
    answers = [one for one in found.messages if one.node == "answer"]
    assert [one.visit for one in answers] == [0, 1, 2]
    assert [one.id for one in answers] == [
        message_id(found.id, "answer", (visit,)) for visit in range(3)
    ]


def test_a_panel_that_revises_itself_makes_new_siblings() -> None:
    spec = refined(kind="panel", candidates=2)
    found = left(spec)
    assert [one.active for one in found.messages] == [True, *[False] * 4, True, False]
    result = play(spec, counting()).results[0]
    assert len(result.preferences) == 3


def test_what_was_said_after_the_old_message_is_left_behind_with_it() -> None:
    spec = graph("ask -> answer -> thank", "thank -> answer if visit < 1 most 1",
                 nodes={"ask": USER, "answer": REVISING, "thank": USER})  # fmt: skip
    found = left(spec)
    assert active(found) == ["m0", "m3", "m4"]
    assert len(list(found.threads())) == 2


def test_a_revising_turn_answers_what_was_said_anew_in_its_round() -> None:
    spec = graph("ask -> answer", "answer -> ask if visit < 1 most 1",
                 nodes={"ask": USER, "answer": REVISING})  # fmt: skip
    assert active(left(spec)) == ["m0", "m1", "m2", "m3"]


def test_both_sides_may_revise_themselves() -> None:
    spec = graph("ask -> answer", "answer -> ask if visit < 1 most 1",
                 nodes={"ask": {**USER, "revises": True}, "answer": REVISING})  # fmt: skip
    found = left(spec)
    assert active(found) == ["m2", "m3"]
    assert len(list(found.threads())) == 2


def test_turns_without_revision_make_the_dialogue_longer() -> None:
    spec = graph("ask -> answer", "answer -> ask if visit < 2 most 9",
                 nodes={"ask": USER, "answer": {**REVISING, "revises": False}})  # fmt: skip
    assert active(left(spec)) == ["m0", "m1", "m2", "m3", "m4", "m5"]


def test_a_speaker_that_would_follow_itself_in_the_next_round_is_a_problem() -> None:
    assert problems(refined(revises=False)) == [
        "node 'answer', role: The assistant has just spoken when 'answer' speaks again, after "
        "`judge -> answer`. Set `revises: true`, or let another role speak in the loop."
    ]


def test_a_speaker_that_another_follows_in_some_rounds_is_no_problem() -> None:
    nodes = {"ask": USER, "answer": {**REVISING, "revises": False}, "more": USER,
             "end": {"kind": "router"}}  # fmt: skip
    spec = graph("ask -> answer", "answer -> more if record == 1", "answer -> end", "more -> end",
                 "end -> answer if visit < 1 most 1", nodes=nodes)  # fmt: skip
    assert problems(spec) == []
    first, second = play(spec, counting(), [{}, {}]).of(RecordEnded)
    assert {first.error_code, second.error_code} == {"same_role_twice", None}


def test_a_judge_that_picks_the_best_picks_among_the_last_candidates() -> None:
    spec = refined(kind="panel", candidates=2, pick="best")
    likes_the_second = cycle(("No", "Yes"))
    model = ScriptedModel(lambda said: next(likes_the_second) if "Yes or No" in str(said) else "x")
    found = left(spec, model)
    assert [one.active for one in found.messages] == [True, *[False] * 5, True]
