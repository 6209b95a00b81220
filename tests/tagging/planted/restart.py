"""A dialogue that begins again after its end."""

from itertools import cycle

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Dialogue, Planted, dialogues, unharmed

SETTLED = (
    "Thanks, that solved it!", "Perfect, it works now.", "Great, that fixed the problem.",
    "That is all I needed, thank you.", "The issue is resolved, thanks a lot.",
    "Thank you, everything is clear now. Goodbye!", "That helped a lot.",
    "No more questions, thanks.", "Super, that did the trick!", "That's all for today, bye!",
)  # fmt: skip
WELCOME = ("You are welcome.", "I am glad about that.", "My pleasure, take care!", "Any time.")
AGAIN = ("Hello!", "Hi, how are you?", "Good morning, I am new here.", "Hey there!",
         "Hello again, who are you?")  # fmt: skip
HONEST = (
    ("How do I descale a kettle?", "With vinegar.", "Thanks, that worked!", "Good.",
     "Now the coffee machine: does vinegar work there?", "Better not."),
    ("Hi", "Hello! What can I do?", "Tell me about Lisbon.", "It lies on the Tagus."),
    ("How do I sort a list?", "Use sorted.", "How do I sort a list?", "As I said, use sorted."),
    ("Is my code right now?", "It fails.", "Is it fixed now?", "Yes.", "Hello world is printed?",
     "Yes."),
    ("My tap drips.", "Change the washer.", "That did not help, it still drips.", "Then the seat.",
     "Hi, I am back. It still drips.", "Call a plumber."),
    ("Good morning!", "Good morning!", "What is the weather like?", "I cannot see it."),
    ("Fix my chain.", "Replace it.", "If that solved it, I would be glad.", "Try it.",
     "Hello? Are you there?", "Yes."),
    ("My chain slips on hills.", "Replace it.", "That fixed it.", "Good.",
     "Which oil is best for it?", "A thin one."),
)  # fmt: skip


def _settled(told: Dialogue, thanks: str, welcome: str, *more: str) -> Conversation:
    return said(*told.turns, thanks, welcome, *more)


def faulty() -> list[Planted]:
    """Settled dialogues in which somebody greets, or asks the first question, anew."""
    plain = [one for one in dialogues(language="en") if not one.system]
    rows = list(zip(plain, cycle(SETTLED), cycle(WELCOME), cycle(AGAIN), strict=False))
    greeted = [
        Planted(_settled(one, s, w, again, "Hello!"), f"m{len(one.turns) + 2}")
        for one, s, w, again in rows
    ]
    asked = [
        Planted(_settled(one, s, w, one.turns[0], one.turns[1]), f"m{len(one.turns) + 2}")
        for one, s, w, _ in rows
    ]
    answered = [
        Planted(_settled(one, s, "Hello! How are you?"), f"m{len(one.turns) + 1}")
        for one, s, _, _ in rows[:5]
    ]
    return [*greeted, *asked, *answered]


def clean() -> list[Conversation]:
    """Settled dialogues that end there or go on with another matter; unsettled ones."""
    plain = [one for one in dialogues(language="en") if not one.system]
    rows = list(zip(plain, cycle(SETTLED), cycle(WELCOME), strict=False))
    ended = [_settled(one, s, w) for one, s, w in rows]
    onward = [
        _settled(one, s, w, other.turns[0], other.turns[1])
        for (one, s, w), other in zip(rows, plain[1:], strict=False)
    ]
    return [*unharmed(), *ended, *onward, *(said(*texts) for texts in HONEST)]
