"""Loops, sentence by sentence of the semantics."""

from typing import Any

import pytest

from grasp_ui.engine.compile import compile_graph, problems_of, variables_at
from grasp_ui.llm.scripted import Messages, ScriptedModel
from grasp_ui.model.event import ArrowsTaken, CallEnded, NodeEnded, RecordEnded
from grasp_ui.model.graph import GraphSpec
from grasp_ui.services.graph_file import read_graph
from tests.builders import Heard, graph, play, surroundings

EXAMPLE = """
grasp: 1
title: Critique until it holds
models:
  writer: {model: local, temperature: 0.3, max_tokens: 60}
  critic: {model: local, temperature: 0.0}
seeds: {kind: inline, rows: [{topic: tomatoes on a balcony}, {topic: a slow laptop}]}
nodes:
  mood:     {kind: sampler, writes: mood, options: {curious: 3, annoyed: 1}}
  ask:
    kind: turn
    role: user
    model: writer
    persona: A {mood} person who wants to know about {topic}.
    prompt: Ask one short question.
  answer:   {kind: turn, role: assistant, model: writer, revises: true}
  critique: {kind: judge, rubric: helpfulness, model: critic, writes: critique}
edges:
  - mood -> ask -> answer -> critique
  - {from: critique, to: answer, when: critique.score < 4, max_visits: 2}
tagging: {profile: default}
"""
OBJECT = {"type": "object"}
SAY: dict[str, Any] = {"kind": "generate", "prompt": "{visit}"}


def fired(heard: Heard, *, state: str = "done") -> list[str]:
    """The nodes that ended so, with their visits, in order."""
    ends = (end for end in heard.of(NodeEnded) if end.state == state)
    return [f"{end.node}{end.visit}" for end in ends]


def problems(spec: GraphSpec, *columns: str) -> list[str]:
    return [str(problem) for problem in problems_of(spec, surroundings(*columns))]


def numbered(*chains: str, **nodes: dict[str, Any]) -> GraphSpec:
    """A graph whose nodes write how often they were visited."""
    plain = {name: {**SAY, "writes": name} for name in graph(*chains).nodes}
    return graph(*chains, nodes={**plain, **nodes})


def echo(messages: Messages) -> str:
    return str(messages[-1]["content"])


def test_the_example_of_the_architecture_page_compiles_and_runs() -> None:
    spec = read_graph(EXAMPLE)
    heard = play(spec, ScriptedModel(["yes"]), [{"topic": "tea"}])
    assert [m.content for m in heard.results[0].conversation.messages] == ["yes"] * 4


def test_a_loop_goes_round_as_often_as_max_visits_and_once_more() -> None:
    spec = numbered("a -> b -> c", "b -> a if visit >= 0 most 2")
    assert fired(play(spec, ScriptedModel(echo))) == ["a0", "b0", "a1", "b1", "a2", "b2", "c0"]


def test_a_condition_that_does_not_hold_ends_the_loop() -> None:
    spec = numbered("a -> b -> c", "b -> a if visit < 1 most 5")
    assert fired(play(spec, ScriptedModel(echo))) == ["a0", "b0", "a1", "b1", "c0"]


def test_visits_are_counted_from_0_and_can_be_named() -> None:
    model = ScriptedModel(echo)
    play(numbered("a -> b", "b -> a if visit < 2 most 5"), model)
    assert [body["messages"][0]["content"] for body in model.asked] == list("001122")


def test_a_limit_that_is_reached_is_noted_in_the_trace() -> None:
    heard = play(numbered("a", "a -> a if visit < 9 most 1"), ScriptedModel(echo))
    first, second = heard.of(NodeEnded)
    assert "notes" not in first.detail
    assert second.detail["notes"] == ["a -> a: it was taken 1 times, its limit."]


def test_the_arrows_that_leave_a_loop_wait_for_its_end() -> None:
    spec = numbered("a -> b", "a -> e", "b -> a if visit < 2 most 5")
    assert fired(play(spec, ScriptedModel(echo))) == ["a0", "b0", "a1", "b1", "a2", "b2", "e0"]


def test_an_arrow_out_of_a_loop_counts_as_in_the_last_round() -> None:
    spec = numbered("a -> b", "a -> e if visit == 1", "a -> f if visit == 2",
                    "b -> a if visit < 2 most 5")  # fmt: skip
    heard = play(spec, ScriptedModel(echo))
    assert fired(heard)[-1] == "f0"
    assert fired(heard, state="skipped") == ["e0"]


def test_a_node_that_is_skipped_in_one_round_can_fire_in_the_next() -> None:
    spec = numbered("a -> b if visit == 1", "a -> c", "b -> c", "c -> a if visit < 2 most 5")
    heard = play(spec, ScriptedModel(echo))
    assert fired(heard) == ["a0", "c0", "a1", "b1", "c1", "a2", "c2"]
    assert fired(heard, state="skipped") == ["b0", "b2"]


def test_an_inner_loop_counts_anew_when_the_outer_one_enters_again() -> None:
    spec = numbered("a -> b -> c -> d", "c -> b if visit >= 0 most 1", "d -> a if visit < 1 most 1")
    heard = play(spec, ScriptedModel(echo))
    assert fired(heard) == ["a0", "b0", "c0", "b1", "c1", "d0", "a1", "b2", "c2", "b3", "c3", "d1"]


def test_two_arrows_back_out_of_one_node_decide_the_inner_one_first() -> None:
    spec = numbered("a -> b -> c", "c -> a if visit < 9 most 1", "c -> b if visit < 9 most 1")
    heard = play(spec, ScriptedModel(echo))
    assert fired(heard) == ["a0", "b0", "c0", "b1", "c1", "a1", "b2", "c2", "b3", "c3"]


def test_two_arrows_back_into_one_node_from_branches_of_a_router_are_one_loop() -> None:
    spec = graph("r -> b if visit == 0", "r -> c if visit == 1", "r -> d",
                 "b -> r if visit < 9 most 5", "c -> r if visit < 9 most 5",
                 nodes={"r": {"kind": "router"}})  # fmt: skip
    assert fired(play(spec, ScriptedModel(echo))) == ["r0", "b0", "r1", "c1", "r2", "d0"]


def test_both_parallel_tails_settle_before_the_loop_goes_round() -> None:
    spec = numbered("a -> b", "a -> c", "b -> a if visit < 1 most 5", "c -> a if visit < 2 most 5")
    heard = play(spec, ScriptedModel(echo))
    assert sorted(fired(heard)) == ["a0", "a1", "a2", "b0", "b1", "b2", "c0", "c1", "c2"]


def test_a_dead_path_through_a_loop_skips_all_of_it_once() -> None:
    spec = numbered("s -> a if n > 1", "a -> b -> c", "b -> a if visit < 3 most 5",
                    s={"kind": "router"})  # fmt: skip
    heard = play(spec, ScriptedModel(echo), [{"n": 0}])
    assert fired(heard, state="skipped") == ["a0", "b0", "c0"]


def test_what_leads_into_a_loop_from_outside_counts_in_every_round() -> None:
    spec = numbered("a -> b if visit == 0", "a -> c", "s -> b -> c", "c -> a if visit < 1 most 1",
                    s={"kind": "router"})  # fmt: skip
    assert "b1" in fired(play(spec, ScriptedModel(echo)))


def test_arrows_back_are_told_by_their_names() -> None:
    heard = play(numbered("a -> b", "b -> a if visit < 2 most 5"), ScriptedModel(echo))
    ticks = [tick.edges for tick in heard.ticks if isinstance(tick, ArrowsTaken)]
    assert ticks.count(("b -> a",)) == 2


def test_a_call_in_each_round_has_a_key_of_its_own() -> None:
    spec = graph("a", "a -> a if visit < 3 most 5", nodes={"a": {"kind": "generate"}})
    keys = [call.key for call in play(spec, ScriptedModel(["x"])).of(CallEnded)]
    assert len(set(keys)) == len(keys) == 4


def test_chance_is_drawn_anew_in_each_round() -> None:
    options = {str(number): 1 for number in range(1000)}
    nodes = {"a": {"kind": "sampler", "writes": "a", "options": options}}
    heard = play(graph("a", "a -> a if visit < 3 most 5", nodes=nodes), ScriptedModel(["x"]))
    assert len({end.detail["variables"]["a"] for end in heard.of(NodeEnded)}) == 4


@pytest.mark.parametrize("jinja", [False, True])
def test_a_variable_of_the_round_before_is_empty_in_the_first(jinja: bool) -> None:
    prompt = "so: {{ b.why }}." if jinja else "so: {b.why}."
    nodes = {"a": {**SAY, "prompt": prompt, "jinja": jinja, "writes": "a"},
             "b": {"kind": "generate", "json_schema": OBJECT, "writes": "b"}}  # fmt: skip
    model = ScriptedModel(["x", '{"why": "dull"}'])
    play(graph("a -> b", "b -> a if visit < 1 most 1", nodes=nodes), model)
    assert [body["messages"][0]["content"] for body in model.asked][::2] == ["so: .", "so: dull."]


def test_variables_of_the_round_before_are_offered_at_a_node() -> None:
    spec = numbered("a -> b -> c", "b -> a if visit < 1 most 1")
    assert variables_at(spec, surroundings())["a"] == ("a", "b", "record", "visit")


def test_a_variable_that_is_written_after_the_loop_is_not_there_in_it() -> None:
    spec = numbered("a -> b -> c", "b -> a if visit < 1 most 1", a={**SAY, "prompt": "{c}"})
    assert problems(spec)[0].startswith("node 'a', prompt: 'c' is not there yet")


def test_what_follows_a_loop_may_read_what_any_of_its_nodes_writes() -> None:
    spec = graph("a -> b", "a -> c", "b -> d", "c -> d", "b -> e", "d -> a if visit < 1 most 1",
                 nodes={"c": {**SAY, "writes": "a", "prompt": "x"},
                        "e": {**SAY, "prompt": "{a}", "writes": "e"}})  # fmt: skip
    assert problems(spec) == []


def test_a_branch_of_a_loop_may_not_read_what_another_writes_a_round_before() -> None:
    spec = graph("a -> b", "a -> c", "b -> d", "c -> d", "d -> a if visit < 1 most 1",
                 nodes={"b": {**SAY, "prompt": "{c}", "writes": "b"}})  # fmt: skip
    assert problems(spec) == [
        "node 'b': It reads 'c', which 'c' can write at the same time. "
        "Put one after the other, or let 'c' write another variable."
    ]


def test_loops_that_overlap_are_a_problem_with_a_way_out() -> None:
    spec = graph("a -> b -> c -> d", "c -> a if a == 1 most 1", "d -> b if a == 1 most 1")
    assert problems(spec) == [
        "arrow d -> b: Its loop and that of `c -> a` overlap at 'b', and one would end "
        "inside of the other. Let it lead back to 'a' too, or keep the two apart."
    ]


def test_loops_that_wait_for_each_other_are_a_problem() -> None:
    spec = graph("a -> b", "c -> d", "a -> d", "c -> b", "b -> a if a == 1 most 1",
                 "d -> c if c == 1 most 1")  # fmt: skip
    assert problems(spec)[0].startswith("arrow a -> d: The loop around 'a' waits for a loop")


def test_a_node_may_be_a_loop_by_itself() -> None:
    heard = play(numbered("a -> b", "a -> a if visit < 2 most 5"), ScriptedModel(echo))
    assert fired(heard) == ["a0", "a1", "a2", "b0"]


def test_a_condition_that_fails_in_a_later_round_fails_the_record() -> None:
    spec = graph("a -> b", "b -> a if x < 1 most 5", nodes={"a": {**SAY, "writes": "x"}})
    heard = play(spec, ScriptedModel(echo))
    assert heard.of(RecordEnded)[0].error_code == "condition_failed"


def test_plans_know_the_loops_around_each_node() -> None:
    spec = numbered("a -> b -> c -> d", "c -> b if visit < 1 most 1", "d -> a if visit < 1 most 1")
    plan = compile_graph(spec, surroundings())
    assert [plan.nodes[name].loops for name in "abcd"] == [(0,), (0, 1), (0, 1), (0,)]
