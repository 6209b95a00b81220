"""Answers much longer or shorter for their prompts than is usual in the dataset."""

from collections.abc import Iterator
from math import exp
from typing import Annotated, ClassVar

from pydantic import Field

from grasp_ui.model.conversation import Conversation
from grasp_ui.model.value import Action
from grasp_ui.registry import Look
from grasp_ui.tagging.dataset import (
    GROUP,
    Earlier,
    dataset_rule,
    length_ratio_of,
    measured,
)
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, on_conversation

LEAST_DEVIATION = 0.05
"""Where all answers are as long as their prompts ask, a few characters more mean nothing."""


class LengthRatioConfig(HeuristicConfig):
    """How unusual a length has to be, and when there is enough to compare with."""

    default_action: ClassVar[Action] = "info"
    maximum_z: Annotated[float, Field(title="Standard deviations from the mean", ge=1, le=20)] = 3.0
    minimum_count: Annotated[int, Field(title="Conversations before it", ge=2, le=1_000_000)] = 30


LOOK = Look(
    "Unusual length",
    "The answers are much longer or shorter for their prompts than those before.",
    group=GROUP,
    icon="straighten",
)


@dataset_rule("length_ratio", config=LengthRatioConfig, look=LOOK)
def length_ratio(
    config: LengthRatioConfig, conversation: Conversation, earlier: Earlier
) -> Iterator[Finding]:
    """A conversation whose answers are unusually long or short for its prompts.

    The ratio is of characters, all answers over all of the user's messages; mean and deviation
    are those of its logarithm, since lengths grow by factors. `value` is z, with its sign.
    """
    ratio, usual = length_ratio_of(conversation), earlier.usual_ratio()
    if ratio is None or usual.conversations < config.minimum_count:
        return
    z = round((ratio - usual.mean) / max(usual.deviation, LEAST_DEVIATION), 2)
    if abs(z) > config.maximum_z:
        evidence = measured(
            "standard deviations", z, config.maximum_z,
            ratio=round(exp(ratio), 3), usual_ratio=round(exp(usual.mean), 3),
        )  # fmt: skip
        score = round(config.maximum_z / abs(z), 4)
        yield Finding(on_conversation(conversation), value=z, score=score, evidence=evidence)
