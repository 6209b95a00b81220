"""Preferences between answers that are too near each other, or both bad."""

from collections.abc import Iterator
from statistics import fmean
from typing import Annotated

from pydantic import Field

from grasp_ui.model.comparison import is_human
from grasp_ui.model.conversation import Message
from grasp_ui.model.judged import width
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig
from grasp_ui.tagging.preference import (
    GROUP,
    on_preference,
    pairs,
    preference_rule,
    tags_on,
)

JUDGES = ("judge", "learned", "person", "imported")


class MarginConfig(HeuristicConfig):
    """How far apart two answers must be; what people prefer needs no margin."""

    minimum_probability_margin: Annotated[
        float,
        Field(
            title="Margin of P(yes)", description="Where a judge gave probabilities.", ge=0, le=1
        ),
    ] = 0.1
    minimum_points_margin: Annotated[
        float, Field(title="Margin in points", description="Where a judge gave 1 to 5.", ge=0, le=4)
    ] = 1.0


class BadConfig(HeuristicConfig):
    """When an answer is bad."""

    maximum_score: Annotated[
        float,
        Field(
            title="Scores under this are bad",
            description="The mean of what judges and people gave, from 0 to 1.",
            ge=0,
            le=1,
        ),
    ] = 0.4


@preference_rule(
    "small_margin",
    config=MarginConfig,
    look=Look(
        "Small margin",
        "The better answer is hardly better.",
        group=GROUP,
        icon="difference",
    ),
)
def small_margin(config: MarginConfig, tagged: TaggedConversation) -> Iterator[Finding]:
    """Each preference of a machine under the margin of its scale."""
    for preference, _, _ in pairs(tagged):
        if is_human(preference):
            continue
        wide = width(preference, tagged)
        least = (
            config.minimum_points_margin if wide.in_points else config.minimum_probability_margin
        )
        if wide.margin < least:
            score = round(max(0.0, wide.margin) / least, 4)
            evidence = {
                "measure": "points" if wide.in_points else "margin",
                "number": wide.margin,
                "threshold": least,
            }
            yield Finding(
                on_preference(preference), value=wide.margin, score=score, evidence=evidence
            )


@preference_rule(
    "both_bad",
    config=BadConfig,
    look=Look(
        "Both answers bad",
        "Both answers have low scores, warnings or rejects.",
        group=GROUP,
        icon="thumb_down",
    ),
)
def both_bad(config: BadConfig, tagged: TaggedConversation) -> Iterator[Finding]:
    """Each preference whose answers both score low, or are warned of or rejected."""
    for preference, better, worse in pairs(tagged):
        why = [_fault(config, one, tagged) for one in (better, worse)]
        if all(why):
            evidence = {"measure": "bad answers", "number": 2, "threshold": 1, "why": why}
            yield Finding(on_preference(preference), value=True, score=0.0, evidence=evidence)


def _fault(config: BadConfig, message: Message, tagged: TaggedConversation) -> str:
    said = tags_on(message, tagged)
    named = [tag.name for tag in said if tag.action in ("warn", "reject")]
    scores = [tag.score for tag in said if tag.score is not None and tag.source in JUDGES]
    if scores and fmean(scores) < config.maximum_score:
        return f"scores {fmean(scores):.2f}"
    return ", ".join(named)
