"""Groups: one node does what its nodes did, and they come back as they were."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from grasp_ui.engine.compile import problems_of
from grasp_ui.errors import CannotGroup
from grasp_ui.model.event import CallEnded
from grasp_ui.model.graph import GraphSpec
from grasp_ui.services.grouping import Grouped, group_of
from grasp_ui.services.ungrouping import ungrouped
from tests.builders import Heard, graph, play, surroundings
from tests.engine.drawn import WaveringModel, dialogues, graphs

SLOW = settings(suppress_health_check=list(HealthCheck), deadline=None)
ROWS = [{"n": 0}, {"n": 1}, {"n": 2}]
SHAPES = {
    "chain": (graph("a -> b -> c -> d"), "bc"),
    "branch with join": (graph("a -> b -> d", "a -> c -> d", "d -> e"), "bcd"),
    "both branches": (graph("a -> b -> d", "a -> c -> d"), "bc"),
    "loop inside": (graph("a -> b -> c -> d", "c -> b if n > visit most 2"), "bc"),
    "tail of a loop": (graph("a -> b -> c -> d", "c -> a if n > 1 most 2"), "bc"),
    "head of a loop": (graph("z -> a -> b -> c -> d", "c -> a if n > visit most 2"), "ab"),
    "conditions across": (graph("a -> b if n > 0", "b -> c", "c -> d if n > 1", "c -> e"), "bc"),
    "start": (graph("a -> b -> c"), "ab"),
    "everything": (graph("a -> b -> c"), "abc"),
}


def grouped(spec: GraphSpec, names: Collection[str]) -> Grouped:
    return group_of(spec, names, "My group", "inner")


def alike(spec: GraphSpec) -> tuple[Any, ...]:
    """What has to be equal; arrows out of one node in any order, places from the first one."""
    x, y = next(iter(spec.layout.values()), (0, 0))
    places = {name: (left - x, top - y) for name, (left, top) in sorted(spec.layout.items())}
    first = min(places.values(), default=(0, 0))
    shifted = {n: (a - first[0], b - first[1]) for n, (a, b) in places.items()}
    return spec.nodes, Counter(spec.edges), spec.models, spec.output, spec.seeds, shifted


def texts(heard: Heard) -> list[Any]:
    """All that was answered, and what the records left."""
    left = [(r.conversation.variables, [m.content for m in r.conversation.messages])
            for r in heard.results]  # fmt: skip
    return [Counter(str(call.reply) for call in heard.of(CallEnded)), left]


def placed(spec: GraphSpec) -> GraphSpec:
    layout = {name: (at * 300.0, at % 3 * 140.0) for at, name in enumerate(spec.nodes)}
    return spec.model_copy(update={"layout": layout})


def same_in_both(spec: GraphSpec, names: Collection[str]) -> None:
    """One node for `names` runs to the same texts, and gives the same graph back."""
    group = grouped(spec, names)
    around = replace(surroundings("n"), graphs={"inner": group.inner})
    assert problems_of(group.outer, around) == problems_of(spec, surroundings("n"))
    flat, back = ungrouped(group.outer, group.node, group.inner)
    assert set(back) == set(names)
    assert alike(flat) == alike(spec)
    one = play(group.outer, WaveringModel(), ROWS, graphs={"inner": group.inner})
    assert texts(one) == texts(play(spec, WaveringModel(), ROWS))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_group_runs_to_the_same_texts_and_comes_back_as_it_was(shape: str) -> None:
    spec, names = SHAPES[shape]
    same_in_both(placed(spec), names)


@SLOW
@given(st.data(), graphs())
def test_whatever_can_be_grouped_runs_to_the_same_texts(
    pick: st.DataObject, spec: GraphSpec
) -> None:
    names = pick.draw(st.sets(st.sampled_from(list(spec.nodes)), min_size=2))
    try:
        grouped(spec, names)
    except CannotGroup:
        assume(False)
    same_in_both(placed(spec), names)


@SLOW
@given(st.data(), dialogues())
def test_what_is_said_in_a_group_is_said_as_before(pick: st.DataObject, spec: GraphSpec) -> None:
    first = pick.draw(st.integers(0, len(spec.nodes) - 2))
    last = pick.draw(st.integers(first + 1, len(spec.nodes) - 1))
    names = {f"n{at}" for at in range(first, last + 1)}
    try:
        grouped(spec, names)
    except CannotGroup:
        assume(False)
    same_in_both(placed(spec), names)
