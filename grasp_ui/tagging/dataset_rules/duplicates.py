"""Conversations that were there before, word for word or nearly."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from grasp_ui.model.conversation import Conversation
from grasp_ui.registry import Look
from grasp_ui.tagging.dataset import (
    GROUP,
    Earlier,
    dataset_rule,
    measured,
    thread_text,
)
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, on_conversation


class ExactConfig(HeuristicConfig):
    """Nothing to set: form, white space and case never count."""


class NearConfig(HeuristicConfig):
    """From which likeness on two conversations are near duplicates."""

    minimum_likeness: Annotated[
        float,
        Field(
            title="Likeness",
            description="Runs of five characters that both have, of all that either has.",
            ge=0.5,
            le=1,
        ),
    ] = 0.7


EXACT = Look(
    "Exact duplicate",
    "An earlier conversation has the same text.",
    group=GROUP,
    icon="content_copy",
)
NEAR = Look(
    "Near duplicate",
    "An earlier conversation has nearly the same text.",
    group=GROUP,
    icon="file_copy",
)


@dataset_rule("exact_duplicate", config=ExactConfig, look=EXACT)
def exact_duplicate(
    config: ExactConfig, conversation: Conversation, earlier: Earlier
) -> Iterator[Finding]:
    """The later of two conversations whose active threads say the same.

    Form (NFC), white space and case do not count; neither do system messages.
    """
    text = thread_text(conversation)
    other = earlier.same(text) if text.strip() else None
    if other is not None:
        evidence = measured("likeness", 1.0, 1.0, other=other)
        yield Finding(on_conversation(conversation), value=1.0, score=0.0, evidence=evidence)


@dataset_rule("near_duplicate", config=NearConfig, look=NEAR)
def near_duplicate(
    config: NearConfig, conversation: Conversation, earlier: Earlier
) -> Iterator[Finding]:
    """The later of two conversations whose active threads say nearly the same.

    Likeness is the Jaccard index of the runs of five characters of user and assistant. An
    exact duplicate is not told a second time.
    """
    text = thread_text(conversation)
    if not text.strip() or earlier.same(text) is not None:
        return
    found = earlier.near(text, least=config.minimum_likeness)
    if found is not None:
        number = round(found.likeness, 4)
        evidence = measured("likeness", number, config.minimum_likeness, other=found.name)
        target = on_conversation(conversation)
        yield Finding(target, value=number, score=round(1 - number, 4), evidence=evidence)
