"""A graph for each element of a list: at once, gathered in order, failing with a reason."""

from dataclasses import replace
from typing import Any

import pytest

from grasp_ui.engine.calls import answer_of
from grasp_ui.engine.compile import compile_graph, problems_of, variables_at
from grasp_ui.errors import RunHalted
from grasp_ui.llm.port import ServerFault
from grasp_ui.llm.scripted import Line, Messages, ScriptedModel
from grasp_ui.model.event import CallEnded, NodeEnded, RecordEnded
from grasp_ui.model.graph import GraphSpec
from tests.builders import Heard, graph, play, surroundings
from tests.engine.drawn import WaveringModel

ASK: dict[str, Any] = {"kind": "generate"}
INNER = graph(
    "think -> check",
    nodes={
        "think": {**ASK, "prompt": "think of {item}", "writes": "idea"},
        "check": {**ASK, "prompt": "{topic}: {idea}", "writes": "verdict"},
    },
)
"""Two calls for an element; `topic` is of the record."""


def over(**fields: Any) -> GraphSpec:
    """A graph with a map over the column `items`, and a node after it."""
    node = {"kind": "map", "graph": "inner", "outputs": {"verdict": "verdicts"}, **fields}
    return graph("each -> use", nodes={"each": node, "use": {**ASK, "prompt": "{verdicts}"}})


def echo(messages: Messages) -> str:
    return f"<{messages[-1]['content']}>"


def run(items: Any, spec: GraphSpec | None = None, model: Any = None, **graphs: GraphSpec) -> Heard:
    rows = [{"items": items, "topic": "t"}]
    known = {"inner": INNER, **graphs}
    return play(spec or over(), model or ScriptedModel(echo), rows, graphs=known)


def problems(spec: GraphSpec, **graphs: GraphSpec) -> list[str]:
    around = replace(surroundings("items", "topic"), graphs={"inner": INNER, **graphs})
    return [str(problem) for problem in problems_of(spec, around)]


def test_the_outputs_of_all_elements_are_lists_in_order() -> None:
    variables = run(["a", "b", "c"], model=WaveringModel()).results[0].conversation.variables
    single = [
        run([item], model=WaveringModel()).results[0].conversation.variables["verdicts"][0]
        for item in "abc"
    ]
    assert variables["verdicts"] == single


def test_a_list_without_elements_gives_empty_lists() -> None:
    heard = run([])
    assert heard.results[0].conversation.variables["verdicts"] == []


def test_what_an_element_does_not_write_is_nothing() -> None:
    inner = graph("a -> b if item > 1", nodes={"b": {**ASK, "prompt": "x", "writes": "verdict"}})
    heard = run([1, 2], over(graph="some"), some=inner)
    assert heard.results[0].conversation.variables["verdicts"] == [None, "<x>"]


def test_elements_have_paths_and_keys_of_their_own() -> None:
    calls = run(["a", "a"]).of(CallEnded)
    assert {call.node for call in calls} == {
        "each/0/think", "each/0/check", "each/1/think", "each/1/check", "use",
    }  # fmt: skip
    assert len({call.key for call in calls}) == 5


def test_elements_may_have_another_name_and_inputs() -> None:
    spec = over(item="thing", inputs={"item": "topic"})
    assert run(["a"], spec).of(CallEnded)[0].reply == "<think of t>"


def test_parts_of_a_variable_can_be_the_list() -> None:
    heard = run({"steps": ["a"]}, over(over="items.steps"))
    assert heard.of(CallEnded)[0].reply == "<think of a>"


@pytest.mark.parametrize(("items", "found"), [("text", "str"), (None, "NoneType"), ({}, "dict")])
def test_what_is_no_list_fails_the_record_with_a_reason(items: Any, found: str) -> None:
    [end] = run(items).of(RecordEnded)
    assert (end.node, end.error_code) == ("each", "not_a_list")
    assert f"'items' is no list but {found}" in str(end.error)


def test_an_element_that_fails_fails_the_record_and_says_which() -> None:
    def say(messages: Messages) -> Line:
        text = str(messages[-1]["content"])
        return ServerFault("boom") if text == "think of b" else text

    [end] = run(["a", "b", "c"], model=ScriptedModel(say)).of(RecordEnded)
    assert (end.node, end.error_code) == ("each", "server_fault")
    assert end.error == "It failed at 'each/1/think': boom"


def test_no_more_elements_are_under_way_than_may_be() -> None:
    model = WaveringModel()
    most: list[int] = []
    under_way = 0

    class Counting:
        name = wire_name = "counting"

        async def reply(self, request: Any, watch: Any = None) -> Any:
            nonlocal under_way
            under_way += 1
            most.append(under_way)
            reply = await model.reply(request, watch)
            under_way -= 1
            return reply

    run(list("abcdefgh"), over(at_once=3), Counting())
    assert max(most) == 3


def test_the_answers_of_a_run_are_found_again() -> None:
    first = run(["a", "b"])
    answers = {call.key: answer_of(call) for call in first.of(CallEnded)}
    rows = [{"items": ["a", "b"], "topic": "t"}]
    silent = ScriptedModel([])
    again = play(over(), silent, rows, graphs={"inner": INNER}, answers=answers)
    assert silent.asked == []
    assert again.results == first.results


def test_a_halted_map_leaves_its_record_without_an_end() -> None:
    left = iter(range(3))

    def gate() -> None:
        if next(left, None) is None:
            raise RunHalted("No more.")

    rows = [{"items": list("abc"), "topic": "t"}]
    heard = play(over(), ScriptedModel(echo), rows, graphs={"inner": INNER}, gate=gate)
    assert len(heard.of(CallEnded)) == 3
    assert heard.of(RecordEnded) == []


def test_a_map_in_a_loop_has_keys_of_its_own_in_every_round() -> None:
    nodes = {"each": {"kind": "map", "graph": "inner", "outputs": ["verdict"]}}
    spec = graph("each", "each -> each if visit < 1 most 1", nodes=nodes)
    heard = run(["a"], spec)
    assert len({call.key for call in heard.of(CallEnded)}) == 4
    found = [(end.node, end.visit) for end in heard.of(NodeEnded)]
    assert len(set(found)) == len(found) == 6


def test_a_map_in_a_map_gathers_lists_of_lists() -> None:
    middle = graph(
        "row",
        nodes={
            "row": {
                "kind": "map",
                "over": "item",
                "item": "cell",
                "graph": "cell",
                "outputs": {"made": "cells"},
            }
        },
    )
    cell = graph("m", nodes={"m": {**ASK, "prompt": "{cell}", "writes": "made"}})
    spec = over(graph="middle", outputs={"cells": "verdicts"})
    heard = run([["a", "b"], ["c"]], spec, middle=middle, cell=cell)
    assert heard.results[0].conversation.variables["verdicts"] == [["<a>", "<b>"], ["<c>"]]
    assert "each/0/row/1/m" in {call.node for call in heard.of(CallEnded)}


def test_a_subgraph_may_stand_in_a_map_and_a_map_in_a_subgraph() -> None:
    middle = graph(
        "in", nodes={"in": {"kind": "subgraph", "graph": "inner", "outputs": ["verdict"]}}
    )
    outer = over(graph="middle")
    spec = graph("s", nodes={"s": {"kind": "subgraph", "graph": "outer", "outputs": ["verdicts"]}})
    heard = run(["a"], spec, middle=middle, outer=outer)
    assert heard.results[0].conversation.variables["verdicts"] == ["<t: <think of a>>"]
    assert "s/each/0/in/check" in {call.node for call in heard.of(CallEnded)}


def test_models_of_a_graph_in_a_map_are_among_those_of_the_plan() -> None:
    deep = graph("in", nodes={"in": {"kind": "subgraph", "graph": "own"}})
    own = INNER.model_copy(update={"models": {"special": {"model": "local"}}})
    around = replace(surroundings("items", "topic"), graphs={"deep": deep, "own": own})
    spec = graph("each", nodes={"each": {"kind": "map", "graph": "deep"}})
    assert "each/in/special" in compile_graph(spec, around).models


def test_a_model_in_a_map_that_settings_lack_is_a_problem_of_the_node() -> None:
    own = INNER.model_copy(update={"models": {"special": {"model": "lokal"}}})
    deep = graph("in", nodes={"in": {"kind": "subgraph", "graph": "own"}})
    spec = graph("each", nodes={"each": {"kind": "map", "graph": "deep"}})
    assert problems(spec, deep=deep, own=own) == [
        "node 'each', graph: Inside: node 'in', models.special.model: There is no model named "
        "'lokal' in Settings. Did you mean 'local'?"
    ]


def test_lists_are_offered_after_a_map() -> None:
    around = replace(surroundings("items", "topic"), graphs={"inner": INNER})
    assert "verdicts" in variables_at(over(), around)["use"]


def test_a_speaker_in_a_map_is_a_problem() -> None:
    talk = graph(nodes={"ask": {"kind": "turn", "role": "user"}})
    assert problems(over(graph="talk", outputs={}), talk=talk)[0] == (
        "node 'each', graph: Inside: node 'ask', kind: 'ask' speaks, but elements of a list run "
        "at the same time. Let it be a `generate` node that writes a variable."
    )


def test_a_variable_that_is_missing_in_a_map_is_a_problem_of_the_node() -> None:
    inner = graph("a", nodes={"a": {**ASK, "prompt": "{itm}", "writes": "verdict"}})
    assert problems(over(graph="wrong"), wrong=inner) == [
        "node 'each', graph: Inside: node 'a', prompt: There is no variable 'itm'. "
        "Did you mean 'item'?"
    ]


def test_a_list_that_is_not_there_is_a_problem() -> None:
    assert problems(over(over="itms"))[0] == (
        "node 'each', over: There is no variable 'itms'. Did you mean 'items'?"
    )


def test_a_map_that_holds_itself_is_a_problem() -> None:
    spec = graph("each", nodes={"each": {"kind": "map", "graph": "self"}})
    assert problems(spec, self=spec) == [
        "node 'each', graph: Inside: node 'each', graph: The graph 'self' holds itself: "
        "self → self. Take one out."
    ]
