"""Reading graph files: everything readable is read, everything else is a problem with its place."""

from grasp_ui.services.graph_file import read_graph


def whats(text: str) -> list[str]:
    return [str(problem) for problem in read_graph(text).unread]


def test_a_chain_is_its_arrows() -> None:
    edges = read_graph("grasp: 1\nedges: [a -> b -> c]").edges
    assert [edge.name for edge in edges] == ["a -> b", "b -> c"]


def test_an_arrow_keeps_its_condition_and_limit() -> None:
    text = "grasp: 1\nedges: [{from: a, to: b, when: score < 4, max_visits: 2}]"
    edge = read_graph(text).edges[0]
    assert (edge.when, edge.max_visits) == ("score < 4", 2)


def test_broken_yaml_says_the_line() -> None:
    assert "line 2" in whats("grasp: 1\nnodes: {a: [}")[0]


def test_a_name_given_twice_is_a_problem() -> None:
    assert 'duplicate key "a"' in whats("grasp: 1\nnodes:\n  a: {kind: turn}\n  a: {kind: turn}")[0]


def test_a_typed_error_in_a_top_key_is_answered_with_a_suggestion() -> None:
    assert "Did you mean 'edges'?" in whats("grasp: 1\nedgs: []")[0]


def test_every_problem_of_a_file_is_said_at_once() -> None:
    text = "grasp: 2\nnodes: {a: 3, b: {}}\nedges: [a, {from: a, to: b, wen: x}]\nlayout: {a: 1}"
    places = [problem.place for problem in read_graph(text).unread]
    assert places == [
        "grasp",
        "node 'a'",
        "node 'b', kind",
        "edges.0",
        "arrow a -> b, edges.1",
        "layout.a",
    ]


def test_a_file_that_is_a_list_is_said_to_be_no_graph() -> None:
    assert "not a graph" in whats("- a\n- b")[0]


def test_an_empty_file_is_an_empty_graph() -> None:
    assert read_graph("").unread == ()


def test_dates_and_other_yaml_values_become_texts() -> None:
    assert read_graph("grasp: 1\nseeds: {day: 2026-01-02}").seeds == {"day": "2026-01-02"}
