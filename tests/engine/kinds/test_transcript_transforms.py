"""Nodes that work on the transcript: conversation, swap_roles."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.engine.compile import problems_of
from grasp_ui.engine.kinds.conversation import ConversationConfig, lines_of
from grasp_ui.llm.scripted import ScriptedModel
from grasp_ui.model.conversation import Message
from grasp_ui.model.event import RecordEnded
from grasp_ui.model.graph import EdgeSpec
from tests.builders import graph, play, surroundings
from tests.engine.kinds.transforming import failure, ran

BUILD = {"kind": "conversation", "reads": "d"}
TEXTS = st.lists(st.text(min_size=1).filter(lambda text: bool(text.strip())), min_size=1)


def messages(node: dict[str, Any], row: dict[str, Any]) -> tuple[Message, ...]:
    """The messages that are left of one record."""
    heard = play(graph(nodes={"t": node}, output={}), ScriptedModel([]), [row])
    (end,) = heard.of(RecordEnded)
    assert end.state == "done", end.error
    return heard.results[0].conversation.messages


def test_rows_become_messages_by_the_role_map() -> None:
    rows = [{"role": "Customer", "content": " Hi. "}, {"role": "AGENT", "content": "Hello!"}]
    roles = {"customer": "user", "Agent": "assistant"}
    found = messages(BUILD | {"roles": roles}, {"d": rows})
    assert [(one.role, one.content, one.name) for one in found] == [
        ("user", "Hi.", None), ("assistant", "Hello!", None),
    ]  # fmt: skip
    assert [one.parent_id for one in found] == [None, found[0].id]
    assert {one.node for one in found} == {"t"}


def test_rows_of_other_keys_are_read() -> None:
    rows = [{"from": "human", "value": "Hi."}, {"from": "gpt", "value": "Hello!"}]
    found = messages(BUILD | {"role_key": "from", "content_key": "value"}, {"d": rows})
    assert [one.role for one in found] == ["user", "assistant"]


def test_names_are_kept_where_they_are_wanted() -> None:
    rows = [{"role": who, "content": "Hi."} for who in ("Ann", "Bo")]
    roles = {"ann": "user", "bo": "user"}
    found = messages(BUILD | {"roles": roles, "keep_names": True}, {"d": rows})
    assert [(one.role, one.name) for one in found] == [("user", "Ann"), ("user", "Bo")]


@given(TEXTS, st.sampled_from(["user", "assistant"]))
def test_texts_alone_take_turns(texts: list[str], first: Any) -> None:
    lines = list(lines_of(texts, ConversationConfig(first=first)))
    assert [text for _, text in lines] == [text.strip() for text in texts]
    other = {"user": "assistant", "assistant": "user"}[first]
    assert [who.role for who, _ in lines] == [(first, other)[n % 2] for n in range(len(texts))]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("Hi.", "not_a_list"),
        ([], "not_a_list"),
        ([{"role": "user"}], "wrong_row"),
        ([{"role": "user", "content": " "}], "wrong_row"),
        ([4], "wrong_row"),
        ([""], "wrong_row"),
        ([{"role": "narrator", "content": "Once."}], "unknown_role"),
        ([{"role": "user", "content": "a"}, {"role": "human", "content": "b"}], "same_role_twice"),
    ],
)
def test_rows_that_are_no_messages_fail_the_record(rows: Any, code: str) -> None:
    assert failure(BUILD, {"d": rows})[0] == code


def test_a_turn_goes_on_from_the_messages() -> None:
    nodes = {"t": BUILD, "answer": {"kind": "turn", "role": "assistant"}}
    model = ScriptedModel(["Four."])
    heard = play(graph("t -> answer", nodes=nodes), model, [{"d": ["Two and two?"]}])
    assert model.asked[0]["messages"] == [{"role": "user", "content": "Two and two?"}]
    assert [m.content for m in heard.results[0].conversation.messages] == ["Two and two?", "Four."]


def test_a_judge_can_follow_the_messages() -> None:
    nodes = {"t": BUILD, "judge": {"kind": "judge"}}
    assert problems_of(graph("t -> judge", nodes=nodes), surroundings("d")) == ()


def test_two_branches_cannot_both_build_or_swap() -> None:
    nodes = {"a": {"kind": "swap_roles"}, "b": BUILD}
    found = problems_of(graph("s -> a", "s -> b", nodes=nodes), surroundings("d", "messages"))
    assert [problem.what for problem in found] == [
        "'a' and 'b' can add to the transcript at the same time."
    ]


def test_swapping_gives_each_message_the_other_role() -> None:
    given = [{"role": role, "content": role} for role in ("system", "user", "assistant")]
    found = [(m.content, m.role) for m in messages({"kind": "swap_roles"}, {"messages": given})]
    assert found == [("system", "system"), ("user", "assistant"), ("assistant", "user")]


def test_swapping_twice_changes_nothing() -> None:
    nodes = {"build": BUILD, "a": {"kind": "swap_roles"}, "b": {"kind": "swap_roles"}}
    spec = graph("build -> a -> b", nodes=nodes, output={})
    (result,) = play(spec, ScriptedModel([]), [{"d": ["x", "y"]}]).results
    assert [one.role for one in result.conversation.messages] == ["user", "assistant"]


def test_after_a_swap_the_same_side_can_speak_again() -> None:
    turn = {"kind": "turn", "role": "user"}
    nodes = {"a": turn, "swap": {"kind": "swap_roles"}, "b": turn}
    heard = play(graph("a -> swap -> b", nodes=nodes), ScriptedModel(["one", "two"]))
    assert [m.role for m in heard.results[0].conversation.messages] == ["assistant", "user"]


def test_a_disabled_swap_leaves_all_as_it_was() -> None:
    heard = ran({"kind": "swap_roles", "disabled": True}, {}, said="Hi.")
    assert [m.role for m in heard.results[0].conversation.messages] == ["user"]


def test_no_element_of_a_list_can_change_the_dialogue() -> None:
    held = graph(nodes={"swap": {"kind": "swap_roles"}}, output={})
    spec = graph(nodes={"m": {"kind": "map", "graph": "held", "over": "l"}})
    (problem,) = problems_of(spec, replace(surroundings("l"), graphs={"held": held}))
    assert (problem.node, "changes the dialogue" in problem.what) == ("m", True)


def test_a_swap_in_a_loop_lets_one_side_speak_in_every_round() -> None:
    nodes = {
        "say": {"kind": "turn", "role": "user"},
        "swap": {"kind": "swap_roles"},
        "count": {"kind": "increment", "writes": "n"},
    }
    back = EdgeSpec(source="count", target="say", when="n < 4", max_visits=9)
    drawn = graph("say -> swap -> count", nodes=nodes)
    spec = drawn.model_copy(update={"edges": (*drawn.edges, back)})
    (result,) = play(spec, ScriptedModel(list("abcd"))).results
    found = [(one.role, one.content) for one in result.conversation.messages]
    assert found == [("user", "a"), ("assistant", "b"), ("user", "c"), ("assistant", "d")]


def test_messages_of_every_round_have_ids_of_their_own() -> None:
    nodes = {"build": BUILD, "count": {"kind": "increment", "writes": "n"}}
    back = EdgeSpec(source="count", target="build", when="n < 3", max_visits=9)
    drawn = graph("build -> count", nodes=nodes, output={})
    spec = drawn.model_copy(update={"edges": (*drawn.edges, back)})
    (result,) = play(spec, ScriptedModel([]), [{"d": ["x", "y"]}]).results
    assert len({one.id for one in result.conversation.messages}) == 6
    assert len(list(result.conversation.threads())) == 1
