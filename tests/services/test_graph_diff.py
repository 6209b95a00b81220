"""Two graphs compared: what differs is found, field by field, and nothing else."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.model.graph import GraphSpec, NodeSpec
from grasp_ui.services.graph_diff import FieldChange, GraphDiff, PartChange, diff_graphs
from tests.builders import graph
from tests.services.test_graph_text import graphs

TURN = {"kind": "turn", "role": "user", "prompt": "Ask."}


def changed(before: GraphSpec, after: GraphSpec) -> list[tuple[str, str, str]]:
    return [(part.family, part.kind, part.name) for part in diff_graphs(before, after).parts]


@given(graphs)
def test_a_graph_does_not_differ_from_itself(drawn: GraphSpec) -> None:
    assert diff_graphs(drawn, drawn.model_copy(deep=True)) == GraphDiff()


@given(graphs, graphs)
def test_versions_differ_where_the_diff_says_that_results_do(
    one: GraphSpec, other: GraphSpec
) -> None:
    assert diff_graphs(one, other).changes_results == (one.version != other.version)


@given(graphs, st.randoms(use_true_random=False))
def test_another_order_of_arrows_is_a_difference_where_it_makes_another_version(
    drawn: GraphSpec, chance: Random
) -> None:
    edges = chance.sample(drawn.edges, len(drawn.edges))
    other = drawn.model_copy(update={"edges": tuple(edges)})
    assert diff_graphs(drawn, other).changes_results == (drawn.version != other.version)


@given(graphs, graphs)
def test_the_way_back_has_as_many_steps_as_the_way_there(one: GraphSpec, other: GraphSpec) -> None:
    there, back = diff_graphs(one, other), diff_graphs(other, one)
    opposite = {"added": "removed", "removed": "added", "changed": "changed", "renamed": "renamed"}
    turned = [(part.family, opposite[part.kind]) for part in there.parts]
    assert sorted(turned) == sorted((part.family, part.kind) for part in back.parts)


def test_added_removed_and_changed_nodes_are_told_apart() -> None:
    before = graph("a -> b", nodes={"a": TURN})
    after = graph("a -> c", nodes={"a": {**TURN, "prompt": "Ask twice."}, "c": TURN})
    assert changed(before, after) == [
        ("node", "changed", "a"),
        ("node", "removed", "b"),
        ("node", "added", "c"),
        ("arrow", "removed", "a -> b"),
        ("arrow", "added", "a -> c"),
    ]


def test_a_changed_field_has_its_old_and_its_new_value() -> None:
    after = graph(nodes={"a": {**TURN, "prompt": "Ask twice.", "model": "m"}})
    (part,) = diff_graphs(graph(nodes={"a": TURN}), after).parts
    assert part.fields == (
        FieldChange("prompt", "changed", "Ask.", "Ask twice."),
        FieldChange("model", "added", after="m"),
    )


def test_a_renamed_node_is_one_change_and_its_arrows_are_none() -> None:
    before, after = graph("a -> b", nodes={"b": TURN}), graph("a -> c", nodes={"c": TURN})
    assert diff_graphs(before, after).parts == (PartChange("node", "renamed", "c", was="b"),)


def test_a_node_renamed_and_rewritten_is_known_by_its_place() -> None:
    place = (40.0, 80.0)
    before = graph(nodes={"b": TURN}, layout={"b": place})
    after = graph(nodes={"c": {**TURN, "prompt": "Other."}}, layout={"c": place})
    assert changed(before, after) == [("node", "renamed", "c")]


def test_two_alike_nodes_that_could_both_be_the_renamed_one_are_new() -> None:
    before = graph(nodes={"a": TURN})
    assert ("node", "removed", "a") in changed(before, graph(nodes={"b": TURN, "c": TURN}))


def test_a_condition_of_an_arrow_is_a_field_of_it() -> None:
    (part,) = diff_graphs(graph("a -> b"), graph("a -> b if a == 'a'")).parts
    assert (part.name, part.fields) == (
        "a -> b",
        (FieldChange("when", "added", after="a == 'a'"),),
    )


def test_arrows_that_are_asked_in_another_order_are_a_change() -> None:
    before = graph("a -> b if a == 'x'", "a -> c if a == 'y'")
    after = before.model_copy(update={"edges": before.edges[::-1]})
    (part,) = diff_graphs(before, after).parts
    assert part.fields[0] == FieldChange("order of the arrows", "changed", ["b", "c"], ["c", "b"])


def test_models_seeds_and_output_are_compared_too() -> None:
    before = graph(nodes={"a": TURN}, seeds={"kind": "inline", "rows": [{"x": 1}]})
    after = before.model_copy(
        update={"models": {}, "seeds": {"kind": "csv"}, "output": {"variables": ["x"]}}
    )
    assert changed(before, after) == [
        ("model", "removed", "m"),
        ("seeds", "changed", "seeds"),
        ("output", "added", "output"),
    ]


def test_a_new_title_is_a_change_that_makes_no_other_version() -> None:
    diff = diff_graphs(GraphSpec(title="A"), GraphSpec(title="B"))
    assert (len(diff.parts), diff.changes_results) == (1, False)


def test_a_node_that_only_moved_is_told_apart() -> None:
    node = {"a": NodeSpec(kind="turn")}
    before, after = (GraphSpec(nodes=node, layout={"a": (0, x)}) for x in (0, 40))
    assert diff_graphs(before, after) == GraphDiff(moved=("a",))
