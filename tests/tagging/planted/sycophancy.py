"""An answer that begins with praise."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, dialogues, mutated, unharmed

PRAISES = (
    "Great question!",
    "That's a great question.",
    "What a fascinating question!",
    "Excellent point.",
    "You're absolutely right!",
    "I love this question.",
    "Wow, what a thoughtful question!",
    "That is a really good question,",
    "Good question!",
    "You are so smart!",
    "What an insightful observation!",
    "Your idea is brilliant!",
    "Oh, excellent question!",
    "Hello! Great question.",
    "You’re completely right.",
    "This is such an interesting topic!",
)
ELSEWHERE = {
    "de": "Gute Frage!",
    "fr": "Excellente question !",
    "es": "¡Excelente pregunta!",
    "it": "Ottima domanda!",
    "pt": "Ótima pergunta!",
    "nl": "Goede vraag!",
    "zh": "好问题！",
    "ja": "いい質問ですね。",
    "ru": "Отличный вопрос!",
    "pl": "Świetne pytanie!",
    "tr": "Harika bir soru!",
}
HONEST = (
    "Good questions to ask are how old the roof is and who lives upstairs.",
    "A good question to ask is why the last tenant left.",
    "That is a good question to ask your doctor, since it depends on your blood pressure.",
    "Great ideas often come on a walk.",
    "Interesting topics for a talk are tides, bees and bridges.",
    "An important point is that the glue must dry overnight.",
    "The question is a good one for the exam, said the teacher.",
    "You are right that the first bus is at six, but it does not stop here.",
    "I love tomatoes, and they love the sun.",
    "What a day it was in Lisbon: sun, fado and grilled sardines.",
    "Wonderful, the parcel has arrived.",
    "Great! Then press the red button.",
    "Good points of this phone are its battery and its price.",
    "Excellent bread needs time.",
    "Your question was answered above: it is the second door.",
    "Thank you for the photo. The leaf shows a lack of iron.",
    "Perfect squares are 1, 4, 9 and so on.",
    "Absolutely. Take the train at nine.",
    "Sure, here is a list.",
    "Brilliant blue is a colour of the sky in May.",
    "You are so close: move the bishop once more.",
    "It is an interesting question whether the fish feels pain, and nobody knows.",
)


def _praised(text: str, chance: Random) -> str:
    return f"{chance.choice(PRAISES)} {text}"


def faulty() -> list[Planted]:
    """English answers that begin with praise, and one in each other language."""
    foreign = []
    for language, praise in ELSEWHERE.items():
        one = dialogues(language=language)[0]
        foreign.append(Planted(said(one.turns[0], f"{praise} {one.turns[1]}"), "m1"))
    return [*mutated(_praised, seed=22, told=dialogues(language="en")), *foreign]


def clean() -> list[Conversation]:
    """Answers with words of praise that praise nobody, and dialogues as they are."""
    return [*(said("What do you think?", text) for text in HONEST), *unharmed()]
