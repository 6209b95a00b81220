"""Preferences between answers whose texts tell too little, or tell something else."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import Action
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig
from grasp_ui.tagging.preference import (
    GROUP,
    on_preference,
    pairs,
    preference_rule,
    tags_on,
)
from grasp_ui.text.shingles import contained, normal_text


class EqualConfig(HeuristicConfig):
    """Nothing to set: form, white space and case never count."""

    default_action: ClassVar[Action] = "reject"


class LengthConfig(HeuristicConfig):
    """When one answer is the other and some more."""

    default_action: ClassVar[Action] = "info"
    minimum_contained: Annotated[
        float,
        Field(title="Share of the shorter answer that stands in the longer", ge=0.5, le=1),
    ] = 0.9
    minimum_characters: Annotated[
        int,
        Field(
            title="Characters of the shorter answer",
            description="A word or two stand in many a longer answer that says something else.",
            ge=1,
        ),
    ] = 40
    minimum_growth: Annotated[
        float, Field(title="The longer answer is so many times as long", ge=1, le=100)
    ] = 1.2


class RefusalConfig(HeuristicConfig):
    """Which tag says that an answer refuses."""

    default_action: ClassVar[Action] = "info"
    tag: Annotated[str, Field(title="Tag of a refusal", min_length=1)] = "refusal"


@preference_rule(
    "chosen_equals_rejected",
    config=EqualConfig,
    look=Look(
        "Equal answers",
        "The better and the worse answer have the same text.",
        group=GROUP,
        icon="equal",
    ),
)
def chosen_equals_rejected(config: EqualConfig, tagged: TaggedConversation) -> Iterator[Finding]:
    """Each preference between answers that differ in form or white space only."""
    for preference, better, worse in pairs(tagged):
        if normal_text(better.content) == normal_text(worse.content):
            evidence = {"measure": "likeness", "number": 1.0, "threshold": 1.0}
            yield Finding(on_preference(preference), value=True, score=0.0, evidence=evidence)


@preference_rule(
    "only_length_differs",
    config=LengthConfig,
    look=Look(
        "Only length differs",
        "The longer answer says what the shorter one says, and goes on.",
        group=GROUP,
        icon="expand",
    ),
)
def only_length_differs(config: LengthConfig, tagged: TaggedConversation) -> Iterator[Finding]:
    """Each preference where nearly all of the shorter answer stands in the longer one."""
    for preference, better, worse in pairs(tagged):
        texts = [normal_text(better.content), normal_text(worse.content)]
        short, long = sorted(texts, key=len)
        is_brief = len(short) < config.minimum_characters
        if is_brief or len(long) < config.minimum_growth * len(short):
            continue
        share = round(contained(short, long), 4)
        if share >= config.minimum_contained:
            evidence = {
                "measure": "share in the longer answer", "number": share,
                "threshold": config.minimum_contained, "lengths": [len(one) for one in texts],
            }  # fmt: skip
            yield Finding(on_preference(preference), value=share, score=0.5, evidence=evidence)


@preference_rule(
    "rejected_refuses",
    config=RefusalConfig,
    look=Look(
        "The worse answer refuses",
        "The worse answer is a refusal, the better one is not.",
        group=GROUP,
        icon="block",
    ),
)
def rejected_refuses(config: RefusalConfig, tagged: TaggedConversation) -> Iterator[Finding]:
    """Each preference where the worse answer is tagged as a refusal alone.

    It goes by what counts: the rule's tag, or a judge's or a person's of that name.
    """
    for preference, better, worse in pairs(tagged):
        refuses = [
            any(tag.name == config.tag and tag.action != "pass" for tag in tags_on(one, tagged))
            for one in (better, worse)
        ]
        if refuses == [False, True]:
            evidence = {"measure": "refusals", "number": 1, "threshold": 0, "message": worse.id}
            yield Finding(on_preference(preference), value=True, score=0.5, evidence=evidence)
