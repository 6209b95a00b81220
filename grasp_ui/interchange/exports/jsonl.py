"""JSON lines: all that is known of each conversation, or its variables alone."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from grasp_ui.interchange.export_format import ExportConfig, Made, export_format
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Look


class JsonlConfig(ExportConfig):
    """What a row holds, and which conversations become rows."""

    usage: ClassVar[str] = """\
from datasets import load_dataset

dataset = load_dataset("json", data_files="data.jsonl", split="train")
"""
    shape: Annotated[
        Literal["conversation", "variables"],
        Field(
            title="A row is",
            description="The conversation with everything said about it, or its variables alone "
            "(those that the graph keeps) as a flat row.",
        ),
    ] = "conversation"
    only_kept: Annotated[
        bool,
        Field(
            title="Kept conversations only",
            description="Those with a kept thread. Otherwise all, with their verdicts.",
        ),
    ] = False
    with_history: Annotated[
        bool,
        Field(title="With overruled tags", description="All that was ever said, in order."),
    ] = False


LOOK = Look(
    "JSON lines",
    "Everything: messages, variables, tags, verdicts and lineage; or the variables alone.",
    group="Everything",
    icon="data_object",
)


@export_format("jsonl", config=JsonlConfig, look=LOOK)
def jsonl(config: JsonlConfig, tagged: TaggedConversation) -> Made:
    """One row for each conversation, also a rejected one (unless `only_kept`)."""
    states = [verdict.state for verdict in tagged.verdicts.values()]
    if config.only_kept and "keep" not in states:
        return Made(left_out=("no kept thread",))
    if config.shape == "conversation":
        return Made((_everything(config, tagged),))
    variables = tagged.conversation.variables
    return Made((dict(variables),)) if variables else Made(left_out=("no variables",))


def _everything(config: JsonlConfig, tagged: TaggedConversation) -> JsonObject:
    whole = tagged.conversation.model_dump()
    for message in whole["messages"]:
        del message["conversation_id"]
        change = tagged.edited.get(message["id"])
        message["edited_by"] = change and change.person
        message["original"] = change and change.original.content
    row = {
        **whole,
        "tags": [_flat(tag.model_dump()) for tag in tagged.effective],
        "verdicts": [
            {"leaf_id": leaf, **verdict.model_dump()} for leaf, verdict in tagged.verdicts.items()
        ],
        "preferences": [one.model_dump() for one in tagged.preferences],
        "reviews": [_flat(event.model_dump(mode="json")) for event in tagged.reviews],
    }
    if config.with_history:
        row["history"] = [_flat(tag.model_dump()) for tag in tagged.tags]
    return row


def _flat(said: JsonObject) -> JsonObject:
    target = said.pop("target")
    return {"target_kind": target["kind"], "target_id": target["id"], **said}
