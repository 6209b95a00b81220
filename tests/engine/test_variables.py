"""Nodes that write variables: generate, sampler; what is kept of them."""

from collections import Counter
from typing import Any

import pytest

from grasp_ui.llm.scripted import ScriptedModel
from grasp_ui.model.event import RecordEnded
from tests.builders import graph, play

SCHEMA = {
    "type": "object",
    "properties": {"score": {"type": "integer"}, "reason": {"type": "string"}},
    "required": ["score"],
}


def variables(nodes: dict[str, Any], *lines: str, **parts: Any) -> dict[str, Any]:
    """What one record keeps."""
    heard = play(graph(nodes=nodes, **parts), ScriptedModel(lines), [{"topic": "tea"}])
    return heard.results[0].conversation.variables


def test_generate_sends_system_and_prompt_and_nothing_else() -> None:
    nodes: dict[str, Any] = {
        "ask": {"kind": "turn", "role": "user"},
        "g": {"kind": "generate", "system": "About {topic}.", "prompt": "Go.", "writes": "x"},
    }
    model = ScriptedModel(["q", "x"])
    play(graph("ask -> g", nodes=nodes, system="Be kind."), model, [{"topic": "tea"}])
    assert model.asked[1]["messages"] == [
        {"role": "system", "content": "About tea."},
        {"role": "user", "content": "Go."},
    ]


def test_generate_touches_no_transcript() -> None:
    nodes = {"ask": {"kind": "turn", "role": "user"}, "g": {"kind": "generate"}}
    heard = play(graph("ask -> g", nodes=nodes), ScriptedModel(["q", "x"]))
    assert [one.content for one in heard.results[0].conversation.messages] == ["q"]


def test_a_reply_is_kept_letter_for_letter() -> None:
    assert variables({"g": {"kind": "generate", "writes": "x"}}, " a\n") == {"x": " a\n"}


def test_a_reply_without_a_name_is_called_text() -> None:
    assert variables({"g": {"kind": "generate"}}, "a") == {"text": "a"}


def test_each_property_of_a_schema_is_a_variable() -> None:
    nodes = {"g": {"kind": "generate", "json_schema": SCHEMA}}
    assert variables(nodes, '{"score": 4}') == {"score": 4, "reason": None}


def test_a_schema_can_write_one_variable_instead() -> None:
    nodes = {"g": {"kind": "generate", "json_schema": SCHEMA, "writes": "v"}}
    assert variables(nodes, '{"score": 4}') == {"v": {"score": 4}}


def test_a_reply_that_does_not_fit_its_schema_fails_the_record() -> None:
    nodes = {"g": {"kind": "generate", "json_schema": SCHEMA}}
    heard = play(graph(nodes=nodes), ScriptedModel(['{"score": "high"}']))
    assert heard.of(RecordEnded)[0].error_code == "schema_mismatch"


def test_a_schemas_name_on_the_wire_is_the_nodes() -> None:
    model = ScriptedModel(['{"score": 4}'])
    play(graph(nodes={"my judge": {"kind": "generate", "json_schema": SCHEMA}}), model)
    assert model.asked[0]["response_format"]["json_schema"]["name"] == "my_judge"


def test_a_node_sets_over_its_alias_and_adds_to_it() -> None:
    alias = {"model": "local", "temperature": 1, "max_tokens": 9, "extra": {"a": 1, "b": 1}}
    node = {"kind": "generate", "temperature": 0, "stop": "\n", "extra": {"b": 2}}
    model = ScriptedModel(["x"])
    play(graph(nodes={"g": node}, models={"m": alias}), model)
    sent = {k: v for k, v in model.asked[0].items() if k not in ("model", "messages")}
    assert sent == {"temperature": 0, "max_tokens": 9, "stop": ["\n"], "a": 1, "b": 2}


def test_an_alias_grammar_and_stop_do_not_reach_a_request_for_json() -> None:
    alias = {"model": "local", "stop": ["\n"], "grammar": 'root ::= "x"', "max_tokens": 9}
    model = ScriptedModel(['{"score": 4}'])
    node = {"kind": "generate", "json_schema": SCHEMA}
    play(graph(nodes={"g": node}, models={"m": alias}), model)
    assert {"stop", "grammar"}.isdisjoint(model.asked[0])
    assert model.asked[0]["max_tokens"] == 9


def test_a_grammar_is_sent_and_makes_a_cut_off_reply_a_failure() -> None:
    model = ScriptedModel(["x"])
    play(graph(nodes={"g": {"kind": "generate", "grammar": 'root ::= "x"'}}), model)
    assert model.asked[0]["grammar"] == 'root ::= "x"'


def test_a_seed_is_sent_where_it_is_wanted_another_for_each_record() -> None:
    model = ScriptedModel(["x"])
    play(graph(nodes={"g": {"kind": "generate", "seeded": True}}), model, [{}, {}])
    assert len({body["seed"] for body in model.asked}) == 2


def test_a_finished_record_keeps_what_its_nodes_wrote() -> None:
    nodes = {"g": {"kind": "generate", "writes": "x"}, "s": {"kind": "sampler", "options": ["y"]}}
    assert variables(nodes, "a") == {"choice": "y", "x": "a"}


@pytest.mark.parametrize(
    ("keep", "kept"),
    [([], {}), (["x"], {"x": "a"}), (["topic", "record"], {"topic": "tea", "record": 0})],
)
def test_output_keep_narrows_what_is_kept(keep: list[str], kept: dict[str, Any]) -> None:
    nodes = {"g": {"kind": "generate", "writes": "x"}, "s": {"kind": "sampler", "options": ["y"]}}
    output = {"messages": [{"role": "user", "content": "{x}"}], "keep": keep}
    assert variables(nodes, "a", output=output) == kept


def test_output_messages_build_the_conversation() -> None:
    output = {
        "messages": [
            {"role": "user", "content": "On {topic}?", "name": "Ann"},
            {"role": "assistant", "content": "{x}"},
        ]
    }
    spec = graph(nodes={"g": {"kind": "generate", "writes": "x"}}, output=output, system="Be kind.")
    messages = play(spec, ScriptedModel(["a"]), [{"topic": "tea"}]).results[0].conversation.messages
    assert [(one.role, one.content, one.name) for one in messages] == [
        ("system", "Be kind.", None),
        ("user", "On tea?", "Ann"),
        ("assistant", "a", None),
    ]
    assert [one.parent_id for one in messages] == [None, messages[0].id, messages[1].id]


def test_a_record_keeps_its_seed() -> None:
    heard = play(graph("a"), ScriptedModel(["x"]), [{"topic": "tea"}], concurrency=1)
    assert heard.results[0].conversation.seed == {"topic": "tea"}


def drawn(**fields: Any) -> list[Any]:
    """What a sampler draws for each of 2,000 records."""
    spec = graph(nodes={"s": {"kind": "sampler", "writes": "s", **fields}})
    heard = play(spec, ScriptedModel(["x"]), [{}] * 2000)
    return [result.conversation.variables["s"] for result in heard.results]


def test_a_sampler_draws_by_weight() -> None:
    shares = Counter(drawn(options={"a": 3, "b": 1, "c": 0}))
    assert set(shares) == {"a", "b"}
    assert 0.70 < shares["a"] / 2000 < 0.80


def test_a_sampler_draws_the_same_whatever_the_order_of_its_options() -> None:
    assert drawn(options={"a": 3, "b": 1}) == drawn(options={"b": 1, "a": 3})


def test_several_draws_are_different_options() -> None:
    assert all(len(set(one)) == 2 for one in drawn(options=["a", "b", "c"], draws=2))


def test_two_samplers_do_not_draw_alike() -> None:
    spec = graph(nodes={n: {"kind": "sampler", "writes": n, "options": ["x", "y"]} for n in "ab"})
    kept = [r.conversation.variables for r in play(spec, ScriptedModel(["x"]), [{}] * 50).results]
    assert len({(one["a"], one["b"]) for one in kept}) == 4
