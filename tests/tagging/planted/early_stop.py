"""A dialogue that stops before it got anywhere."""

from itertools import cycle

from grasp_ui.model.conversation import Conversation
from tests.builders import chain, said
from tests.tagging.planted.planting import Planted, dialogues, unharmed

BYES = (
    "Goodbye!", "Have a great day!", "Bye!", "Take care!", "See you later.", "Good bye, and thanks",
    "Have a nice evening!", "Enjoy the rest of your day.", "Talk to you soon!", "Farewell.",
)  # fmt: skip
HONEST = (
    ("Thanks, that solved it. Goodbye!", "Goodbye!"),
    ("Bye!", "Goodbye, and have a great day!"),
    ("Write an e-mail that invites my aunt.", "Dear aunt, come on Sunday. Take care!"),
    ("How do you say goodbye in Italian?", "You say arrivederci, or ciao among friends: bye!"),
    ("Write a dialogue between two neighbours.", "A: Hello.\nB: I must go.\nA: See you later!"),
    ("Translate: bis bald!", "See you soon!"),
    ("When is a good day to plant roses?", "A mild day in March is a good day."),
    ("What did she mean by it?", "She meant that she would take care of the dog."),
    ("Draft a speech for my farewell.", "Dear all, it was a pleasure. Farewell!"),
    ("How do I treat a burn?", "Cool it, cover it, and see a doctor if it blisters."),
)  # fmt: skip
LATER = (
    ("My chain slips.", "It is worn.", "Thanks, bye!", "Goodbye!"),
    ("My bread is dense.", "Give it time.", "I will. Have a nice day!", "You too, take care!"),
    ("Is it late?", "It is nine.", "Then good night, see you tomorrow.", "See you tomorrow!"),
)


def faulty() -> list[Planted]:
    """Goodbyes in a first exchange, and questions that nobody answers any more."""
    plain = [one for one in dialogues(language="en") if not one.has and not one.system]
    plain = [one for one in plain if "message" not in one.turns[0] and "story" not in one.turns[0]]
    early = [
        Planted(said(one.turns[0], f"{one.turns[1]} {bye}"), "m1")
        for one, bye in zip(plain, cycle(BYES), strict=False)
    ]
    at_once = [
        Planted(said(f"{one.turns[0]} {bye}", "Yes."), "m0")
        for one, bye in zip(plain, BYES, strict=False)
    ]
    longer = [one for one in dialogues() if len(one.turns) == 4 and one.turns[2].endswith("?")]
    left = [Planted(said(*one.turns[:3]), "m2") for one in longer if not one.system]
    return [*early, *at_once, *left]


def clean() -> list[Conversation]:
    """Goodbyes that were due or asked for, imported trees with an open leaf, plain dialogues."""
    open_leaf = chain(*said("Hi", "Hello!", "How old is the moon?").messages)
    imported = open_leaf.model_copy(update={"source": "imported"})
    stopped = [one for one in dialogues() if len(one.turns) == 4 and "?" not in one.turns[2]]
    told = [said(*one.turns[:3]) for one in stopped]
    return [*unharmed(), *(said(*texts) for texts in (*HONEST, *LATER)), imported, *told]
