"""A foul word in a message."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, dialogues, mutated, unharmed

WORDS = ("shit", "fucking", "bullshit", "asshole", "bastard", "bitch", "sh*t", "f**k", "goddamn",
         "wanker", "dickhead", "motherfucker", "SHIT", "Fuck", "arsehole",
         "piece of shit")  # fmt: skip
CARRIERS = (
    "What a load of {} this is.",
    "{}, I forgot the most important part!",
    "Do not be such a {} about it.",
    "Honestly, {} that.",
    "My boss said {} twice today.",
)
NEAR = (
    "The assistant passed the class with a mass of assignments.",
    "Scunthorpe and Penistone are towns in England.",
    "Add a cocktail of shiitake mushrooms and cockles.",
    "Moby-Dick is a novel; Dickens wrote others.",
    "The flame retardant in the foam delays the fire.",
    "Assess the compass, the bypass and the embassy.",
    "A peacock and a hancock walked over the cockpit.",
    "He has a title, a titmouse and a grand total of ten.",
    "The analysis of the canal is thorough.",
    "Push it to the shipping shelf, then shift the shirts.",
    "Matsushita and Fukuda met in Fukushima.",
    "The basset hound is a classic; its grass was cut.",
    "Hello, the hell of Dante has nine circles.",
    "Niger and Nigeria are two countries in Africa.",
    "A pussycat purred... no, a wildcat.",
    "The **f** in *f*(x) stands for a function, a** for a power.",
    "Sextant, Essex and Sussex are harmless words.",
    "Therapist and rapeseed oil are, too.",
    "The fagotto is the Italian name of the bassoon.",
    "Spice, spicy and conspicuous begin alike.",
    "To swank is to show off, and a swanky hotel does.",
    "That is a terrible, stupid, ugly idea.",
)


def _with_a_word(text: str, chance: Random) -> str:
    return f"{chance.choice(CARRIERS).format(chance.choice(WORDS))} {text}"


def faulty() -> list[Planted]:
    """Each word once, and dialogues whose question or answer has one."""
    told = dialogues(language="en")
    return [
        *(Planted(said("How was it?", CARRIERS[0].format(word)), "m1") for word in WORDS),
        *mutated(_with_a_word, seed=50, told=told),
        *mutated(_with_a_word, seed=51, told=told, place=0),
    ]


def clean() -> list[Conversation]:
    """Decent words with a foul one inside, harsh words without one, plain dialogues."""
    return [*unharmed(), *(said("Tell me more.", text) for text in NEAR)]
