"""Features are numbers with names, the same whenever they are asked for."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.tagging.features import conversation_features, message_features, rules_version
from tests.builders import answered, said
from tests.tagging.firing import load_rules

load_rules()
LOOPING = said("Where is my parcel?", "It is on its way. " * 6)


@given(st.lists(st.text(max_size=300), min_size=1, max_size=5))
def test_features_of_any_text_are_finite_numbers(texts: list[str]) -> None:
    tree = said(*texts)
    found = [*message_features(tree).values(), conversation_features(tree)]
    assert all(math.isfinite(value) for features in found for value in features.values())


def test_a_rule_that_fires_is_a_feature_of_its_message_alone() -> None:
    found = message_features(LOOPING)
    asked, said_back = (found[message.id] for message in LOOPING.messages)
    assert said_back["rule repetition"] == 1
    assert 0 < said_back["rule repetition, how badly"] <= 1
    assert "rule repetition" not in asked


def test_a_rule_that_finds_fault_with_the_whole_counts_for_every_message() -> None:
    tree = said("Hello?")
    found = message_features(tree)
    [where] = found.values()
    assert where["rule last_not_assistant"] == 1


def test_a_conversation_has_the_worst_that_rules_found_in_it() -> None:
    assert conversation_features(LOOPING)["rule repetition"] == 1


def test_text_statistics_of_a_conversation_are_means_over_its_answers() -> None:
    tree = answered("Which?", "one two", "THREE FOUR")
    by_message = message_features(tree)
    answers = [by_message[message.id]["capital letters"] for message in tree.messages[1:]]
    assert conversation_features(tree)["capital letters"] == pytest.approx(sum(answers) / 2)


@pytest.mark.parametrize(
    "text", ["i think so too , really", "It works,really well", "It works. then it stops"]
)
def test_careless_typing_is_found_and_careful_typing_is_not(text: str) -> None:
    careful = "I think so too, really: it costs 1,000 (i.e. a lot). Then it stops!"
    hasty, neat = (
        next(iter(message_features(said(one)).values()))["careless typing"]
        for one in (text, careful)
    )
    assert hasty > neat == 0


def test_words_of_the_prompt_are_counted_without_the_frequent_ones() -> None:
    tree = said("Is the moon made of cheese?", "The moon is rock.")
    answer = message_features(tree)[tree.messages[1].id]
    assert answer["words of the prompt"] == pytest.approx(1 / 3, abs=1e-3)


def test_the_rules_behind_the_features_are_named_with_their_code() -> None:
    named = {entry.split("@")[0] for entry in rules_version()}
    assert {"repetition", "truncated", "orphan"} <= named
