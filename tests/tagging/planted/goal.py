"""Dialogues whose seed gives the user a goal, and those that have none."""

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, dialogues, unharmed

# A goal, and how the dialogue fared.
REACHED = (
    ("Get the parcel delivered today.", "My parcel is late.", "It comes today, the driver has it.",
     "Great, thank you!", "You are welcome."),
    ("Learn how to descale a kettle.", "How do I descale a kettle?", "Boil vinegar in it.",
     "Thanks, that worked.", "Good."),
    ("Understand why the bread is dense.", "My bread is dense.", "The dough rested too briefly.",
     "That makes sense now.", "Fine."),
    ("Find a gift for a father who likes fishing.", "What gift suits my father? He loves fishing.",
     "A book on flies, or a good reel.", "Perfect, a reel it is.", "Enjoy it."),
    ("Book a table for four on Friday.", "A table for four, please.", "On Friday at eight?",
     "Yes, please.", "It is booked under your name."),
    ("Fix the slipping chain of the bicycle.", "The chain of my bicycle is slipping.",
     "It is worn, replace it.", "That fixed it!", "Glad to hear it."),
    ("Cancel the subscription to the magazine.", "I want to cancel my magazine.",
     "Your subscription is cancelled as of today.", "Thanks.", "Goodbye."),
    ("Know the museum's opening hours on Monday.", "Is the museum open on Monday?",
     "The opening hours on Monday are ten to four.", "Thank you.", "Enjoy your visit."),
    ("Get a refund for the broken lamp.", "My lamp came broken.", "We refund it within two days.",
     "That is all I wanted.", "Good."),
    ("Choose between a heat pump and a gas boiler.", "Heat pump or gas boiler?",
     "In a house as yours the pump is cheaper to run.", "Then I take the pump.", "A good choice."),
)  # fmt: skip
MISSED = (
    ("Get the parcel delivered today.", "My parcel is late.", "Please wait.",
     "That does not help.", "I am sorry."),
    ("Learn how to descale a kettle.", "How do I descale a kettle?", "Boil water in it.",
     "It still does not work.", "How odd."),
    ("Find a gift for a father who likes fishing.", "Hello!", "Hello! Nice weather.",
     "Yes, very sunny.", "It will rain, though."),
    ("Book a table for four on Friday.", "Hi, how are you?", "Very well.", "Do you like music?",
     "I do, above all jazz."),
    ("Fix the slipping chain of the bicycle.", "The chain of my bicycle slips.", "Oil it.",
     "No luck, I give up.", "Do not give up."),
    ("Cancel the subscription to the magazine.", "I want to cancel my magazine subscription.",
     "Why?", "Because I never read it.", "I'm sorry, but I can't help you with that."),
    ("Know the museum's opening hours on Monday.", "When is it open?", "Usually in the morning.",
     "Never mind, I will call someone else.", "As you wish."),
    ("Get a refund for the broken lamp.", "My lamp came broken.", "Shake it.",
     "You are not helping.", "I see."),
    ("Choose between a heat pump and a gas boiler.", "What is the capital of Peru?", "Lima.",
     "And of Chile?", "Santiago."),
    ("Understand why the bread is dense.", "My bread is dense.", "Bake it again.",
     "It's still the same as before.", "Strange."),
)  # fmt: skip


def with_goal(row: tuple[str, ...]) -> Conversation:
    """A dialogue after its goal, as the record of a seed with `goal`."""
    return said(*row[1:]).model_copy(update={"seed": {"goal": row[0]}})


def faulty() -> list[Planted]:
    """Every dialogue with a goal: the rule says of each how it fared, on its last message."""
    return [Planted(with_goal(row), "m3") for row in (*REACHED, *MISSED)]


def clean() -> list[Conversation]:
    """Dialogues without a goal, or with an empty one."""
    empty = [one.conversation().model_copy(update={"seed": {"goal": " "}}) for one in dialogues()]
    return [*unharmed(), *empty]
