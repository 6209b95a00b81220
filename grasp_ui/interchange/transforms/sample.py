"""Takes some rows by chance, the same ones each time."""

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from grasp_ui.interchange.sampling import share_of, some_of
from grasp_ui.interchange.seed_transform import Items, Selecting, seed_transform
from grasp_ui.model.value import JsonObject, Value
from grasp_ui.registry import Look

MOST = 100_000


class SampleConfig(Selecting, Value):
    """How much is taken: a number of rows, or a share of them."""

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

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, written: Any) -> Any:
        match written:
            case bool():
                return written
            case int():
                return {"rows": written}
            case float():
                return {"share": written}
        return written

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if self.rows is not None and self.share is not None:
            raise ValueError("Expected `rows` or `share`, not both")
        return self


LOOK = Look("Sample", "Takes some rows by chance, the same ones each time.", icon="casino")


@seed_transform("sample", config=SampleConfig, look=LOOK)
def sample(config: SampleConfig, rows: Iterator[JsonObject]) -> Items:
    """Some of the rows in their order; all where neither number nor share is given."""
    if config.rows is not None:
        yield from some_of(rows, config.rows, config.seed)
    elif config.share is not None:
        yield from share_of(rows, config.share, config.seed)
    else:
        yield from rows
