"""An answer in another language than its prompt's."""

from itertools import cycle

from grasp_ui.model.conversation import Conversation
from tests.builders import chain, message, said
from tests.tagging.planted.language_mismatch import MEANT
from tests.tagging.planted.planting import Planted, dialogues, unharmed

WISHED = (
    ("Kannst du mir das Gedicht auf Englisch zusammenfassen?",
     "The poem is about a traveller who rests under a tree in the evening."),
    ("Traduis cette phrase : le train part à huit heures du soir.",
     "The train leaves at eight o'clock in the evening, so be there in time."),
    ("Correct my homework:\nIch habe gestern ein Buch gelest und dann geschlafen.",
     "Ich habe gestern ein Buch gelesen und dann geschlafen. Gut gemacht!"),
    ("¿Cómo se dice en inglés que tengo mucha hambre?",
     "You would say that you are very hungry, or that you could eat a horse."),
    ("Explain the word Schadenfreude to me, and say it in Dutch.",
     "Het is leedvermaak: plezier hebben om het ongeluk van een ander."),
    ("请用英文写一句关于春天的话。",
     "In spring the first blossoms open while the mornings are still cold."),
    ("What does this mean?\nNel mezzo del cammin di nostra vita",
     "Nel mezzo significa a metà strada: così comincia il poema di Dante."),
    ("Reply in my mother tongue, please. I come from Lyon.",
     "Bien sûr, je vous réponds avec plaisir dans votre langue maternelle."),
    ("Who wrote the song Die Gedanken sind frei, and how does its German text begin?",
     "Die Gedanken sind frei, wer kann sie erraten, sie fliehen vorbei."),
    ("Schreibe mir bitte eine kurze Antwort auf Französisch für meinen Nachbarn.",
     "Bonjour, merci beaucoup pour votre aide avec le jardin cet été."),
)  # fmt: skip
TUTOR = "You are a tutor of Spanish. Speak Spanish only."
NEAR = (
    ("Hvordan lager jeg en god suppe av fisk og grønnsaker?",
     "Kog fisken i ti minutter, og tilsæt derefter grøntsager og fløde."),
    ("Ok, and what now?", "Danke, das war es."),
    ("Print hello in Python, please, with a comment.", "```python\nprint('Hallo Welt')\n```"),
)  # fmt: skip


def faulty() -> list[Planted]:
    """Questions with an answer from a dialogue in another language."""
    plain = [one for one in dialogues(language="en") if not one.has and len(one.turns[0]) > 35]
    strange = [one for one in dialogues() if one.language not in ("en", "pl")]
    there = [(h.turns[0], s.turns[1]) for h, s in zip(plain, cycle(strange), strict=False)]
    back = [(s.turns[0], h.turns[1]) for s, h in zip(strange, plain, strict=False)]
    return [Planted(said(*pair), "m1") for pair in (*there, *back)]


def clean() -> list[Conversation]:
    """Dialogues as they are, languages that were asked for, and kin that looks alike."""
    tutor = chain(
        message(TUTOR, "system"),
        message("How was your weekend? I went to the mountains.", "user"),
        message("¡Qué bien! Yo fui al mercado con mis amigos y cociné una paella.", "assistant"),
    )
    return [*unharmed(), tutor, *(said(*pair) for pair in (*WISHED, *MEANT, *NEAR))]
