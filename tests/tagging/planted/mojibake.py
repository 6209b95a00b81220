"""A text that was read in the wrong encoding."""

from contextlib import suppress

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.planted.planting import Dialogue, Planted, dialogues, unharmed

MARKS = (
    "It’s ready – “now”.",
    "The café was naïve…",
    "A crème brûlée costs 5 €.",
    "Où est l’été ?",
    "Über Nacht wird’s kälter.",
    "El niño comió jalapeños.",
    "It is 10 °C, and £5 a day.",
    "São Paulo não é a capital.",
    "Motörhead played “Ace of Spades”.",
    "Señor, ¿qué pasó?",
    "The façade is Art Nouveau.",
    "Zoë’s résumé",
    "Déjà vu – encore une fois.",
    "Smørrebrød",
)
HONEST = (
    "L’été « à la mer » est fini…",
    "Ärger über Öl – “so” war’s.",
    "Ça coûte 5 € – c’est cher.",
    "Â is a letter of Romanian.",
    "À la carte: pâté, flambé, sauté.",
    "50 °C — 60 °C",
    "naïve façade",
    "Ångström, Malmö, Århus",
    "Ã is a letter of Portuguese: maçã.",
    "Hello 👋🏽 world 🌍",
    "Сегодня тепло – “почти” лето…",
    "Ελληνικά: καλημέρα",
    "It is «fine»…",
    "Việt Nam đẹp quá",
    "`cafÃ©` is what you see when UTF-8 is read as Latin-1.",
    "İstanbul’da hava güzel",
    "Łódź i Kraków – „miasta”",
    "© 2024 Müller & Söhne™",
    "½ cup, ¾ spoon ± a bit",
    "“Curly” ‘quotes’ — and more…",
)


def _misread(text: str, encoding: str) -> str | None:
    with suppress(UnicodeError):
        return text.encode().decode(encoding)
    return None


def _broken() -> list[str]:
    foreign: list[Dialogue] = [
        o for language in ("de", "fr", "es", "pl", "ru", "tr") for o in dialogues(language=language)
    ]
    texts = [*MARKS, *(one.turns[1] for one in foreign)]
    misread = [_misread(text, encoding) for text in texts for encoding in ("cp1252", "latin-1")]
    return [text for text in dict.fromkeys(misread) if text is not None]


def faulty() -> list[Planted]:
    """UTF-8 that was read as Windows-1252 or Latin-1."""
    return [Planted(said("What is it like there?", text), "m1") for text in _broken()]


def clean() -> list[Conversation]:
    """The same letters where they belong, and dialogues in many languages."""
    whole = [said("What is it like there?", text) for text in (*MARKS, *HONEST)]
    about = said("What is mojibake?", "It is text like cafÃ©.")
    return [*whole, about, *unharmed()]
