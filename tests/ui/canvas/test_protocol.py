import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.errors import NameTaken, UnknownName
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from grasp_ui.ui.canvas.protocol import apply_edit, document_of, problem_of_name, rename_node

NAMES = st.sampled_from(["a", "b", "c", "turn_2"])
TEXTS = st.text(max_size=8)
FIELDS = st.dictionaries(st.sampled_from(["prompt", "writes"]), TEXTS)
PLACES = st.tuples(st.integers(-900, 900), st.integers(-900, 900))
NODES = st.builds(
    lambda kind, fields, position: {"kind": kind, "fields": fields, "position": position},
    st.sampled_from(["turn", "judge"]), FIELDS, PLACES,
)  # fmt: skip
EDITS = st.dictionaries(NAMES, st.none() | NODES)


def drawn(*arrows: str) -> GraphSpec:
    ends = [arrow.split(" -> ") for arrow in arrows]
    names = list(dict.fromkeys(name for pair in ends for name in pair))
    return GraphSpec(
        nodes={name: NodeSpec(kind="turn", fields={"prompt": name}) for name in names},
        edges=tuple(EdgeSpec(source=source, target=target) for source, target in ends),
        layout={name: (100.0 * index, 0.0) for index, name in enumerate(names)},
    )


def edit(**said: Any) -> dict[str, Any]:
    return {"revision": 1, **said}


def arrow(source: str, target: str, when: str | None = None) -> dict[str, Any]:
    return {"source": source, "target": target, "when": when, "max_visits": None}


def test_a_document_survives_json() -> None:
    document = document_of(drawn("a -> b"))
    assert json.loads(json.dumps(document)) == document


def test_a_second_arrow_between_two_nodes_has_an_id_of_its_own() -> None:
    assert list(document_of(drawn("a -> b", "a -> b"))["edges"]) == ["a -> b", "a -> b #2"]


@pytest.mark.parametrize(
    ("seeds", "summary"),
    [
        ({"kind": "csv", "path": "rows/*.csv"}, "rows/*.csv"),
        ({"kind": "run", "run": "latest"}, "latest"),
        ({"kind": "query", "sql": "select " + "x" * 50}, "select " + "x" * 32 + "…"),
        ({"kind": "sample", "rows": 3}, ""),
    ],
)
def test_seeds_are_named_by_what_says_most(seeds: dict[str, Any], summary: str) -> None:
    card = {"kind": seeds["kind"], "summary": summary, "columns": []}
    assert document_of(GraphSpec(seeds=seeds))["seeds"] == card


def test_seeds_are_summed_up() -> None:
    spec = GraphSpec(seeds={"kind": "inline", "rows": [{"topic": "x"}, {"mood": "y"}]})
    card = {"kind": "inline", "summary": "2 rows", "columns": ["topic", "mood"]}
    assert document_of(spec)["seeds"] == card


def test_what_yaml_can_write_and_json_cannot_is_shown_as_text() -> None:
    spec = GraphSpec(nodes={"a": NodeSpec(kind="turn", fields={"odd": object})})
    json.dumps(document_of(spec))


@given(st.lists(EDITS, max_size=8))
def test_the_canvas_sees_what_it_drew(edits: list[dict[str, Any]]) -> None:
    spec, drawing = GraphSpec(), dict[str, Any]()
    for nodes in edits:
        spec = apply_edit(spec, edit(nodes=nodes))
        drawing = {k: v for k, v in {**drawing, **nodes}.items() if v is not None}
    shown = {name: {**n, "position": list(n["position"])} for name, n in drawing.items()}
    assert document_of(spec)["nodes"] == shown


@given(EDITS, st.booleans())
def test_an_edit_that_comes_twice_counts_once(nodes: dict[str, Any], keep: bool) -> None:
    once = apply_edit(drawn("a -> b"), edit(nodes=nodes), keep_fields=keep)
    assert apply_edit(once, edit(nodes=nodes), keep_fields=keep) == once


ARROWS = st.lists(st.sampled_from(["a -> b", "b -> c", "a -> c", "c -> a", "b -> a"]), unique=True)


@given(ARROWS, st.data())
def test_arrows_that_come_back_stand_where_they_stood(
    arrows: list[str], drawing: st.DataObject
) -> None:
    spec = drawn(*arrows)
    cut = drawing.draw(st.sets(st.sampled_from(arrows))) if arrows else set()
    edges, ids = document_of(spec)["edges"], [*document_of(spec)["edges"]]
    places = [(key, before) for before, key in pairwise(["", *ids]) if key in cut]
    gone = apply_edit(spec, edit(edges=dict.fromkeys(cut)))
    back = edit(edges={key: edges[key] for key in cut}, places=places)
    restored = apply_edit(gone, back)
    assert restored.edges == spec.edges
    assert apply_edit(restored, back).edges == spec.edges


def test_a_node_that_comes_back_stands_where_it_stood() -> None:
    gone = apply_edit(drawn("a -> b", "b -> c"), edit(nodes={"b": None}))
    said = edit(nodes={"b": {"kind": "turn", "position": [0, 0]}}, places=[["b", "a"]])
    restored = apply_edit(gone, said)
    assert (list(restored.nodes), list(restored.layout)) == (["a", "b", "c"], ["a", "b", "c"])


def test_what_stands_after_something_that_is_gone_stands_last() -> None:
    said = edit(nodes={"z": {"kind": "turn"}}, places=[["z", "gone"]])
    assert list(apply_edit(drawn("a -> b"), said).nodes) == ["a", "b", "z"]


def test_an_edit_leaves_all_else_as_it_was() -> None:
    spec = drawn("a -> b").model_copy(update={"title": "Kept", "models": {"m": {"model": "x"}}})
    edited = apply_edit(spec, edit(nodes={"c": {"kind": "turn"}}))
    assert edited.model_dump(exclude={"nodes"}) == spec.model_dump(exclude={"nodes"})


def test_untouched_fields_stay_the_objects_that_the_file_gave() -> None:
    prompt = "".join(["as ", "read"])
    spec = GraphSpec(nodes={"a": NodeSpec(kind="turn", fields={"prompt": prompt})})
    value = {"kind": "turn", "fields": {"prompt": "as read", "disabled": True}}
    assert apply_edit(spec, edit(nodes={"a": value})).nodes["a"].fields["prompt"] is prompt


def test_a_condition_changes_its_arrow_in_place() -> None:
    said = edit(edges={"a -> b": arrow("a", "b", "x > 1")})
    edited = apply_edit(drawn("a -> b", "b -> c"), said)
    assert [edge.when for edge in edited.edges] == ["x > 1", None]


def test_a_late_edit_keeps_the_fields_of_the_server() -> None:
    said = edit(nodes={"a": {"kind": "turn", "fields": {}, "position": [7, 7]}})
    edited = apply_edit(drawn("a -> b"), said, keep_fields=True)
    assert (edited.nodes["a"].fields, edited.layout["a"]) == ({"prompt": "a"}, (7, 7))


def test_an_edit_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="Extra inputs"):
        apply_edit(GraphSpec(), edit(path="os.system"))


def test_a_rename_keeps_order_arrows_and_place() -> None:
    renamed = rename_node(drawn("a -> b", "b -> c"), "b", "middle")
    assert list(renamed.nodes) == ["a", "middle", "c"]
    assert [edge.name for edge in renamed.edges] == ["a -> middle", "middle -> c"]
    assert renamed.layout["middle"] == (100.0, 0.0)


def test_a_rename_by_the_canvas_keeps_the_place_in_the_file() -> None:
    nodes = {"b": None, "middle": {"kind": "turn", "fields": {"prompt": "b"}}}
    edges = {"a -> b": None, "b -> c": None, "a -> middle": arrow("a", "middle")}
    said = edit(renamed=[["b", "middle"]], nodes=nodes, edges=edges)
    edited = apply_edit(drawn("a -> b", "b -> c"), said)
    assert list(edited.nodes) == ["a", "middle", "c"]
    assert [edge.name for edge in edited.edges] == ["a -> middle"]


def test_a_rename_to_a_taken_name_is_refused() -> None:
    with pytest.raises(NameTaken, match="'b' already"):
        rename_node(drawn("a -> b"), "a", "b")


def test_a_rename_of_nothing_is_refused() -> None:
    with pytest.raises(UnknownName, match="'z'"):
        rename_node(drawn("a -> b"), "z", "b")


@given(NAMES, NAMES)
def test_a_rename_and_its_reverse_change_nothing(old: str, new: str) -> None:
    spec = drawn("a -> b", "b -> c")
    if old in spec.nodes and new not in spec.nodes:
        assert rename_node(rename_node(spec, old, new), new, old) == spec


@pytest.mark.parametrize("name", ["", "two words", "1st", "b"])
def test_a_bad_name_is_a_problem(name: str) -> None:
    assert problem_of_name(drawn("a -> b"), "a", name) is not None


def test_a_good_name_is_none() -> None:
    assert problem_of_name(drawn("a -> b"), "a", "first_turn") is None
