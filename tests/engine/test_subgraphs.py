"""A graph as a node: its nodes in its place, its variables renamed, its problems named."""

from dataclasses import replace
from typing import Any

import pytest

from grasp_ui.engine.compile import compile_graph, problems_of, variables_at
from grasp_ui.llm.scripted import Messages, ScriptedModel
from grasp_ui.model.event import ArrowsTaken, CallEnded, NodeEnded, NodeStarted, RecordEnded
from grasp_ui.model.graph import GraphSpec
from tests.builders import Heard, graph, play, surroundings

ASK: dict[str, Any] = {"kind": "generate"}
INNER = graph(
    "think -> check",
    nodes={
        "think": {**ASK, "prompt": "think of {topic}", "writes": "idea"},
        "check": {**ASK, "prompt": "check {idea}", "writes": "verdict"},
    },
)
OUTER = graph(
    "mood -> draft -> use",
    nodes={
        "draft": {"kind": "subgraph", "graph": "inner", "inputs": {"topic": "mood"},
                  "outputs": {"verdict": "said"}},
        "use": {**ASK, "prompt": "use {said}", "writes": "used"},
    },
)  # fmt: skip


def echo(messages: Messages) -> str:
    return f"<{messages[-1]['content']}>"


def held(**fields: Any) -> GraphSpec:
    """The outer graph with other fields at the node that holds the inner one."""
    node = {"kind": "subgraph", "graph": "inner", **fields}
    return graph("mood -> draft", nodes={"draft": node})


def problems(spec: GraphSpec, *columns: str, **graphs: GraphSpec) -> list[str]:
    around = replace(surroundings(*columns), graphs={"inner": INNER, **graphs})
    return [str(problem) for problem in problems_of(spec, around)]


def ended(heard: Heard) -> list[str]:
    return [end.node for end in heard.of(NodeEnded)]


def run(spec: GraphSpec = OUTER, *rows: dict[str, Any], **graphs: GraphSpec) -> Heard:
    return play(spec, ScriptedModel(echo), rows or ({},), graphs={"inner": INNER, **graphs})


def test_the_nodes_of_a_subgraph_run_in_its_place() -> None:
    assert ended(run()) == ["mood", "draft/think", "draft/check", "draft", "use"]


def test_inputs_and_outputs_rename_variables() -> None:
    variables = run().results[0].conversation.variables
    assert variables["said"] == "<check <think of mood>>"
    assert variables["used"] == "<use <check <think of mood>>>"


def test_what_is_no_output_stays_inside() -> None:
    assert set(run().results[0].conversation.variables) == {"mood", "said", "used"}


def test_variables_that_are_not_renamed_are_read_by_their_own_name() -> None:
    heard = run(held(), {"topic": "tea"})
    assert heard.of(CallEnded)[0].reply == "<think of tea>"


def test_a_variable_inside_does_not_touch_one_of_that_name_outside() -> None:
    nodes = {"a": {**ASK, "prompt": "a", "writes": "idea"},
             "s": {"kind": "subgraph", "graph": "inner"},
             "b": {**ASK, "prompt": "{idea}", "writes": "b"}}  # fmt: skip
    heard = run(graph("a -> s -> b", nodes=nodes), {"topic": "tea"})
    assert heard.results[0].conversation.variables == {"idea": "<a>", "b": "<<a>>"}


def test_the_same_graph_can_stand_in_several_places() -> None:
    nodes = {n: {"kind": "subgraph", "graph": "inner", "outputs": {"verdict": n}} for n in "ab"}
    heard = run(graph("s -> a", "s -> b", nodes=nodes), {"topic": "tea"})
    assert len({call.key for call in heard.of(CallEnded)}) == 4
    assert set(heard.results[0].conversation.variables) == {"s", "a", "b"}


def test_turns_of_a_subgraph_speak_in_the_dialogue() -> None:
    talk = graph(
        "ask -> answer",
        nodes={
            "ask": {"kind": "turn", "role": "user"},
            "answer": {"kind": "turn", "role": "assistant"},
        },
    )
    nodes = {"talk": {"kind": "subgraph", "graph": "talk"}, "bye": {"kind": "turn", "role": "user"}}
    [result] = run(graph("talk -> bye", nodes=nodes), talk=talk).results
    assert [m.node for m in result.conversation.messages] == ["talk/ask", "talk/answer", "bye"]


def test_arrows_are_told_as_they_were_drawn() -> None:
    ticks = [t.edges for t in run().ticks if isinstance(t, ArrowsTaken) and "/" not in t.node]
    assert ticks == [("mood -> draft",), ("draft -> use",)]
    started = [tick.node for tick in run().ticks if isinstance(tick, NodeStarted)]
    assert "draft/" not in started


def test_a_subgraph_that_no_arrow_leads_to_is_skipped_with_all_its_nodes() -> None:
    spec = graph("mood -> draft if n > 1", nodes={"draft": {"kind": "subgraph", "graph": "inner"}})
    heard = run(spec, {"n": 0, "topic": "tea"})
    states = {end.node: end.state for end in heard.of(NodeEnded)}
    assert states == {"mood": "done", "draft/think": "skipped", "draft/check": "skipped",
                      "draft": "skipped"}  # fmt: skip


def test_a_subgraph_is_done_when_its_last_branch_has_ended() -> None:
    inner = graph("a -> b if n > 1", "a -> c -> d")
    spec = graph("s -> end", nodes={"s": {"kind": "subgraph", "graph": "branchy"}})
    assert ended(run(spec, {"n": 0}, branchy=inner))[-2:] == ["s", "end"]


def test_loops_run_inside_of_a_subgraph_and_around_it() -> None:
    inner = graph("a -> b", "b -> a if visit >= 0 most 1")
    spec = graph(
        "s", "s -> s if visit < 1 most 1", nodes={"s": {"kind": "subgraph", "graph": "looped"}}
    )
    heard = run(spec, looped=inner)
    found = [(end.node, end.visit) for end in heard.of(NodeEnded)]
    assert found.count(("s", 1)) == 1
    assert [visit for node, visit in found if node == "s/a"] == [0, 1, 2, 3]


def test_a_subgraph_in_a_subgraph_has_a_path_of_two_names() -> None:
    middle = graph(
        "in", nodes={"in": {"kind": "subgraph", "graph": "inner", "outputs": ["verdict"]}}
    )
    spec = graph("s -> use", nodes={
        "s": {"kind": "subgraph", "graph": "middle", "outputs": {"verdict": "v"}},
        "use": {**ASK, "prompt": "{v}", "writes": "used"}})  # fmt: skip
    heard = run(spec, {"topic": "tea"}, middle=middle)
    assert ended(heard) == ["s/in/think", "s/in/check", "s/in", "s", "use"]
    assert heard.results[0].conversation.variables["used"] == "<<check <think of tea>>>"


def test_fields_of_nodes_inside_can_be_set() -> None:
    heard = run(held(overrides={"nodes": {"think": {"prompt": "dream"}}}), {"topic": "x"})
    assert heard.of(CallEnded)[0].reply == "<dream>"


def test_fields_of_nodes_further_inside_can_be_set() -> None:
    middle = graph("in", nodes={"in": {"kind": "subgraph", "graph": "inner"}})
    spec = held(graph="middle", overrides={"nodes": {"in/think": {"prompt": "dream"}}})
    assert run(spec, {"topic": "x"}, middle=middle).of(CallEnded)[0].reply == "<dream>"


def test_models_inside_are_those_of_the_same_name_outside_else_their_own() -> None:
    models = {"m": {"model": "local", "max_tokens": 7}, "critic": {"model": "local"}}
    inner = INNER.model_copy(update={"models": models})
    plan = compile_graph(
        held(
            graph="two",
            overrides={"nodes": {"think": {"model": "m"}, "check": {"model": "critic"}}},
        ),
        replace(surroundings("topic"), graphs={"two": inner}),
    )
    assert set(plan.models) == {"m", "draft/critic"}
    assert plan.models["m"].max_tokens is None


def test_settings_of_models_inside_can_be_set() -> None:
    around = replace(surroundings("topic"), graphs={"inner": INNER})
    plan = compile_graph(held(overrides={"models": {"m": {"temperature": 0.5}}}), around)
    assert plan.models["draft/m"].temperature == 0.5
    assert plan.models["m"].temperature is None


def test_the_version_of_a_graph_has_that_of_the_graphs_inside() -> None:
    around = surroundings("topic")
    changed = INNER.model_copy(update={"system": "Other."})
    plans = [compile_graph(held(), replace(around, graphs={"inner": g})) for g in (INNER, changed)]
    assert plans[0].version != plans[1].version


def test_a_failure_inside_names_the_path() -> None:
    heard = play(OUTER, ScriptedModel([]), graphs={"inner": INNER})
    assert heard.of(RecordEnded)[0].node == "draft/think"


def test_the_variables_at_a_subgraph_are_those_before_it() -> None:
    around = replace(surroundings("topic"), graphs={"inner": INNER})
    assert variables_at(OUTER, around)["draft"] == ("topic", "mood", "record", "visit")
    assert "said" in variables_at(OUTER, around)["use"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"graph": ""}, "graph: The node names no graph. Name a file beside this one."),
        (
            {"graph": "innr"},
            "graph: There is no graph 'innr' here. Name a file beside this one, such as "
            "`critique.yaml`, or an id: `own/NAME` or `example/NAME`.",
        ),
        (
            {"outputs": ["verdct"]},
            "outputs: Nothing in 'inner' writes 'verdct'. Did you mean 'verdict'?",
        ),
        (
            {"inputs": {"idea": "mood"}},
            "inputs: 'idea' is an input, but 'inner' writes it itself. Take it out of the inputs.",
        ),
        (
            {"overrides": {"nodes": {"thnk": {}}}},
            "overrides: There is no node 'thnk' in 'inner'. Did you mean 'think'?",
        ),
        (
            {"overrides": {"models": {"n": {}}}},
            "overrides: There is no model alias 'n' in 'inner'. Known: m.",
        ),
        (
            {"overrides": {"nodes": {"think": {"promt": "x"}}}},
            "graph: Inside: node 'think', promt: There is no key 'promt' here. "
            "Did you mean 'prompt'?",
        ),
    ],
)
def test_a_wrong_subgraph_has_place_and_fix(fields: dict[str, Any], said: str) -> None:
    assert problems(held(**fields), "topic") == [f"node 'draft', {said}"]


def test_an_input_that_is_not_there_is_a_problem() -> None:
    said = "node 'draft', inputs: There is no variable 'moood'. Did you mean 'mood'?"
    assert said in problems(held(inputs={"topic": "moood"}))


def test_a_variable_that_is_missing_inside_is_a_problem_of_the_node() -> None:
    assert problems(held()) == [
        "node 'draft', graph: Inside: node 'think', prompt: There is no variable 'topic'. "
        "Known: mood, record, visit."
    ]


def test_a_model_inside_that_settings_lack_is_a_problem_of_the_node() -> None:
    inner = INNER.model_copy(update={"models": {"other": {"model": "lokal"}}})
    assert problems(held(graph="other"), "topic", other=inner) == [
        "node 'draft', models.other.model: There is no model named 'lokal' in Settings. "
        "Did you mean 'local'?"
    ]


def test_a_graph_that_holds_itself_is_a_problem() -> None:
    loop = graph("a", nodes={"a": {"kind": "subgraph", "graph": "loop"}})
    [said] = problems(held(graph="loop"), loop=loop)
    assert said.endswith("The graph 'loop' holds itself: loop → loop. Take one out.")


def test_a_wrong_arrow_inside_is_a_problem_of_the_node() -> None:
    assert problems(held(graph="bad"), bad=graph("a -> b", "b -> a")) == [
        "node 'draft', graph: Inside: arrow b -> a: The arrows go in a circle without an end: "
        "a → b → a. Give the arrow back `when` and `max_visits`, or take it out."
    ]


def test_an_arrow_to_a_node_inside_is_a_problem_with_the_names_that_are_there() -> None:
    inner = graph("a -> b").model_copy(update={"nodes": graph("a").nodes})
    assert problems(held(graph="bad"), bad=inner) == [
        "node 'draft', graph: Inside: arrow a -> b: There is no node named 'b'. Did you mean 'a'?"
    ]


def test_two_speakers_of_one_role_in_and_after_a_subgraph_are_a_problem() -> None:
    talk = graph(nodes={"ask": {"kind": "turn", "role": "user"}})
    nodes = {"s": {"kind": "subgraph", "graph": "talk"}, "bye": {"kind": "turn", "role": "user"}}
    [said] = problems(graph("s -> bye", nodes=nodes), talk=talk)
    assert said.startswith("node 'bye', role: The user has just spoken when 'bye' speaks.")


def test_a_disabled_subgraph_is_passed_through() -> None:
    spec = graph(
        "a -> s -> b", nodes={"s": {"kind": "subgraph", "graph": "inner", "disabled": True}}
    )
    assert ended(run(spec)) == ["a", "s", "b"]


def test_a_name_with_a_slash_is_a_problem() -> None:
    spec = graph("a/b", nodes={"a/b": {"kind": "router"}})
    assert problems(spec) == [
        "node 'a/b': A node cannot be named 'a/b': `/` stands in paths into subgraphs. "
        "Give it a name without `/`."
    ]
