"""Preferences that cannot all hold: the other way round, or round in a ring."""

from collections.abc import Iterator
from typing import ClassVar

from grasp_ui.model.comparison import contradictions, rings
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import Action
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig
from grasp_ui.tagging.preference import GROUP, on_preference, preference_rule, words_by_prompt


class OrderConfig(HeuristicConfig):
    """Nothing to set: what cannot hold together cannot be learned."""

    default_action: ClassVar[Action] = "reject"


CONTRADICTION = Look(
    "Contradiction",
    "Of two answers each is said to be better than the other, by sources that count alike.",
    group=GROUP,
    icon="compare_arrows",
)
CYCLE = Look(
    "Preference ring",
    "Each answer of a ring is said to be better than the next, and the last than the first.",
    group=GROUP,
    icon="cycle",
)


@preference_rule("contradiction", config=OrderConfig, look=CONTRADICTION)
def contradiction(config: OrderConfig, tagged: TaggedConversation) -> Iterator[Finding]:
    """Both preferences of two that say the opposite, where both count.

    Of one author the newest word counts and contradicts nothing, save in what was imported.
    Ties contradict nothing.
    """
    for words in words_by_prompt(tagged):
        against = contradictions(words)
        for one in words:
            if one.id in against:
                other = against[one.id]
                evidence = {
                    "measure": "preferences the other way", "number": 1, "threshold": 0,
                    "other": other.id, "by": other.author,
                }  # fmt: skip
                yield Finding(on_preference(one), value=True, score=0.0, evidence=evidence)


@preference_rule("cycle", config=OrderConfig, look=CYCLE)
def cycle(config: OrderConfig, tagged: TaggedConversation) -> Iterator[Finding]:
    """Each preference that is part of a ring of three answers or more.

    The evidence lists the shortest such ring, best first. Preferences that contradict each
    other are told as that, and make no ring.
    """
    for words in words_by_prompt(tagged):
        found = rings(words)
        for one in words:
            if one.id in found:
                evidence = {
                    "measure": "answers in the ring", "number": len(found[one.id]),
                    "threshold": 0, "ring": list(found[one.id]),
                }  # fmt: skip
                target = on_preference(one)
                yield Finding(target, value=len(found[one.id]), score=0.0, evidence=evidence)
