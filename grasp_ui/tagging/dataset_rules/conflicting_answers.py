"""One prompt, several answers that do not say the same."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Annotated, ClassVar

from pydantic import Field

from grasp_ui.model.conversation import Conversation
from grasp_ui.model.value import Action
from grasp_ui.registry import Look
from grasp_ui.tagging.dataset import GROUP, Earlier, dataset_rule, measured, opening
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, on_message
from grasp_ui.text.shingles import likeness, normal_text

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
VERDICT = re.compile(r"\W*(yes|no|true|false|correct|incorrect)\b", re.I)
COMPARED = 20
"""So many earlier answers to one prompt are looked at."""


class ConflictConfig(HeuristicConfig):
    """When two answers to one prompt say something else."""

    default_action: ClassVar[Action] = "info"
    minimum_likeness: Annotated[
        float,
        Field(
            title="Likeness of answers that agree",
            description="Answers less alike than this differ; so do others with other numbers.",
            ge=0,
            le=1,
        ),
    ] = 0.7


LOOK = Look(
    "Conflicting answers",
    "An earlier conversation answers the same prompt with something else.",
    group=GROUP,
    icon="alt_route",
)


@dataset_rule("conflicting_answers", config=ConflictConfig, look=LOOK)
def conflicting_answers(
    config: ConflictConfig, conversation: Conversation, earlier: Earlier
) -> Iterator[Finding]:
    """A first answer that differs from an earlier one to the same prompt.

    The prompt is all that stands before the answer, a system message too. Answers differ where
    they are less alike than the threshold, have other numbers, or one says yes and one no.
    """
    begun = opening(conversation)
    if begun is None:
        return
    for other, answer in islice(earlier.answers_to(begun.prompt), COMPARED):
        alike = round(likeness(begun.answer.content, answer), 4)
        if alike < config.minimum_likeness or _disagree(begun.answer.content, answer):
            span = [0, len(begun.answer.content)]
            evidence = measured(
                "likeness of answers", alike, config.minimum_likeness, other=other, span=span
            )
            yield Finding(on_message(begun.answer), value=alike, score=alike, evidence=evidence)
            return


def _disagree(one: str, other: str) -> bool:
    if normal_text(one) == normal_text(other):
        return False
    verdicts = [found.group(1).lower() for text in (one, other) if (found := VERDICT.match(text))]
    return set(NUMBER.findall(one)) != set(NUMBER.findall(other)) or len(set(verdicts)) > 1
