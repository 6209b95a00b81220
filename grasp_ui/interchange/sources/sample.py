"""Some rows of another source, drawn by chance, the same ones each time."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from grasp_ui.interchange.sampling import share_of, some_of
from grasp_ui.interchange.seed_source import (
    NestedSeeds,
    Place,
    Rows,
    SourceConfig,
    open_rows,
    seed_source,
)
from grasp_ui.registry import Look

MOST = 100_000


class SampleConfig(SourceConfig):
    """Of which source, and how much: a number of rows or a share."""

    source: Annotated[
        NestedSeeds, Field(title="Source", description="As `seeds` itself would name it.")
    ] = Field(default_factory=lambda: {"kind": "inline", "rows": [{}]})
    rows: Annotated[
        int | None,
        Field(
            title="Rows",
            description="All rows are read first, and as many are held in memory.",
            ge=1,
            le=MOST,
        ),
    ] = None
    share: Annotated[
        float | None,
        Field(title="Share", description="From 0 to 1; about as much is taken.", gt=0, le=1),
    ] = None
    seed: Annotated[int, Field(title="Seed", description="Another seed takes others.")] = 7

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if self.rows is not None and self.share is not None:
            raise ValueError("Expected `rows` or `share`, not both")
        return self


LOOK = Look("Sample", "Some rows of another source, drawn by chance.", icon="casino")


@seed_source("sample", config=SampleConfig, look=LOOK)
def sample(config: SampleConfig, place: Place) -> Rows:
    """Some of the rows in their order; all where neither number nor share is given.

    Raises:
        UnreadableFile: the source cannot be read.
    """
    rows = open_rows(config.source, place)
    if place.only_columns:
        return rows
    if config.rows is not None:
        return Rows(some_of(rows, config.rows, config.seed), rows.place, rows.set_aside)
    share = 1.0 if config.share is None else config.share
    return Rows(share_of(rows, share, config.seed), rows.place, rows.set_aside)
