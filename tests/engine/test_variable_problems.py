"""What can be wrong with variables: what is said, where, and what to do."""

from typing import Any

import pytest

from grasp_ui.engine.compile import problems_of, variables_at
from grasp_ui.engine.plan import Surroundings
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
            graph("a -> b", nodes={"b": {"kind": "generate", "prompt": "{topc} {a}"}}),
            "node 'b', prompt: There is no variable 'topc'. Did you mean 'topic'?",
        ),
        (
            graph("a -> b", nodes={"a": {"kind": "generate", "prompt": "{b}"}}),
            "node 'a', prompt: 'b' is not there yet: 'b' writes it, but not before this. "
            "Let arrows lead here from 'b'.",
        ),
        (
            graph(
                "a -> b",
                nodes={
                    "a": {"kind": "sampler", "writes": "a", "disabled": True},
                    "b": {"kind": "generate", "prompt": "{a}"},
                },
            ),
            "node 'b', prompt: Nothing writes 'a': 'a' is disabled. "
            "Enable 'a', or leave the variable out.",
        ),
        (
            graph("a", nodes={"a": {"kind": "generate", "prompt": "{% if %}", "jinja": True}}),
            "node 'a': The Jinja text cannot be read in line 1: "
            "Expected an expression, got 'end of statement block'. Mend the text.",
        ),
        (
            graph("a", nodes={"a": {"kind": "sampler", "writes": "record"}}),
            "node 'a', writes: 'record' is built in and cannot be written. Choose another name.",
        ),
        (
            graph("a -> b", output={"messages": [{"role": "user", "content": "{c}"}]}),
            "output.messages.0.content: There is no variable 'c'. Known: topic, a, b, record.",
        ),
        (
            graph(nodes={"n": USER}, output={"keep": ["topik"]}),
            "output.keep: There is no variable 'topik'. Did you mean 'topic'?",
        ),
        (
            graph(nodes={"n": USER}, system="About {topik}"),
            "system: There is no variable 'topik'. Did you mean 'topic'?",
        ),
        (
            graph("a -> b", "a -> c", nodes={n: {"kind": "sampler", "writes": "x"} for n in "bc"}),
            "node 'c', writes: 'b' and 'c' can write 'x' at the same time. "
            "Let them write different variables, or put one after the other.",
        ),
        (
            graph(
                "a -> b",
                "a -> c",
                nodes={
                    "b": {"kind": "generate", "prompt": "{a}"},
                    "c": {"kind": "sampler", "writes": "a"},
                },
            ),
            "node 'b': It reads 'a', which 'c' can write at the same time. "
            "Put one after the other, or let 'c' write another variable.",
        ),
    ],
)
def test_a_wrong_variable_has_place_and_fix(spec: GraphSpec, said: str) -> None:
    assert problems(spec, "topic") == [said]


def test_columns_that_are_not_known_are_taken_on_trust() -> None:
    spec = graph("a -> b", nodes={"b": {"kind": "generate", "prompt": "{anything}"}})
    unknown = Surroundings(("local",), (), (), {}, None)
    assert problems_of(spec, unknown) == ()


def test_a_node_that_cannot_be_read_does_not_make_its_readers_wrong() -> None:
    nodes = {
        "q": {"kind": "generate", "writes": "question", "promt": "x"},
        "a": {"kind": "generate", "prompt": "{question}"},
    }
    assert len(problems(graph("q -> a", nodes=nodes))) == 1


def test_the_variables_at_a_node_are_those_written_before_it() -> None:
    spec = graph("a -> b -> d", "a -> c")
    found = variables_at(spec, surroundings("topic"))
    assert found["a"] == ("topic", "record", "visit")
    assert found["d"] == ("topic", "a", "b", "record", "visit")


def test_variables_are_told_of_graphs_that_are_wrong_too() -> None:
    spec = graph("a -> b -> a", "b -> c", nodes={"c": {"kind": "trun"}})
    assert variables_at(spec, surroundings())["c"] == ("a", "b", "record", "visit")
