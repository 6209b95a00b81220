"""Which of the preferences under one prompt makes the pair: best against worst."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grasp_ui.model.preference import Preference
from grasp_ui.model.value import MessageId


@dataclass(frozen=True, slots=True)
class Candidate:
    """A preference that may become a pair; disputed where its authors disagree."""

    preference: Preference
    is_disputed: bool = False


def by_prompt(preferences: Iterable[Preference]) -> dict[MessageId | None, list[Preference]]:
    """Preferences by their prompt, in order of first appearance."""
    groups: dict[MessageId | None, list[Preference]] = {}
    for preference in preferences:
        groups.setdefault(preference.prompt_id, []).append(preference)
    return groups


def ranked(preferences: Sequence[Preference]) -> list[Candidate]:
    """The candidates under one prompt, best against worst first.

    Only those of the highest source count: person, imported from people, learned, judge,
    imported from models, rule. Of each author the newest word on two messages counts. The
    widest margin is first, then the pair that is furthest apart by won comparisons, then ids.
    """
    if not preferences:
        return []
    highest = max(map(precedence, preferences))
    heard = [one for one in preferences if precedence(one) == highest]
    newest = {
        (frozenset((one.better_id, one.worse_id)), one.author): one
        for one in sorted(heard, key=lambda one: one.seq)
    }
    words = list(newest.values())
    winners = {(one.better_id, one.worse_id) for one in words if one.margin or is_human(one)}
    won = _won(words)
    ordered = sorted(words, key=lambda one: _order(one, won))
    return [Candidate(one, (one.worse_id, one.better_id) in winners) for one in ordered]


def precedence(preference: Preference) -> int:
    """How much a preference's source counts, as for tags: a person most."""
    if preference.source == "imported":
        return 4 if preference.author.startswith("people") else 1
    return {"rule": 0, "judge": 2, "learned": 3, "person": 5}[preference.source]


def is_human(preference: Preference) -> bool:
    """Whether people said so: their word needs no margin."""
    return precedence(preference) >= 4


def _won(preferences: Iterable[Preference]) -> Counter[MessageId]:
    won: Counter[MessageId] = Counter()
    for one in preferences:
        if one.margin or is_human(one):
            won[one.better_id] += 1
            won[one.worse_id] -= 1
    return won


def _order(one: Preference, won: Counter[MessageId]) -> tuple[float, int, str, str]:
    return -one.margin, won[one.worse_id] - won[one.better_id], one.better_id, one.worse_id
