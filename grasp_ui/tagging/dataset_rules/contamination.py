"""Texts that stand in an evaluation set, which then tests nothing."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from grasp_ui.model.conversation import Conversation
from grasp_ui.registry import Look
from grasp_ui.tagging.dataset import GROUP, Earlier, dataset_rule, measured
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, on_message
from grasp_ui.text.shingles import WORD_RUN


class ContaminationConfig(HeuristicConfig):
    """Which evaluation sets must not be met."""

    files: Annotated[
        list[str],
        Field(
            title="Evaluation sets",
            description="Names or patterns of files (.jsonl, .txt) in the workspace's folder "
            "`evaluation`. All of them where none is named.",
        ),
    ] = Field(default_factory=list)


LOOK = Look(
    "In an evaluation set",
    "Thirteen words in a row stand in an evaluation set too.",
    group=GROUP,
    icon="quiz",
)


@dataset_rule("contamination", config=ContaminationConfig, look=LOOK)
def contamination(
    config: ContaminationConfig, conversation: Conversation, earlier: Earlier
) -> Iterator[Finding]:
    """Each message with thirteen words in a row that stand in an evaluation set.

    Case, punctuation and white space do not count. Of each message the first such run is told.
    """
    evaluation = earlier.evaluation(config.files)
    for message in conversation.messages:
        found = evaluation.overlap(message.content)
        if found is not None:
            matched = message.content[found.start : found.end]
            evidence = measured(
                "words in a row", WORD_RUN, WORD_RUN, span=[found.start, found.end],
                matched=matched, other=found.source,
            )  # fmt: skip
            yield Finding(on_message(message), value=True, score=0.0, evidence=evidence)
