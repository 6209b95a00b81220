"""What two texts share: their normal form, and runs of characters."""

import re
import unicodedata
from hashlib import blake2b

RUN = 5
WORD_RUN = 13
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]|[^\W_]+")


def normal_text(text: str) -> str:
    r"""What texts have in common that differ in form (NFC), white space or case only.

    Example:
        >>> normal_text(" Caf\u00e9\n AU  lait ") == normal_text("CAFE\u0301 au lait")
        True
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def text_key(text: str) -> int:
    """A number of 63 bits for the normal form of `text`."""
    digest = blake2b(normal_text(text).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1


def character_runs(text: str, length: int = RUN) -> frozenset[str]:
    """Every run of `length` characters in the normal form; a shorter text is one run.

    Example:
        >>> sorted(character_runs("Abc  def"))
        ['abc d', 'bc de', 'c def']
    """
    normal = normal_text(text)
    if len(normal) <= length:
        return frozenset((normal,)) if normal else frozenset()
    return frozenset(normal[place : place + length] for place in range(len(normal) - length + 1))


def likeness(one: str, other: str) -> float:
    """The Jaccard index of the character runs of two texts; 1 for two empty ones.

    Example:
        >>> likeness("the cat sat", "The  cat sat"), likeness("the cat", "a dog")
        (1.0, 0.0)
    """
    return jaccard(character_runs(one), character_runs(other))


def jaccard(runs: frozenset[str], others: frozenset[str]) -> float:
    """What two sets share of all that they have; 1 for two empty ones."""
    shared = len(runs & others)
    return shared / (len(runs) + len(others) - shared) if runs or others else 1.0


def contained(part: str, whole: str) -> float:
    """The share of the character runs of `part` in `whole`; 0 for an empty part.

    Example:
        >>> contained("the cat sat", "Yes, the cat sat down.")
        1.0
    """
    runs = character_runs(part)
    return len(runs & character_runs(whole)) / len(runs) if runs else 0.0
