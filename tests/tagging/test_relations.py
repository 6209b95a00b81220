"""How a message stands to its prompt and to the other answers there."""

import pytest

from grasp_ui.model.conversation import Conversation
from grasp_ui.tagging.relations import read, relations
from tests.builders import answered, said

ALIKE = "Prune the apple tree in late winter with a sharp saw."
TREES = answered(
    "When should I prune my apple tree?",
    ALIKE,
    "Late winter is best to prune an apple tree; keep the saw sharp.",
    "My favourite film is about a submarine.",
)


def of_answers(tree: Conversation) -> list[dict[str, float]]:
    """What is found of all but the first message."""
    found = relations(read(tree))
    return [found[message.id] for message in tree.messages[1:]]


@pytest.mark.parametrize(
    "name",
    [
        "words of the other answers", "meaning of the other answers",
        "meaning of the nearest other answer", "meaning of the prompt",
    ],
)  # fmt: skip
def test_an_answer_that_says_what_no_other_says_stands_apart(name: str) -> None:
    one, other, stranger = of_answers(TREES)
    assert min(one[name], other[name]) > stranger[name] + 0.1


def test_words_of_the_others_are_those_that_stand_in_any_of_them() -> None:
    first, second, _ = of_answers(answered("Which?", "red green", "red blue", "blue grey"))
    assert first["words of the other answers"] == pytest.approx(1 / 3, abs=1e-3)
    assert second["words of the other answers"] == 0.5


def test_the_shortest_answer_is_shorter_than_the_mean_of_the_others() -> None:
    short, middle, long = of_answers(answered("Which?", "red", "red or green", "red or green" * 5))
    assert short["length to the other answers"] < -1 < 1 < long["length to the other answers"]
    assert middle["length unlike the other answers"] < short["length unlike the other answers"]


def test_an_answer_alone_has_no_others_to_stand_to() -> None:
    tree = said("When to prune an apple tree?", ALIKE)
    [alone] = of_answers(tree)
    assert [name for name in alone if "other" in name] == []
    assert alone["words of the prompt"] == 1.0


def test_a_message_without_words_is_like_nothing() -> None:
    empty, full = of_answers(answered("When?", "", ALIKE))
    assert empty["meaning of the other answers"] == full["meaning of the other answers"] == 0
    assert empty["meaning of the prompt"] == 0
