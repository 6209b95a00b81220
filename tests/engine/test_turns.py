"""What a turn sees and leaves, sentence by sentence of the semantics."""

from typing import Any

import pytest

from grasp_ui.llm.port import EmptyReply, Reply
from grasp_ui.llm.scripted import ScriptedModel
from grasp_ui.model.conversation import conversation_id, message_id
from grasp_ui.model.event import RecordEnded
from grasp_ui.model.record import Seed
from grasp_ui.model.value import RunId
from tests.builders import graph, play

USER: dict[str, Any] = {"kind": "turn", "role": "user"}
ASSISTANT: dict[str, Any] = {"kind": "turn", "role": "assistant"}
SEED_TALK = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]


def dialogue(*turns: dict[str, Any], **parts: Any) -> Any:
    """Turns one after the other, as nodes a, b, c, …"""
    nodes = dict(zip("abcdef", turns, strict=False))
    return graph(" -> ".join(nodes), nodes=nodes, **parts)


def asked(model: ScriptedModel, call: int = -1) -> list[tuple[str, str]]:
    """The messages of one request."""
    return [(one["role"], one["content"]) for one in model.asked[call]["messages"]]


def test_a_turn_sees_its_own_role_as_assistant_and_the_other_side_as_user() -> None:
    model = ScriptedModel(["q1", "a1", "q2"])
    play(dialogue(USER, ASSISTANT, USER), model)
    assert asked(model) == [("user", "Begin."), ("assistant", "q1"), ("user", "a1")]
    assert asked(model, 1) == [("user", "q1")]


def test_persona_and_goal_go_into_the_system_message_and_are_not_stored() -> None:
    model = ScriptedModel(["q1"])
    turn = {**USER, "persona": "A {mood} person.", "goal": "Get help.", "prompt": "Ask."}
    heard = play(dialogue(turn), model, [{"mood": "calm"}])
    assert asked(model) == [("system", "A calm person.\n\nYour goal: Get help."), ("user", "Ask.")]
    assert [one.content for one in heard.results[0].conversation.messages] == ["q1"]


def test_the_prompt_is_one_last_instruction_for_this_call_only() -> None:
    model = ScriptedModel(["q1", "a1", "q2", "a2"])
    play(dialogue(USER, {**ASSISTANT, "prompt": "Be brief."}, USER, ASSISTANT), model)
    assert asked(model, 1) == [("user", "q1\n\nBe brief.")]
    assert "Be brief." not in str(model.asked[3])


def test_on_an_empty_transcript_the_prompt_is_the_user_message() -> None:
    model = ScriptedModel(["q1"])
    play(dialogue({**USER, "prompt": "Ask about {topic}."}), model, [{"topic": "tea"}])
    assert asked(model) == [("user", "Ask about tea.")]


def test_an_empty_transcript_without_a_prompt_begins() -> None:
    model = ScriptedModel(["q1"])
    play(dialogue(USER), model)
    assert asked(model) == [("user", "Begin.")]


def test_begin_stands_in_the_request_only() -> None:
    heard = play(dialogue(USER, ASSISTANT), ScriptedModel(["q1", "a1"]))
    assert [one.content for one in heard.results[0].conversation.messages] == ["q1", "a1"]


def test_the_graphs_system_message_is_stored_first() -> None:
    spec = dialogue(USER, system="Be kind about {topic}.")
    heard = play(spec, ScriptedModel(["q1"]), [{"topic": "tea"}])
    first, second = heard.results[0].conversation.messages
    assert (first.role, first.content, first.parent_id) == ("system", "Be kind about tea.", None)
    assert second.parent_id == first.id


def test_the_graphs_system_message_speaks_to_the_assistant_alone() -> None:
    model = ScriptedModel(["q1", "a1"])
    spec = dialogue(USER, {**ASSISTANT, "persona": "Terse."}, system="Be kind.")
    play(spec, model)
    assert asked(model, 0) == [("user", "Begin.")]
    assert asked(model, 1) == [("system", "Be kind.\n\nTerse."), ("user", "q1")]


def test_neighbours_of_one_role_are_joined_by_an_empty_line() -> None:
    model = ScriptedModel(["from Ann", "from Bob", "a1"])
    names = ({**USER, "name": "Ann"}, {**USER, "name": "Bob"})
    play(dialogue(*names, ASSISTANT), model)
    assert asked(model) == [("user", "Ann: from Ann\n\nBob: from Bob")]
    assert asked(model, 1) == [("user", "Ann: from Ann")]


def test_a_record_begins_with_the_messages_of_its_seed() -> None:
    model = ScriptedModel(["more"])
    heard = play(dialogue(USER), model, [{"messages": SEED_TALK}])
    assert asked(model) == [("user", "Begin."), ("assistant", "Hi"), ("user", "Hello")]
    contents = [one.content for one in heard.results[0].conversation.messages]
    assert contents == ["Hi", "Hello", "more"]


def test_a_graph_without_turns_keeps_the_messages_of_its_seed() -> None:
    spec = graph("judge", nodes={"judge": {"kind": "judge"}}, output={})
    [result] = play(spec, ScriptedModel(["Yes"]), [{"messages": SEED_TALK}]).results
    assert [one.content for one in result.conversation.messages] == ["Hi", "Hello"]
    assert [tag.target.id for tag in result.tags] == [result.conversation.messages[1].id]


def test_a_loop_goes_on_from_the_messages_of_its_seed_and_leaves_them_as_they_are() -> None:
    nodes = {"more": {**USER, "revises": True}}
    spec = graph("more", "more -> more if visit < 1 most 1", nodes=nodes)
    heard = play(spec, ScriptedModel(["one", "two"]), [{"messages": SEED_TALK}])
    found = heard.results[0].conversation
    assert [(one.content, one.active) for one in found.messages] == [
        ("Hi", True), ("Hello", True), ("one", False), ("two", True),
    ]  # fmt: skip


def test_a_seed_that_brings_a_system_message_keeps_its_own() -> None:
    messages = [{"role": "system", "content": "Mine."}]
    spec = dialogue(USER, system="The graph's.")
    heard = play(spec, ScriptedModel(["q1"]), [{"messages": messages}])
    assert [one.content for one in heard.results[0].conversation.messages] == ["Mine.", "q1"]


@pytest.mark.parametrize("messages", ["hi", [{"role": "robot", "content": "hi"}], [{}], [3]])
def test_a_seed_with_broken_messages_fails_its_record(messages: Any) -> None:
    heard = play(dialogue(USER), ScriptedModel(["q1"]), [{"messages": messages}, {"messages": []}])
    first, second = sorted(heard.of(RecordEnded), key=lambda end: end.record_index)
    assert (first.state, first.error_code, first.node) == ("failed", "invalid_seed", None)
    assert second.state == "done"


def test_two_turns_of_one_role_in_a_row_fail_the_record() -> None:
    nodes = {"a": USER, "b": ASSISTANT, "c": ASSISTANT}
    spec = graph("a -> b if record == 1", "a -> c", "b -> c", nodes=nodes)
    heard = play(spec, ScriptedModel(["x"]), [{}, {}])
    first, second = sorted(heard.of(RecordEnded), key=lambda end: end.record_index)
    assert first.state == "done"
    assert (second.error_code, second.node) == ("same_role_twice", "c")


def test_an_empty_reply_fails_the_record() -> None:
    heard = play(dialogue(USER), ScriptedModel([EmptyReply("nothing")]))
    assert heard.of(RecordEnded)[0].error_code == "empty_reply"


def test_a_message_keeps_its_node_model_and_how_its_reply_ended() -> None:
    reply = Reply("Half a", finish_reason="length", reasoning="Hm.")
    heard = play(dialogue(USER), ScriptedModel([reply], name="tiny"))
    [message] = heard.results[0].conversation.messages
    assert (message.node, message.model) == ("a", "tiny")
    assert (message.finish_reason, message.reasoning, message.content) == (
        "length",
        "Hm.",
        "Half a",
    )


def test_white_space_around_a_reply_is_no_part_of_the_message() -> None:
    heard = play(dialogue(USER), ScriptedModel([" q1\n"]))
    assert heard.results[0].conversation.messages[0].content == "q1"


def test_a_message_is_identified_by_conversation_node_visits_and_candidate() -> None:
    heard = play(dialogue(USER), ScriptedModel(["q1"]))
    found = heard.results[0].conversation
    assert found.id == conversation_id(RunId("run"), Seed(index=0).record_id)
    assert found.messages[0].id == message_id(found.id, "a", (0,), 0)


def test_a_speakers_name_is_stored() -> None:
    heard = play(dialogue({**USER, "name": "Ann"}), ScriptedModel(["q1"]))
    assert heard.results[0].conversation.messages[0].name == "Ann"


def test_jinja_is_read_where_the_node_asks_for_it() -> None:
    model = ScriptedModel(["q1", "a1"])
    text = "{% if mood %}{{ mood }} {mood}{% endif %}"
    play(dialogue({**USER, "prompt": text, "jinja": True}), model, [{"mood": "calm"}])
    assert asked(model) == [("user", "calm {mood}")]
