"""Writing graph files: what goes in comes out, and a person's file stays a person's file."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.graph_text import GraphFile, write_graph

FILE = """\
# My first graph
grasp: 1
title: Small talk   # shown in the list
models:
  writer: {model: local, temperature: 0.3}
nodes:
  ask: {kind: turn, role: user, model: writer}
  # the one that answers
  answer:
    kind: turn
    role: assistant
    model: writer
edges:
  - ask -> answer -> judge
layout: {ask: [0, 0], answer: [220, 0]}
"""
names = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True)
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
scalars = st.none() | st.booleans() | st.integers(-1000, 1000) | texts
fields = st.dictionaries(names.filter(lambda name: name != "kind"), scalars, max_size=3)
nodes = st.builds(NodeSpec, kind=names, fields=fields)
edges = st.builds(EdgeSpec, source=names, target=names, when=st.none() | texts.filter(bool))
graphs = st.builds(
    GraphSpec,
    title=texts,
    nodes=st.dictionaries(names, nodes, max_size=4),
    edges=st.lists(edges, max_size=4).map(tuple),
    models=st.dictionaries(names, fields, max_size=2),
    layout=st.dictionaries(
        names, st.tuples(st.integers(-99, 99), st.integers(-99, 99)), max_size=2
    ),
)


@given(graphs)
def test_what_is_written_is_read_again(graph: GraphSpec) -> None:
    assert read_graph(write_graph(graph)) == graph


@given(st.lists(graphs, max_size=4))
def test_a_file_that_is_kept_is_written_as_one_that_is_read_again(steps: list[GraphSpec]) -> None:
    file = GraphFile(FILE)
    for step in steps:
        read = read_graph(file.write(step))
        assert (read.nodes, read.models, read.title) == (step.nodes, step.models, step.title)
        assert read.edges == step.edges
        assert list(read.nodes) == list(step.nodes)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"a": None}),
        ({"a": 1}, {"a": None}),
        ({"title": "Tea"}, {"title": ""}),
        ({"a": {"b": 1}}, {"a": {}}),
        ({"a": None}, {}),
    ],
)
def test_a_field_without_a_value_stays_in_a_kept_file(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    file = GraphFile()
    for fields in (before, after):
        step = GraphSpec(nodes={"ask": NodeSpec(kind="turn", fields=fields)})
        assert read_graph(file.write(step)).nodes == step.nodes


def test_a_kept_file_takes_in_what_another_hand_wrote() -> None:
    file = GraphFile("# mine\ngrasp: 1\ntitle: Ho\n")
    file.write(GraphSpec(title="Hi"))
    theirs = "# theirs\ngrasp: 1\ntitle: Ha\n"
    assert file.follow(theirs).write(GraphSpec(title="Hi")).startswith("# theirs")


@given(graphs)
def test_any_graph_can_be_written_over_any_file(graph: GraphSpec) -> None:
    read = read_graph(write_graph(graph, FILE))
    assert (read.nodes, read.title, read.layout) == (graph.nodes, graph.title, graph.layout)


def test_an_unchanged_graph_leaves_its_file_as_it_is() -> None:
    assert write_graph(read_graph(FILE), FILE) == FILE


def test_comments_survive_an_edit() -> None:
    graph = read_graph(FILE).model_copy(update={"title": "Great talk"})
    written = write_graph(graph, FILE)
    assert "# My first graph" in written
    assert "title: Great talk" in written
    assert "# the one that answers" in written


def test_a_chain_is_split_only_where_it_is_broken() -> None:
    graph = read_graph(FILE)
    written = write_graph(graph.model_copy(update={"edges": graph.edges[:1]}), FILE)
    assert "  - ask -> answer\n" in written


def test_a_new_arrow_leaves_the_written_ones_alone() -> None:
    graph = read_graph(FILE)
    new = EdgeSpec(source="judge", target="ask", when="score < 4", max_visits=2)
    written = write_graph(graph.model_copy(update={"edges": (*graph.edges, new)}), FILE)
    assert "  - ask -> answer -> judge\n  - {from: judge, to: ask, when: score < 4" in written


def test_an_arrow_that_comes_back_stands_where_it_stood() -> None:
    file = GraphFile(FILE)
    graph = read_graph(FILE)
    file.write(graph.model_copy(update={"edges": graph.edges[1:]}))
    assert "  - ask -> answer\n  - answer -> judge\n" in file.write(graph)


def test_an_arrow_between_those_of_a_chain_splits_it() -> None:
    graph = read_graph(FILE)
    first, last = graph.edges
    between = EdgeSpec(source="ask", target="judge", when="late")
    written = write_graph(graph.model_copy(update={"edges": (first, between, last)}), FILE)
    assert read_graph(written).edges == (first, between, last)


def test_a_node_that_comes_back_stands_where_it_stood() -> None:
    file = GraphFile(FILE)
    graph = read_graph(FILE)
    file.write(graph.model_copy(update={"nodes": {"answer": graph.nodes["answer"]}}))
    assert list(read_graph(file.write(graph)).nodes) == ["ask", "answer"]


def test_parts_that_could_not_be_read_are_not_thrown_away() -> None:
    file = FILE.replace("edges:", "  broken: 3\nedgs: [a -> b]\nedges:")
    graph = read_graph(file).model_copy(update={"title": "Other"})
    written = write_graph(graph, file)
    assert "broken: 3" in written
    assert "edgs: [a -> b]" in written
