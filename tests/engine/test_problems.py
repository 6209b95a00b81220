"""What can be wrong with names and values: what is said, where, and what to do."""

from typing import Any

import pytest

from grasp_ui.engine.compile import compile_graph, problems_of
from grasp_ui.errors import InvalidGraph
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.problem import Problem
from tests.builders import graph, surroundings

USER: dict[str, Any] = {"kind": "turn", "role": "user"}
ASSISTANT: dict[str, Any] = {"kind": "turn", "role": "assistant"}


def problems(spec: GraphSpec, *columns: str) -> list[str]:
    return [str(problem) for problem in problems_of(spec, surroundings(*columns))]


def lone(**fields: Any) -> GraphSpec:
    """A graph of the one node `n`."""
    return graph(nodes={"n": fields})


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (
            lone(kind="trun"),
            "node 'n', kind: There is no node kind named 'trun'. Did you mean 'turn'?",
        ),
        (
            lone(kind="turn", promt="x"),
            "node 'n', promt: There is no key 'promt' here. Did you mean 'prompt'?",
        ),
        (
            lone(kind="turn", temperature=7),
            "node 'n', temperature: Expected at most 2.0; found 7. "
            "Change the value, or leave the key out.",
        ),
        (
            lone(kind="turn", role="assistent", prompt="x"),
            "node 'n', role: Expected 'user' or 'assistant'; found 'assistent'. "
            "Did you mean 'assistant'?",
        ),
        (
            lone(kind="turn", prompt=3),
            "node 'n', prompt: Expected a text; found 3. Change the value, or leave the key out.",
        ),
        (
            lone(kind="sampler", writes="my mood", options=["a"]),
            "node 'n', writes: Expected letters, digits and underscores, not beginning with a "
            "digit; found 'my mood'. Change the value, or leave the key out.",
        ),
        (
            lone(kind="sampler", options={"a": "many"}),
            "node 'n', options.a: Expected a number; found 'many'. Change the value.",
        ),
        (
            lone(kind="turn", extra={"messages": []}),
            "node 'n', extra: messages is set by the program and cannot be given here; found "
            "{'messages': []}. Change the value, or leave the key out.",
        ),
        (
            lone(kind="turn", model="writter"),
            "node 'n', model: There is no model alias 'writter' in `models:`. Known: m.",
        ),
        (
            graph(nodes={"n": {"kind": "generate"}}, models={}),
            "node 'n', model: The graph names no model. Add `models: {writer: {model: local}}`.",
        ),
        (
            graph(nodes={"n": USER}, models={"a": {"model": "local"}, "b": {"model": "local"}}),
            "node 'n', model: The node does not say which model it calls. Choose one of a, b.",
        ),
        (
            lone(kind="panel", models=["m", "x"]),
            "node 'n', models: There is no model alias 'x' in `models:`. Known: m.",
        ),
        (
            graph(nodes={"n": USER}, models={"m": {"model": "loca"}}),
            "models.m.model: There is no model named 'loca' in Settings. Did you mean 'local'?",
        ),
        (
            graph(nodes={"n": USER}, models={"m": {"modle": "local", "model": "local"}}),
            "models.m.modle: There is no key 'modle' here. Did you mean 'model'?",
        ),
        (
            graph(nodes={"n": USER}, models={"m": {}}),
            "models.m.model: The key 'model' is missing. Add `model:`.",
        ),
        (
            graph("n -> j", nodes={"n": USER, "j": {"kind": "judge", "rubric": "helpfullness"}}),
            "node 'j', rubric: There is no rubric named 'helpfullness'. "
            "Did you mean 'helpfulness'?",
        ),
        (
            graph(nodes={"n": USER}, tagging={"profile": "defalt"}),
            "tagging.profile: There is no tagging profile named 'defalt'. Did you mean 'default'?",
        ),
        (
            graph(nodes={"n": USER}, tagging={"profil": "default"}),
            "tagging.profil: There is no key 'profil' here. Did you mean 'profile'?",
        ),
        (
            graph(nodes={"n": USER}, tagging=3),
            "tagging: Expected `none` or a profile, found 3. "
            "Write `tagging: none` or `tagging: {profile: default}`.",
        ),
        (
            graph(nodes={"n": USER}, seeds={"kind": "inlin", "rows": []}),
            "seeds.kind: There is no seed source named 'inlin'. Did you mean 'inline'?",
        ),
        (
            graph(nodes={"n": USER}, seeds={"kind": "inline", "rosw": [], "rows": [{}]}),
            "seeds.rosw: There is no key 'rosw' here. Did you mean 'rows'?",
        ),
        (
            graph(nodes={"n": USER}, output={"kep": []}),
            "output.kep: There is no key 'kep' here. Did you mean 'keep'?",
        ),
        (
            graph("a", nodes={"a": {"kind": "sampler"}}, output={"messages": [{"role": "user"}]}),
            "output.messages.0.content: The key 'content' is missing. Add `content:`.",
        ),
        (
            lone(kind="sampler", options={"a": 1}, draws=2),
            "node 'n', options: 2 to be drawn from 1 options with a weight. "
            "Add options, or draw fewer.",
        ),
        (
            lone(kind="generate", json_schema={"type": "object"}),
            "node 'n', json_schema: The schema has no properties to become variables. "
            "Give it `type: object` and `properties:`, or name one variable under `writes:`.",
        ),
        (
            graph(nodes={"a -> b": USER}),
            "node 'a -> b': A node cannot be named 'a -> b': arrows are written `a -> b`. "
            "Give it a name without `->` and without spaces around it.",
        ),
        (graph(output={}), "nodes: The graph has no nodes. Add one."),
    ],
)
def test_a_wrong_name_or_value_has_place_and_fix(spec: GraphSpec, said: str) -> None:
    assert problems(spec) == [said]


def test_what_could_not_be_read_of_the_file_comes_first() -> None:
    unread = (Problem(what="There is no part 'edgs' in a graph.", field="edgs"),)
    spec = graph(nodes={"n": {"kind": "trun"}}, unread=unread)
    assert problems_of(spec, surroundings())[0] == unread[0]


def test_all_problems_come_at_once_in_drawing_order() -> None:
    nodes: dict[str, dict[str, Any]] = {
        "ask": {"kind": "trun"},
        "answer": {"kind": "turn", "role": "assistant", "model": "x", "prompt": "{mood}", "tmp": 1},
        "next": {"kind": "generate", "prompt": "{nothing}", "model": "y"},
    }
    spec = graph("ask -> answer -> next -> ask", nodes=nodes, models={"m": {"model": "gpt"}})
    found = problems_of(spec, surroundings("topic"))
    places = [(one.node or one.edge, one.field) for one in found]
    assert places == [
        (None, "models.m.model"),
        ("ask", "kind"),
        ("answer", "tmp"),
        ("answer", "model"),
        ("answer", "prompt"),
        ("next", "model"),
        ("next", "prompt"),
        ("next -> ask", None),
    ]
    assert all(one.fix for one in found)


def test_a_graph_that_is_wrong_does_not_compile() -> None:
    with pytest.raises(InvalidGraph) as caught:
        compile_graph(graph("a -> b", "b -> c if x", "c -> c"), surroundings())
    assert len(caught.value.problems) == 2


def test_a_wrong_key_hides_no_other_problem_of_its_node() -> None:
    fields = {"kind": "turn", "role": "user", "model": "writter", "promt": "Hi", "persona": "{x}"}
    drawn = graph("ask", nodes={"ask": fields})
    assert {problem.field for problem in problems_of(drawn, surroundings())} == {
        "promt",
        "model",
        "persona",
    }


def test_a_wrong_value_hides_no_model_that_is_missing() -> None:
    models = {"writer": {"model": "nowhere", "temperature": "hot"}}
    drawn = graph("ask", models=models)
    fields = {problem.field for problem in problems_of(drawn, surroundings())}
    assert {"models.writer.temperature", "models.writer.model"} <= fields


def test_a_wrong_key_makes_no_reader_of_the_nodes_variables_wrong() -> None:
    nodes: dict[str, Any] = {
        "a": {"kind": "parse_json", "text": "{}", "fields": ["q"], "titel": "x"},
        "b": {"kind": "template", "text": "{q}"},
    }
    found = problems_of(graph("a -> b", nodes=nodes), surroundings())
    assert [(problem.node, problem.field) for problem in found] == [("a", "titel")]
