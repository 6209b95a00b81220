"""Which of the preferences under one prompt make pairs, and which of them first."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import Field

from grasp_ui.model.comparison import (
    contradictions,
    counted,
    in_order,
    is_tie,
    rings,
)
from grasp_ui.model.preference import Preference
from grasp_ui.model.value import MessageId, PreferenceId, Value, identity

Strategy = Literal["best_worst", "all", "adjacent", "best_random", "hard_negatives"]
STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)
ONE_BEST = ("best_random", "hard_negatives")
"""Strategies whose pairs under one prompt all have the same chosen answer."""
Place = Mapping[MessageId, int]
Order = Callable[[Preference, Place, "Choice"], tuple[object, ...]]


class Choice(Value):
    """Which pairs are made of the answers to one prompt."""

    strategy: Annotated[
        Strategy,
        Field(
            title="Pairs of one prompt",
            description="best_worst: the two that are furthest apart. all: every preference. "
            "adjacent: neighbours in rank. best_random: the best against others, drawn. "
            "hard_negatives: the best against those that are nearest below the margin.",
        ),
    ] = "best_worst"
    pairs_per_prompt: Annotated[
        int,
        Field(title="At most so many pairs of a prompt", description="best_worst has one.", ge=1),
    ] = 1
    draw_seed: Annotated[
        int, Field(title="Seed", description="Of best_random: the same seed draws the same.")
    ] = 0
    pairs_from_scores: Annotated[
        bool,
        Field(
            title="Make pairs from scores",
            description="Where there is no preference among the answers to a prompt.",
        ),
    ] = False
    score_tag: Annotated[
        str,
        Field(
            title="Tag with the scores",
            description="Empty: the mean of what judges and people gave.",
        ),
    ] = ""

    @property
    def most(self) -> int:
        """How many pairs one prompt may give."""
        return 1 if self.strategy == "best_worst" else self.pairs_per_prompt


@dataclass(frozen=True, slots=True)
class Candidate:
    """A preference that may become a pair, and what speaks against it from the start."""

    preference: Preference
    fault: str = ""


def candidates(preferences: Sequence[Preference], choice: Choice) -> list[Candidate]:
    """The candidates under one prompt in the order in which `choice` takes them.

    Only those of the highest source count: person, imported from people, learned, judge,
    imported from models, rule. Of each author the newest word on two answers counts. What
    contradicts another one or goes round in a ring is there with that as its fault, last.
    """
    words = counted(preferences)
    against, round_ = contradictions(words), rings(words)
    place = {answer: number for number, answer in enumerate(in_order(words))}
    meant = [one for one in words if choice.strategy != "adjacent" or _is_next(one, place, words)]
    won = _won(words)
    order = ORDERS[choice.strategy]
    ordered = sorted(meant, key=lambda one: (*order(one, place, choice), *_widest(one, won)))
    found = [Candidate(one, _fault(one, against, round_)) for one in ordered]
    return sorted(found, key=lambda one: bool(one.fault))


def _fault(one: Preference, against: Container[PreferenceId], ring: Container[PreferenceId]) -> str:
    if one.id in against:
        return "disputed: preference"
    return "ring of preferences" if one.id in ring else ""


def _is_next(one: Preference, place: Place, words: Iterable[Preference]) -> bool:
    """Whether no answer ranks between the two that were compared with both of them."""
    low, high = place[one.better_id], place[one.worse_id]
    below = {word.worse_id for word in words if word.better_id == one.better_id}
    above = {word.better_id for word in words if word.worse_id == one.worse_id}
    return not any(low < place[answer] < high for answer in below & above)


def _by_width(one: Preference, place: Place, choice: Choice) -> tuple[object, ...]:
    return ()


def _by_rank(one: Preference, place: Place, choice: Choice) -> tuple[object, ...]:
    return place[one.better_id], place[one.worse_id]


def _by_draw(one: Preference, place: Place, choice: Choice) -> tuple[object, ...]:
    return place[one.better_id], identity(choice.draw_seed, one.better_id, one.worse_id)


def _by_nearness(one: Preference, place: Place, choice: Choice) -> tuple[object, ...]:
    return place[one.better_id], one.margin, place[one.worse_id]


ORDERS: Mapping[Strategy, Order] = {
    "best_worst": _by_width,
    "all": _by_width,
    "adjacent": _by_rank,
    "best_random": _by_draw,
    "hard_negatives": _by_nearness,
}


def _widest(one: Preference, won: Counter[MessageId]) -> tuple[float, int, str, str]:
    return -one.margin, won[one.worse_id] - won[one.better_id], one.better_id, one.worse_id


def _won(preferences: Iterable[Preference]) -> Counter[MessageId]:
    won: Counter[MessageId] = Counter()
    for one in preferences:
        if not is_tie(one):
            won[one.better_id] += 1
            won[one.worse_id] -= 1
    return won
