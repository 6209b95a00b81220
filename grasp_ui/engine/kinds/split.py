"""Split: a text becomes a list of its pieces."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import Flaw, Step, node_kind
from grasp_ui.engine.text_source import Fewest, TextConfig, enough, text_reader
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import VariableName
from grasp_ui.registry import Look
from grasp_ui.text.pieces import Cut, pieces


class SplitConfig(TextConfig):
    """Split a text into a list: lines, paragraphs, list items, or by a separator."""

    by: Annotated[
        Cut,
        Field(
            title="By",
            description="`list`: the items of a numbered or bulleted list, without their markers.",
        ),
    ] = "lines"
    separator: Annotated[
        str, Field(title="Separator", description="For `separator` alone.", max_length=100)
    ] = ","
    writes: Annotated[VariableName, Field(title="Variable", description="Takes the list.")] = (
        "items"
    )
    fewest: Fewest = 1
    most: Annotated[
        int | None,
        Field(ge=1, title="Most", description="How many are kept, from the first. Empty: all."),
    ] = None

    def flaws(self) -> Iterator[Flaw]:
        """It needs a separator to split by one, and to keep as many as it wants."""
        if self.by == "separator" and not self.separator:
            yield Flaw("separator", "The separator is empty.", "Say what stands between two items.")
        if self.most is not None and self.most < self.fewest:
            what = f"At most {self.most} are kept, but {self.fewest} are wanted."
            yield Flaw("most", what, "Raise the most, or lower the fewest.")


@node_kind(
    "split",
    config=SplitConfig,
    look=Look(
        "Split", "A text becomes a list.", "Text", "format_list_bulleted", "#0369a1", order=1
    ),
)
def split(config: SplitConfig, bench: Bench) -> Step:
    """Make the step that splits the text and writes the list."""
    read = text_reader(config, bench)

    async def cut(visit: Visit) -> None:
        text = read(visit)
        found = pieces(text, config.by, config.separator)[: config.most]
        enough(found, config.fewest, "items", text)
        visit.write(config.writes, found)

    return cut
