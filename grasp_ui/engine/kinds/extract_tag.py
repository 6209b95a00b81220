"""Extract tag: what stands between `<answer>` and `</answer>` becomes a variable."""

from typing import Annotated

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import Step, node_kind
from grasp_ui.engine.progress import RecordFailed
from grasp_ui.engine.text_source import (
    Fewest,
    Missing,
    TextConfig,
    Which,
    enough,
    excerpt,
    text_reader,
)
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import VariableName
from grasp_ui.registry import Look
from grasp_ui.text.tags import TAG_NAME, tag_reader


class ExtractTagConfig(TextConfig):
    """Take what stands between `<tag>` and `</tag>`."""

    tag: Annotated[
        str,
        Field(title="Tag", description="Its name, without `<` and `>`.", pattern=TAG_NAME),
    ] = "answer"
    find: Annotated[Which, Field(title="Find", description="`all` writes a list.")] = "first"
    writes: Annotated[VariableName, Field(title="Variable", description="Takes the text.")] = (
        "answer"
    )
    unclosed: Annotated[
        bool,
        Field(
            title="May be unclosed",
            description="A last tag without an end reaches to the end of the text: "
            "for replies that stop at the closing tag.",
        ),
    ] = False
    missing: Missing = "fail"
    fewest: Fewest = 1


@node_kind(
    "extract_tag",
    config=ExtractTagConfig,
    look=Look(
        "Extract tag", "Take what stands in `<tag>…</tag>`.", "Text", "label", "#0369a1", order=1
    ),
)
def extract_tag(config: ExtractTagConfig, bench: Bench) -> Step:
    """Make the step that takes the tag's content and writes it."""
    read, contents = text_reader(config, bench), tag_reader(config.tag, unclosed=config.unclosed)
    may_be_empty = config.missing == "empty"

    async def extract(visit: Visit) -> None:
        text = read(visit)
        found = contents(text)
        if config.find == "all":
            enough(found, 0 if may_be_empty else config.fewest, f"<{config.tag}> tags", text)
            visit.write(config.writes, found)
        elif found or may_be_empty:
            chosen = found[:1] if config.find == "first" else found[-1:]
            visit.write(config.writes, chosen[0] if chosen else "")
        else:
            raise RecordFailed("no_match", f"There is no <{config.tag}> in {excerpt(text)}.")

    return extract
