"""Rows that stand in the graph file itself."""

from typing import Annotated, Any

from pydantic import Field

from grasp_ui.interchange.seed_source import Place, Rows, SourceConfig, seed_source
from grasp_ui.registry import Look


class InlineConfig(SourceConfig):
    """Rows written down where they are used."""

    rows: Annotated[
        tuple[dict[str, Any], ...],
        Field(
            title="Rows",
            description="One object a row; its keys are the variables.",
            min_length=1,
        ),
    ] = ({},)


LOOK = Look("Rows here", "A few rows, written into the graph file.", icon="edit_note")


@seed_source("inline", config=InlineConfig, look=LOOK)
def inline(config: InlineConfig, place: Place) -> Rows:
    """The rows of the config, in order."""
    return Rows(dict(row) for row in config.rows)
