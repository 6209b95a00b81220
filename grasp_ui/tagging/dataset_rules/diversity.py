"""How much a conversation adds to those before it."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from grasp_ui.model.conversation import Conversation
from grasp_ui.model.value import Action
from grasp_ui.registry import Look
from grasp_ui.tagging.dataset import (
    GROUP,
    Earlier,
    dataset_rule,
    measured,
    thread_text,
)
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, on_conversation


class DiversityConfig(HeuristicConfig):
    """Which conversations are told."""

    default_action: ClassVar[Action] = "info"
    maximum_distance: Annotated[
        float,
        Field(
            title="Told up to a distance of",
            description="1 tells the distance of every conversation; less only of those that "
            "add little.",
            ge=0,
            le=1,
        ),
    ] = 1.0


LOOK = Look(
    "Diversity",
    "How far a conversation is in meaning from the nearest one before it.",
    group=GROUP,
    icon="scatter_plot",
)


@dataset_rule("diversity", config=DiversityConfig, look=LOOK)
def diversity(
    config: DiversityConfig, conversation: Conversation, earlier: Earlier
) -> Iterator[Finding]:
    """The distance to the nearest conversation before, from 0 (says the same) to 1.

    It is 1 less the cosine of both embeddings of the active thread, and nothing for the first
    conversation of a store.
    """
    text = thread_text(conversation)
    found = earlier.nearest_meaning(text) if text.strip() else None
    if found is None:
        return
    distance = round(min(1.0, max(0.0, 1 - found.likeness)), 3)
    if distance <= config.maximum_distance:
        evidence = measured("distance", distance, config.maximum_distance, other=found.name)
        target = on_conversation(conversation)
        yield Finding(target, value=distance, score=distance, evidence=evidence)
