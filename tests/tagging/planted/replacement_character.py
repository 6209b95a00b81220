"""Signs that stand in for lost characters."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.tagging.planted.planting import Planted, dialogues, mutated, unharmed


def _lossy(text: str, chance: Random) -> str:
    """Read with one byte lost."""
    raw = text.encode()
    place = chance.randrange(len(raw))
    return (raw[:place] + b"\xff" + raw[place:]).decode(errors="replace")


def _odd(text: str, chance: Random) -> str:
    return text + chance.choice([" ?", " □", " ■", " ◆", " 〓", " ¿", " ￼", " ⍰"])


def faulty() -> list[Planted]:
    """Texts that a decoder lost something of."""
    return list(mutated(_lossy, seed=38))


def clean() -> list[Conversation]:
    """Boxes and question marks that somebody wrote, and dialogues as they are."""
    odd = mutated(_odd, seed=39, told=dialogues())
    return [*(planted.conversation for planted in odd), *unharmed()]
