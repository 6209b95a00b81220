"""What can be wrong with who speaks and judges: what is said, where, and what to do."""

from typing import Any

import pytest

from grasp_ui.engine.compile import compile_graph, problems_of
from grasp_ui.model.graph import GraphSpec
from tests.builders import graph, surroundings

USER: dict[str, Any] = {"kind": "turn", "role": "user"}
ASSISTANT: dict[str, Any] = {"kind": "turn", "role": "assistant"}


def problems(spec: GraphSpec, *columns: str) -> list[str]:
    return [str(problem) for problem in problems_of(spec, surroundings(*columns))]


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (
            graph("a", nodes={"a": {"kind": "sampler"}}, output={}),
            "output.messages: Nothing is left of a record: no node speaks, and no messages are "
            'built. Add a turn, or `output: {messages: [{role: user, content: "{question}"}, …]}`.',
        ),
        (
            graph(nodes={"n": USER}, output={"messages": [{"role": "user", "content": "hi"}]}),
            "output.messages: 'n' speaks, but `output.messages` builds the conversation. "
            "Take one of them out.",
        ),
        (
            graph("a -> b -> c", nodes={"a": USER, "b": ASSISTANT, "c": ASSISTANT}),
            "node 'c', role: The assistant has just spoken when 'c' speaks. "
            "Let another role speak in between, or give the two a different `name:`.",
        ),
        (
            graph("s -> b", "s -> c", nodes={"b": USER, "c": ASSISTANT}),
            "node 'c': 'b' and 'c' can add to the transcript at the same time. "
            "Put one after the other: `b -> c`; or choose with a router.",
        ),
        (
            graph(nodes={"j": {"kind": "judge"}}),
            "node 'j': There is no message to judge: no turn and no panel comes before. "
            "Put it after a turn, or judge variables with a generate node and a schema.",
        ),
        (
            graph(nodes={"p": {"kind": "panel", "pick": "best"}}),
            "node 'p', pick: The best candidate is to be picked, but no judge stands directly "
            "after it. Put one judge after it, or pick the first.",
        ),
    ],
)
def test_a_wrong_dialogue_has_place_and_fix(spec: GraphSpec, said: str) -> None:
    assert problems(spec) == [said]


def test_settings_that_p_yes_has_no_use_for_are_a_warning_and_the_graph_runs() -> None:
    spec = graph("n -> j", nodes={"n": USER, "j": {"kind": "judge", "max_tokens": 5}})
    [found] = problems_of(spec, surroundings())
    assert (found.node, found.field, found.severity) == ("j", "max_tokens", "warning")
    assert compile_graph(spec, surroundings()).starts == ("n",)


def test_two_judges_cannot_both_pick_the_best() -> None:
    nodes = {"p": {"kind": "panel", "pick": "best"}} | {n: {"kind": "judge"} for n in "jk"}
    found = problems(graph("p -> j", "p -> k", nodes=nodes))
    assert any("but 2 judges stand directly after it" in said for said in found)


def test_branches_of_a_router_may_write_the_same_and_both_speak() -> None:
    nodes = {"a": USER, "r": {"kind": "router"}, "b": ASSISTANT, "c": ASSISTANT}
    spec = graph("a -> r", "r -> b if record > 1", "r -> c", "b -> d", "c -> d", nodes=nodes)
    assert problems(spec) == []


def test_a_router_does_not_divide_what_also_runs_beside_it() -> None:
    nodes = {"r": {"kind": "router"}, "b": ASSISTANT, "c": ASSISTANT}
    spec = graph("r -> b if record > 1", "r -> s", "a -> c", "s -> c", nodes=nodes)
    assert problems(spec)[0].startswith("node 'c': 'b' and 'c' can add to the transcript")


def test_one_role_twice_is_only_a_problem_when_every_path_has_it() -> None:
    nodes = {"a": USER, "b": ASSISTANT, "c": ASSISTANT}
    assert problems(graph("a -> b if record > 1", "b -> c", "a -> c", nodes=nodes)) == []


def test_speakers_with_different_names_may_follow_each_other() -> None:
    nodes = {"a": {**USER, "name": "Ann"}, "b": {**USER, "name": "Bob"}}
    assert problems(graph("a -> b", nodes=nodes)) == []


def test_seeds_with_messages_need_no_turn() -> None:
    spec = graph(nodes={"j": {"kind": "judge"}}, output={})
    assert problems(spec, "messages") == []
