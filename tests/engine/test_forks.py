"""A panel that picks each: every candidate goes on as a record of its own."""

from typing import Any

from grasp_ui.engine.calls import answer_of
from grasp_ui.engine.compile import problems_of
from grasp_ui.llm.port import ServerFault
from grasp_ui.llm.scripted import Messages, ScriptedModel
from grasp_ui.model.event import CallEnded, NodeEnded, RecordEnded
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.record import Seed
from tests.builders import Heard, graph, play, surroundings

USER: dict[str, Any] = {"kind": "turn", "role": "user"}
EACH: dict[str, Any] = {"kind": "panel", "candidates": 3, "pick": "each"}
ID = Seed(index=0).record_id
SPEC = graph("ask -> answers -> thank", nodes={"ask": USER, "answers": EACH, "thank": USER})


def talk(*candidates: str) -> ScriptedModel:
    """A question, candidates, and a thank-you that repeats which it was."""
    lines = iter(("q", *candidates))
    return ScriptedModel(lambda said: next(lines, None) or f"thanks for {said[-1]['content']}")


def by_id(heard: Heard) -> dict[str, RecordEnded]:
    return {end.record_id.removeprefix(ID): end for end in heard.of(RecordEnded)}


def active(end: RecordEnded) -> list[str]:
    thread = end.result.conversation.active_thread() if end.result else None
    return [message.content for message in thread.messages] if thread else []


def problems(spec: GraphSpec) -> list[str]:
    return [str(problem) for problem in problems_of(spec, surroundings())]


def test_each_candidate_goes_on_as_a_record_of_its_own() -> None:
    found = by_id(play(SPEC, talk("c0", "c1", "c2")))
    assert {name: active(end) for name, end in found.items()} == {
        "": ["q", "c0", "thanks for c0"],
        "/2": ["q", "c1", "thanks for c1"],
        "/3": ["q", "c2", "thanks for c2"],
    }


def test_a_fork_keeps_the_siblings_of_its_candidate_and_has_ids_of_its_own() -> None:
    results = play(SPEC, talk("c0", "c1", "c2")).results
    assert all(len(one.conversation.messages) == 5 for one in results)
    assert len({m.id for one in results for m in one.conversation.messages}) == 15
    assert len({one.conversation.id for one in results}) == 3


def test_a_record_is_told_to_have_ended_after_its_forks() -> None:
    ends = play(SPEC, talk("c0", "c1", "c2")).of(RecordEnded)
    assert ends[-1].record_id == ID
    assert {end.record_index for end in ends} == {0}


def test_a_fork_has_variables_of_its_own() -> None:
    nodes = {"answers": EACH, "note": {"kind": "generate", "prompt": "{record}", "writes": "v"}}
    model = ScriptedModel([str(number) for number in range(9)])
    results = play(graph("answers -> note", nodes=nodes), model).results
    assert {one.conversation.variables["v"] for one in results} == {"3", "4", "5"}


def test_a_fork_fails_by_itself() -> None:
    lines = iter(("q", "c0", "c1", "c2"))

    def say(messages: Messages) -> str | ServerFault:
        text = messages[-1]["content"]
        return next(lines, None) or (ServerFault("boom") if text == "c1" else "thanks")

    states = {name: end.state for name, end in by_id(play(SPEC, ScriptedModel(say))).items()}
    assert states == {"": "done", "/2": "failed", "/3": "done"}


def test_a_judge_after_the_fork_scores_the_forks_own_candidate() -> None:
    nodes = {"answers": EACH, "judge": {"kind": "judge", "writes": "v"}}
    model = ScriptedModel(lambda said: "Yes" if "Yes or No" in str(said) else "c")
    results = play(graph("answers -> judge", nodes=nodes), model).results
    assert [len(one.tags) for one in results] == [1, 1, 1]
    assert all(one.conversation.variables["v"]["score"] == 1.0 for one in results)
    own = [next(m.id for m in one.conversation.messages if m.active) for one in results]
    assert [one.tags[0].target.id for one in results] == own


def test_what_was_judged_before_the_fork_is_kept_in_every_fork() -> None:
    nodes = {"ask": USER, "judge": {"kind": "judge"}, "answers": EACH}
    model = ScriptedModel(lambda said: "Yes" if "Yes or No" in str(said) else "c")
    results = play(graph("ask -> judge -> answers", nodes=nodes), model).results
    asked = [one.conversation.messages[0].id for one in results]
    assert [one.tags[0].target.id for one in results] == asked


def test_a_fork_may_fork_and_go_round_in_loops() -> None:
    spec = graph("ask -> answers", "answers -> ask if visit < 1 most 1",
                 nodes={"ask": USER, "answers": {**EACH, "candidates": 2}})  # fmt: skip
    found = by_id(play(spec, ScriptedModel(["x"])))
    assert sorted(found) == ["", "/2", "/2/2", "/3"]
    assert all(len(active(end)) == 4 for end in found.values())


def test_a_fork_that_has_ended_is_not_told_again() -> None:
    first = play(SPEC, talk("c0", "c1", "c2"))
    answers = {call.key: answer_of(call) for call in first.of(CallEnded)}
    again = play(SPEC, ScriptedModel([]), answers=answers, ended=[f"{ID}/2"])
    assert sorted(by_id(again)) == ["", "/3"]
    assert not [end for end in again.of(NodeEnded) if end.record_id == f"{ID}/2"]


def test_a_seed_that_has_ended_is_passed_over() -> None:
    assert play(SPEC, ScriptedModel([]), ended=[ID]).events == []


def test_nothing_may_run_beside_a_fork() -> None:
    nodes = {"ask": USER, "answers": EACH, "thank": USER}
    assert problems(graph("ask -> answers -> thank", "mood -> thank", nodes=nodes)) == [
        "node 'answers', pick: It forks the record while 'mood' can run at the same time. "
        "Put one after the other: `mood -> answers`."
    ]
