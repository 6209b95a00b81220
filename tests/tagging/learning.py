"""Small conversations with labels that can be learned, for the tests of learned models."""

from random import Random

from grasp_ui.model.conversation import Conversation
from grasp_ui.tagging.features import message_features
from grasp_ui.tagging.training import Example
from tests.builders import said

GOOD = (
    "You can prune the tree in late winter, when it is still asleep.",
    "Water the seedlings every morning, and keep them out of the wind.",
    "Bread needs time to rise, so leave the dough in a warm place for an hour.",
    "The train leaves at nine from the second platform, and it is seldom late.",
)
BAD = ("lol", "asdf qwrt zxcv", "NO NO NO", "buy cheap pills www.pills.example now!!!")
ASKED = ("How do I do this?", "What should I know about it?", "Can you help me with that?")


def labelled(count: int, seed: int = 0) -> list[Example]:
    """Examples of answers, every third of them bad."""
    chance = Random(seed)
    return [_example(number, chance) for number in range(count)]


def answer(text: str) -> Conversation:
    """A question and the answer `text`."""
    return said(ASKED[0], text)


def _example(number: int, chance: Random) -> Example:
    is_bad = number % 3 == 0
    text = " ".join(chance.sample(BAD if is_bad else GOOD, 2))
    tree = said(ASKED[number % 3], text)
    features = message_features(tree)[tree.messages[1].id]
    return Example(features, float(not is_bad), f"tree {number}")
