"""Planted faults and clean near misses for each dataset rule, drawn from written texts."""

import random
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

from ruamel.yaml import YAML

Threads = list[tuple[str, ...]]
"""Threads in the order of a store; the last one is faulty or clean."""
ODD_WORDS = ("otherwise", "rather", "perhaps", "certainly", "meanwhile")


@cache
def written() -> list[tuple[str, str]]:
    """Questions and answers."""
    found = YAML(typ="safe", pure=True).load(Path(__file__).parent / "answers.yaml")
    return [(question, answer) for question, answer in found]


@cache
def retold() -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """The first of `written` in other words, each with another matter of its subject."""
    found = YAML(typ="safe", pure=True).load(Path(__file__).parent / "retold.yaml")
    return [(tuple(one["again"]), tuple(one["other"])) for one in found]


def reformed(text: str, chance: random.Random) -> str:
    """The same text in another form: case, white space, line ends."""
    forms: list[Callable[[str], str]] = [
        str.upper,
        str.lower,
        lambda t: f"  {t}\n",
        lambda t: t.replace(" ", "  "),
        lambda t: t.replace(". ", ".\n\n"),
    ]
    return chance.choice(forms)(text)


def with_words_changed(text: str, count: int, chance: random.Random) -> str:
    """Other words in the place of `count` words."""
    words = text.split()
    for place in chance.sample(range(len(words)), count):
        words[place] = chance.choice(ODD_WORDS)
    return " ".join(words)


def exact_duplicate(chance: random.Random) -> tuple[list[Threads], list[Threads]]:
    faulty: list[Threads] = [
        [(q, a), (reformed(q, chance), reformed(a, chance))] for q, a in written()
    ]
    clean: list[Threads] = [[(q, a), (q, with_words_changed(a, 1, chance))] for q, a in written()]
    return faulty, clean


def near_duplicate(chance: random.Random) -> tuple[list[Threads], list[Threads]]:
    """One or two words changed keep J over .7; a third of the words brings it far under."""
    faulty: list[Threads] = [
        [(q, a), (q, with_words_changed(a, chance.randint(1, 2), chance))] for q, a in written()
    ]
    clean: list[Threads] = [
        [(q, a), (q, with_words_changed(a, len(a.split()) // 3, chance))] for q, a in written()
    ]
    clean += [[one, other] for one, other in pairwise(written())]
    return faulty, clean


def conflicting_answers(chance: random.Random) -> tuple[list[Threads], list[Threads]]:
    others = [*written()[1:], written()[0]]
    faulty: list[Threads] = [
        [(q, a), (reformed(q, chance), other)]
        for (q, a), (_, other) in zip(written(), others, strict=True)
    ]
    faulty += [
        [("How many are there?", f"{n} of them."), ("How many are there?", f"{n + 1} of them.")]
        for n in range(6)
    ]
    clean: list[Threads] = [[(q, a), (q, reformed(a, chance))] for q, a in written()]
    clean += [
        [(q, a), (f"{q} Tell me briefly.", other)]
        for (q, a), (_, other) in zip(written(), others, strict=True)
    ]
    return faulty, clean


def contamination(chance: random.Random) -> tuple[list[Threads], list[Threads]]:
    """The exam has all answers; 13 to 20 words of one are planted, or 12 at the most."""
    faulty, clean = list[Threads](), list[Threads]()
    for question, answer in written():
        words = answer.split()
        start = chance.randint(0, len(words) - 20)
        planted = " ".join(words[start : start + chance.randint(14, 20)])
        harmless = " ".join(words[start : start + chance.randint(8, 12)])
        faulty.append([(question, f"Well: {reformed(planted, chance)} So they say.")])
        clean.append([(question, f"Indeed: {harmless}, so to say.")])
    return faulty, clean


def length_ratio(chance: random.Random) -> tuple[list[Threads], list[Threads]]:
    usual: Threads = [
        ("x" * 100, "y" * round(100 * chance.lognormvariate(1, 0.3))) for _ in range(60)
    ]
    odd = [("x" * 100, "y" * round(100 * factor)) for factor in (0.3, 0.5, 20, 30, 60)]
    plain = [("x" * 100, "y" * round(100 * factor)) for factor in (1.5, 2, 2.7, 3.5, 4.5)]
    return [[*usual, one] for one in odd * 4], [[*usual, one] for one in plain * 4]


def diversity(chance: random.Random) -> tuple[list[Threads], list[Threads]]:
    """An answer told again in other words adds little; another matter of its subject does."""
    faulty, clean = list[Threads](), list[Threads]()
    for original, (again, other) in zip(written(), retold(), strict=False):
        before = [original, *chance.sample([one for one in written() if one != original], 4)]
        chance.shuffle(before)
        faulty.append([*before, again])
        clean.append([*before, other])
    return faulty, clean


FAULTS = {
    fault.__name__: fault
    for fault in (
        exact_duplicate, near_duplicate, conflicting_answers, contamination, length_ratio,
        diversity,
    )
}  # fmt: skip
CONFIGS: dict[str, dict[str, float]] = {"diversity": {"maximum_distance": 0.4}}
"""How rules are set that would else tell of every conversation."""
