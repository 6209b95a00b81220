"""What can be wrong with arrows: what is said, where, and what to do."""

from typing import Any

import pytest

from grasp_ui.engine.compile import compile_graph, problems_of
from grasp_ui.errors import InvalidGraph
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
            graph("a -> b", "b -> c").model_copy(update={"nodes": graph("a -> b").nodes}),
            "arrow b -> c: There is no node named 'c'. Known: a, b.",
        ),
        (
            graph("a -> a"),
            "arrow a -> a: 'a' leads to itself. "
            "Give the arrow back `when` and `max_visits`, or take it out.",
        ),
        (
            graph("a -> b", "a -> b"),
            "arrow a -> b: The arrow stands 2 times. Keep one; join their conditions with `or`.",
        ),
        (
            graph("a -> b -> c -> a"),
            "arrow c -> a: The arrows go in a circle without an end: a → b → c → a. "
            "Give the arrow back `when` and `max_visits`, or take it out.",
        ),
        (
            graph("a -> b if a << 4"),
            "arrow a -> b, when: 'a << 4' is not allowed in a condition (at character 1). "
            "Write a comparison, such as `critique.score < 4`.",
        ),
        (
            graph("a -> b if mod == 'x'"),
            "arrow a -> b, when: There is no variable 'mod'. Known: record, visit, a.",
        ),
        (
            graph("r -> a", "r -> b", nodes={"r": {"kind": "router"}}),
            "node 'r', when: The arrows to 'a' and 'b' have no condition: only the first could be "
            "taken. Give all but one of them a condition with `when`.",
        ),
    ],
)
def test_a_wrong_arrow_has_place_and_fix(spec: GraphSpec, said: str) -> None:
    assert problems(spec) == [said]


def looped(when: str | None, visits: int, *, source: str = "b", target: str = "a") -> GraphSpec:
    spec = graph("a -> b -> c", f"{source} -> {target}")
    *plain, last = spec.edges
    back = last.model_copy(update={"when": when, "max_visits": visits})
    return spec.model_copy(update={"edges": (*plain, back)})


def test_an_arrow_back_without_a_condition_would_always_go_on() -> None:
    [said] = problems(looped(None, 2))
    assert said.startswith("arrow b -> a, when: The arrow back has no condition: a → … → b → a")


def test_an_arrow_back_that_is_never_taken_is_a_problem() -> None:
    assert "so the arrow is never taken" in problems(looped("a == 'x'", 0))[0]


def test_a_limit_on_an_arrow_forward_is_a_problem() -> None:
    spec = looped("a == 'x'", 2, source="a", target="c")
    assert problems(spec)[0].startswith("arrow a -> c, max_visits: `max_visits` bounds an arrow")


def test_a_loop_is_named() -> None:
    with pytest.raises(InvalidGraph, match="a → b → a"):
        compile_graph(graph("a -> b", "b -> a"), surroundings())


def test_a_long_chain_is_no_trouble() -> None:
    spec = graph(" -> ".join(f"n{number}" for number in range(1500)))
    assert problems(spec) == []
    assert len(compile_graph(spec, surroundings()).nodes) == 1500
