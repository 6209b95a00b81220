"""Nodes that work on variables: set, increment, append, pick, mean_score."""

import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.engine.compile import problems_of
from grasp_ui.engine.kinds.append import extended
from grasp_ui.engine.kinds.mean_score import scores_in, weighted_mean
from grasp_ui.engine.kinds.pick import drawn_items
from grasp_ui.llm.scripted import ScriptedModel
from grasp_ui.model.graph import EdgeSpec
from tests.builders import graph, play, surroundings
from tests.engine.kinds.transforming import failure, written

PICK = {"kind": "pick", "reads": "l", "writes": "p"}
MEAN = {"kind": "mean_score", "scores": ["s"]}
WEIGHTS = st.lists(st.integers(0, 5), min_size=1, max_size=8)


def test_set_keeps_types_and_fills_texts_in() -> None:
    values = {"n": 3, "on": True, "none": None, "copy": "{l}", "deep": {"a": ["{l.0}!", 1.5]}}
    assert written({"kind": "set", "values": values}, {"l": ["x"]}) == {
        "n": 3, "on": True, "none": None, "copy": ["x"], "deep": {"a": ["x!", 1.5]},
    }  # fmt: skip


def test_all_values_of_a_set_read_what_was_there_before() -> None:
    spec = graph(
        "a -> b",
        nodes={
            "a": {"kind": "set", "values": {"x": 1, "y": 2}},
            "b": {"kind": "set", "values": {"x": "{y}", "y": "{x}"}},
        },
    )
    (result,) = play(spec, ScriptedModel([])).results
    assert result.conversation.variables == {"x": 2, "y": 1}


def test_a_value_that_names_nothing_is_a_problem_of_its_field() -> None:
    spec = graph(nodes={"s": {"kind": "set", "values": {"a": ["{gone}"], "two words": 1}}})
    found = {(problem.field, problem.node) for problem in problems_of(spec, surroundings())}
    assert found == {("values", "s")}


def chained(*nodes: dict[str, Any]) -> dict[str, Any]:
    """What is left after the nodes, one after the other."""
    named = {f"n{number}": node for number, node in enumerate(nodes)}
    spec = graph(" -> ".join(named), nodes=named)
    (result,) = play(spec, ScriptedModel([])).results
    return result.conversation.variables


def test_a_counter_begins_at_its_start_and_goes_on() -> None:
    up = {"kind": "increment", "writes": "n"}
    assert chained(up, up, up | {"by": -5, "start": 100}) == {"n": -3}
    assert written(up, {"n": 0.5}) == {"n": 1.5}


@pytest.mark.parametrize("present", ["3", True, None, [1]])
def test_what_is_no_number_cannot_be_counted(present: Any) -> None:
    assert failure({"kind": "increment", "writes": "n"}, {"n": present})[0] == "not_a_number"


def test_append_makes_a_list_and_adds_to_it() -> None:
    draw = {"kind": "set", "values": {"x": ["b", 2]}}
    add = {"kind": "append", "writes": "l", "value": "{x}"}
    assert chained(draw, add | {"value": "a"}, add)["l"] == ["a", ["b", 2]]
    assert chained(draw, add | {"each": True}, add | {"each": True, "unique": True})["l"] == [
        "b",
        2,
    ]


def test_append_leaves_the_old_list_alone() -> None:
    keep = {"kind": "set", "values": {"old": "{l}"}}
    add = {"kind": "append", "writes": "l", "value": "x"}
    assert chained(add, keep, add) == {"l": ["x", "x"], "old": ["x"]}


def test_what_is_no_list_cannot_be_added_to() -> None:
    assert failure({"kind": "append", "writes": "l"}, {"l": "text"})[0] == "not_a_list"
    every = {"kind": "append", "value": "{l}", "writes": "m", "each": True}
    assert failure(every, {"l": "text"})[0] == "not_a_list"


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_only_new_ones_are_added_once(present: list[int], added: list[int]) -> None:
    longer = extended(present, added, unique=True)
    assert longer[: len(present)] == present
    assert set(longer) == {*present, *added}
    new = longer[len(present) :]
    assert len(new) == len(set(new))
    assert extended(present, added) == [*present, *added]


@given(st.integers(), WEIGHTS, st.data())
def test_what_is_drawn_differs_by_place_and_weighs_something(
    seed: int, weights: list[int], choices: st.DataObject
) -> None:
    possible = [place for place, weight in enumerate(weights) if weight]
    draws = choices.draw(st.integers(0, len(possible)))
    drawn = drawn_items(random.Random(seed), list(range(len(weights))), weights, draws)
    assert len(drawn) == len(set(drawn)) == draws
    assert set(drawn) <= set(possible)


def drawn(node: dict[str, Any], row: dict[str, Any], records: int = 2000) -> list[Any]:
    """What is picked in each of many records."""
    heard = play(graph(nodes={"t": node}), ScriptedModel([]), [row] * records)
    return [result.conversation.variables["p"] for result in heard.results]


@pytest.mark.parametrize(
    "row", [{"l": ["a", "b", "c"], "w": [3, 1, 0]}, {"l": {"a": 3, "b": 1, "c": 0}}]
)
def test_a_list_is_drawn_from_by_weight(row: dict[str, Any]) -> None:
    shares = Counter(drawn(PICK | ({"weights": "w"} if "w" in row else {}), row))
    assert set(shares) == {"a", "b"}
    assert 0.70 < shares["a"] / 2000 < 0.80


def test_the_same_seed_picks_the_same() -> None:
    node, row = PICK | {"draws": 2}, {"l": list("abcdef")}
    assert drawn(node, row, 20) == drawn(node, row, 20)


@pytest.mark.parametrize(
    ("fields", "row", "code"),
    [
        ({}, {"l": "abc"}, "not_a_list"),
        ({}, {"l": []}, "too_few"),
        ({"draws": 3}, {"l": [1, 2]}, "too_few"),
        ({"weights": "w"}, {"l": [1, 2], "w": [1]}, "wrong_weights"),
        ({"weights": "w"}, {"l": [1, 2], "w": [1, -1]}, "wrong_weights"),
        ({"weights": "w"}, {"l": [1], "w": ["x"]}, "wrong_weights"),
        ({}, {"l": {"a": "often"}}, "wrong_weights"),
        ({"reads": "l.x"}, {"l": [1]}, "unknown_variable"),
    ],
)
def test_what_cannot_be_drawn_fails_the_record(
    fields: dict[str, Any], row: dict[str, Any], code: str
) -> None:
    assert failure(PICK | fields, row)[0] == code


@pytest.mark.parametrize(
    ("scores", "mean"),
    [
        ([1, 2, 6], 3),
        ([4, "n/a", None, "N/A ", "", "not applicable", float("nan")], 4),
        ([{"score": 5, "reason": "r"}, {"score": None}], 5),
        (["3.5", True, False], 1.5),
        ({"score": [1, 3]}, 2),
        (7, 7),
    ],
)
def test_the_mean_leaves_out_what_does_not_apply(scores: Any, mean: float) -> None:
    assert written(MEAN, {"s": scores}) == {"score": mean}


def test_scores_can_weigh_differently() -> None:
    node = {"kind": "mean_score", "scores": {"a.score": 3, "b": 1}, "writes": "m"}
    assert written(node, {"a": {"score": 2}, "b": 6}) == {"m": 3}
    assert written(node, {"a": {"score": "n/a"}, "b": 6}) == {"m": 6}


def test_no_score_fails_the_record_or_is_nothing() -> None:
    assert failure(MEAN, {"s": ["n/a"]})[0] == "no_score"
    assert failure(MEAN, {"s": ["good"]})[0] == "not_a_score"
    assert failure(MEAN, {"s": {"reason": "r"}})[0] == "not_a_score"
    assert written(MEAN | {"missing": "empty"}, {"s": []}) == {"score": None}


@given(st.lists(st.floats(-100, 100), min_size=1), st.randoms(use_true_random=False))
def test_the_mean_lies_between_and_no_order_changes_it(
    scores: list[float], chance: random.Random
) -> None:
    mean = weighted_mean([(score, 1.0) for score in scores])
    shuffled = chance.sample(scores, len(scores))
    assert mean == weighted_mean([(score, 1.0) for score in shuffled])
    assert mean is not None
    assert min(scores) - 1e-9 <= mean <= max(scores) + 1e-9
    assert list(scores_in(scores)) == scores


def test_weights_of_scores_are_above_zero() -> None:
    spec = graph(nodes={"m": {"kind": "mean_score", "scores": {"s": 0}}})
    assert [problem.field for problem in problems_of(spec, surroundings("s"))] == ["scores"]


def test_a_list_grows_in_a_loop_and_the_round_before_is_empty_at_first() -> None:
    nodes: dict[str, Any] = {
        "note": {"kind": "set", "values": {"before": "{seen}", "told": "after {seen}"}},
        "count": {"kind": "increment", "writes": "seen"},
        "keep": {"kind": "append", "writes": "l", "value": "{before}"},
    }
    back = EdgeSpec(source="keep", target="note", when="seen < 3", max_visits=9)
    drawn = graph("note -> count -> keep", nodes=nodes)
    spec = drawn.model_copy(update={"edges": (*drawn.edges, back)})
    (result,) = play(spec, ScriptedModel([])).results
    assert result.conversation.variables["l"] == [None, 1, 2]
    assert result.conversation.variables["told"] == "after 2"
