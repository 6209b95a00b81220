"""A message in another language than the one declared."""

from itertools import cycle

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Planted, dialogues, unharmed

NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pl": "pl",
    "pt": "pt-BR", "nl": "Dutch", "zh": "Chinese", "ja": "ja", "ru": "Russian", "tr": "Türkçe",
}  # fmt: skip
MEANT = (
    ("Translate into German: The shop opens at nine and closes at six.",
     "Das Geschäft öffnet um neun und schließt um sechs Uhr."),
    ("How would a Frenchman say that he misses his home? Answer in French.",
     "Il dirait que sa maison et sa famille lui manquent beaucoup."),
    ("Write two sentences in Spanish about the rain.",
     "Hoy llueve mucho en la ciudad. La gente corre con sus paraguas."),
    ("What is the Italian text of that song about the sun?",
     "La canzone parla del sole che splende dopo la tempesta sul golfo."),
    ("My teacher wants this in another language: I like to swim in the lake.",
     "Ich schwimme gerne im See, besonders wenn es im Sommer heiß ist."),
)  # fmt: skip
SHORT = ("ok", "C'est la vie!", "Vielen Dank!", "Hola, amigo", "1, 2, 3, 4, 5")


def declared(conversation: Conversation, language: str) -> Conversation:
    """The conversation of a seed that declares `language`."""
    return conversation.model_copy(update={"seed": {"language": language}})


def faulty() -> list[Planted]:
    """A foreign answer in a dialogue whose seed declares the language of the rest."""
    home = [one for one in dialogues(language="en") if not one.has and "\n" not in one.turns[1]]
    strange = [one for one in dialogues() if one.language != "en"]
    pairs = zip(home * 2, cycle(strange), strict=False)
    english = [(one, here) for one, here in zip(strange, home, strict=False)]
    return [
        *(Planted(declared(said(h.turns[0], s.turns[1]), "en"), "m1") for h, s in pairs),
        *(
            Planted(declared(said(s.turns[0], h.turns[1]), NAMES[s.language]), "m1")
            for s, h in english
        ),
    ]


def clean() -> list[Conversation]:
    """Dialogues in the language declared, or in one asked for; short words; nothing declared."""
    told = [declared(one.conversation(), NAMES[one.language]) for one in dialogues()]
    meant = [declared(said(*pair), "en") for pair in MEANT]
    short = [declared(said("What do you say?", text), "en") for text in SHORT]
    return [*told, *meant, *short, *unharmed(), declared(dialogues()[0].conversation(), "Klingon")]
