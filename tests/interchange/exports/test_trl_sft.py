from typing import Any

import pytest

from grasp_ui.model.selection import TaggedConversation
from tests.builders import answered, chain, message, said, tagged
from tests.interchange.samples import judge_tag, made, panel, review, rule_tag, scored


def messages_of(conversation: TaggedConversation, **settings: object) -> list[Any] | str:
    """The messages of the row, or why there is none."""
    result = made("trl-sft", conversation, **settings)
    return result.rows[0]["messages"] if result.rows else result.left_out[0]


def texts_of(conversation: TaggedConversation, **settings: object) -> list[str] | str:
    """The contents of the row's messages, or why there is none."""
    found = messages_of(conversation, **settings)
    return found if isinstance(found, str) else [one["content"] for one in found]


def test_a_row_has_roles_and_stripped_contents_and_nothing_else() -> None:
    assert messages_of(tagged(said(" Hi ", "Hello!\n"))) == [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello!"},
    ]


def test_the_best_scored_thread_is_written() -> None:
    told = panel(tags=scored([0.2, 0.9, 0.4]))
    assert texts_of(told) == ["How much sun do tomatoes need?", "Some sun."]


def test_among_equal_threads_the_active_one_is_written() -> None:
    told = answered("Is it?", "Yes.", "No.")
    swapped = [m.model_copy(update={"active": m.id != "m1"}) for m in told.messages]
    assert texts_of(tagged(told.model_copy(update={"messages": tuple(swapped)})))[1] == "No."


def test_threads_can_be_ranked_by_one_tag() -> None:
    wordy = judge_tag("m3", 0.9, 0.9).model_copy(update={"name": "wordiness"})
    told = panel(tags=[*scored([0.9, 0.5]), wordy])
    assert texts_of(told, rank_by="wordiness")[1] == "I do not know."


def test_a_rejected_thread_gives_way_to_the_next() -> None:
    told = panel(tags=[*scored([0.9, 0.5, 0.1]), rule_tag("m1", "repetition")])
    assert texts_of(told)[1] == "Some sun."


def test_what_a_person_rejects_is_dropped_without_a_name() -> None:
    told = tagged(said("Hi", "Hello!"), reviews=[review("reject", "c")])
    assert messages_of(told) == "rejected: rejected by a person"


def test_what_a_person_keeps_is_written_in_spite_of_a_rule() -> None:
    tags, reviews = [rule_tag("m1", "repetition")], [review("keep", "c")]
    assert texts_of(tagged(said("Hi", "Hello!"), tags=tags)) == "rejected: repetition"
    assert texts_of(tagged(said("Hi", "Hello!"), tags=tags, reviews=reviews)) == ["Hi", "Hello!"]


def test_a_dispute_holds_a_thread_back() -> None:
    split = [review("keep", "c"), review("reject", "c", person="Ben")]
    assert (
        messages_of(tagged(said("Hi", "Hello!"), reviews=split)) == "disputed: reviewers are split"
    )


def test_what_follows_the_last_answer_is_cut_off() -> None:
    assert texts_of(tagged(said("Hi", "Hello!", "Thanks"))) == ["Hi", "Hello!"]


def test_the_system_message_can_be_left_out() -> None:
    told = tagged(chain(message("Be kind.", "system"), *said("Hi", "Hello!").messages))
    assert texts_of(told) == ["Be kind.", "Hi", "Hello!"]
    assert texts_of(told, keep_system=False) == ["Hi", "Hello!"]


def test_neighbours_of_one_role_are_joined_or_dropped() -> None:
    told = tagged(chain(*(message(t, "user") for t in "ab"), message("Hello!", "assistant")))
    assert texts_of(told) == ["a\n\nb", "Hello!"]
    assert texts_of(told, join_neighbours=False) == "roles do not alternate"


@pytest.mark.parametrize(
    ("roles", "texts", "reason"),
    [
        (("assistant",), ("Hello!",), "user does not begin"),
        (("user",), ("Hi",), "assistant does not end"),
        (("user", "assistant"), ("Hi", " "), "empty message"),
        (("user", "system", "assistant"), ("a", "b", "c"), "system message is not first"),
        (("system",), ("Be kind.",), "no messages"),
    ],
)
def test_a_shape_that_trainers_refuse_is_dropped(
    roles: tuple[Any, ...], texts: tuple[str, ...], reason: str
) -> None:
    turns = [message(text, role) for role, text in zip(roles, texts, strict=True)]
    assert messages_of(tagged(chain(*turns))) == reason


def test_a_conversation_without_messages_is_dropped() -> None:
    assert messages_of(tagged(chain())) == "no messages"
