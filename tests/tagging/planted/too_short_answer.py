"""An answer that leaves an open question open."""

from itertools import cycle

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, dialogues, unharmed

STUMPS = (
    "No idea",
    "ok",
    "Maybe.",
    "dunno",
    "See above.",
    "Yes!!!!!!!!!!!!!",
    "*smiles*",
    "1. 2. 3.",
)
OPEN = (
    "What",
    "How do",
    "Explain",
    "Summarise",
    "Write",
    "Compare",
    "Tell me",
    "Suggest",
    "Give me",
)
SHORT = (
    ("Is the museum open on Mondays?", "No."),
    ("Does it work on Linux too?", "It does."),
    ("True or false: whales are fish.", "False"),
    ("How many strings has a violin?", "Four."),
    ("What is 17 * 3?", "51"),
    ("When did the Titanic sink?", "In 1912."),
    ("Which year was the Eiffel Tower finished?", "1889"),
    ("In one word, what do bees make?", "Honey."),
    ("Answer with the letter only.\nA. tin\nB. gold", "B"),
    ("Classify the sentiment: what a lovely evening.", "positive"),
    ("Thank you so much!", "My pleasure!"),
    ("Good morning!", "Hello!"),
    ("Calculate the square root of 144.", "12"),
    ("Convert 3 miles to kilometres.", "4.8 km"),
    ("Can penguins fly?", "No."),
    ("Was Beethoven deaf?", "Later, yes."),
    ("Just give me the name of the capital of Peru.", "Lima"),
    ("Should I add salt?", "A little."),
    ("What percent of 80 is 20?", "25 %"),
    ("How old is the universe?", "13.8 Gyr"),
)


def faulty() -> list[Planted]:
    """Open questions of the file with a stump for an answer."""
    open_ones = [one for one in dialogues() if one.turns[0].startswith(OPEN)]
    asked = [one.turns[0] for one in open_ones] * 2
    return [Planted(said(q, a), "m1") for q, a in zip(asked, cycle(STUMPS), strict=False)]


def clean() -> list[Conversation]:
    """Short answers to questions that want no more, and the dialogues as they are."""
    return [*(said(*pair) for pair in SHORT), *unharmed()]
