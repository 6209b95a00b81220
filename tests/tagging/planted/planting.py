"""The frame of the planted faults: dialogues without a fault, and what plants one into them.

A module beside this one, named like a rule, tells with `faulty()` at least 20 conversations
with one fault each, and with `clean()` at least 20 that only look like it. `test_planted.py`
finds the modules by the names of the rules.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

from grasp_ui.model.conversation import Conversation
from tests.builders import chain, message, said

Mutation = Callable[[str, Random], str]


@dataclass(frozen=True, slots=True)
class Planted:
    """A conversation with one fault, and the id of the message (or whatever else) that has it."""

    conversation: Conversation
    at: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A dialogue of the file: texts of user and assistant in turn."""

    turns: tuple[str, ...]
    language: str
    has: tuple[str, ...] = ()
    system: str = ""

    def conversation(self) -> Conversation:
        """It as a conversation of messages m0, m1, …; a system message, if any, is m0."""
        plain = said(*self.turns)
        if not self.system:
            return plain
        return chain(message(self.system, "system"), *plain.messages)

    def with_turn(self, place: int, text: str) -> "Dialogue":
        """It with another text in `place` (-1: the last answer)."""
        turns = list(self.turns)
        turns[place] = text
        return Dialogue(tuple(turns), self.language, self.has, self.system)

    def id_of(self, place: int) -> str:
        """The id of the message that turn `place` becomes."""
        return f"m{place % len(self.turns) + bool(self.system)}"


@cache
def dialogues(*, language: str = "", has: str = "") -> tuple[Dialogue, ...]:
    """The dialogues of the file, those in `language` that have `has` where asked for."""
    rows = YAML(typ="safe", pure=True).load(Path(__file__).parent / "dialogues.yaml")
    every = (
        Dialogue(tuple(row["turns"]), row["language"], tuple(row.get("has", ())),
                 row.get("system", ""))
        for row in rows
    )  # fmt: skip
    return tuple(
        one for one in every if language in ("", one.language) and (not has or has in one.has)
    )


def unharmed(told: Iterable[Dialogue] | None = None) -> list[Conversation]:
    """Dialogues as they are: clean for every rule that looks for faults."""
    return [one.conversation() for one in (dialogues() if told is None else told)]


def mutated(
    change: Mutation, *, seed: int, told: Iterable[Dialogue] | None = None, place: int = -1
) -> Iterator[Planted]:
    """Each dialogue with the turn at `place` changed by `change(text, chance)`."""
    chance = Random(seed)
    for one in dialogues() if told is None else told:
        changed = one.with_turn(place, change(one.turns[place], chance))
        yield Planted(changed.conversation(), one.id_of(place))


def answered_with(pairs: Iterable[tuple[str, str]]) -> list[Planted]:
    """(Question, answer) pairs as conversations whose answer has the fault."""
    return [Planted(said(question, answer), "m1") for question, answer in pairs]


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly."""
    return [part for part in text.replace("\n", " ").split(". ") if part.strip()]
