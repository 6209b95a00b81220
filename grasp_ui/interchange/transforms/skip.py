"""Leaves out rows at the beginning and at the end."""

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any

from pydantic import Field, model_validator

from grasp_ui.interchange.seed_transform import Items, Selecting, seed_transform
from grasp_ui.model.value import JsonObject, Value
from grasp_ui.registry import Look

LONGEST_END = 100_000


class SkipConfig(Selecting, Value):
    """How many rows are left out."""

    first: Annotated[int, Field(title="At the beginning", ge=0)] = 0
    last: Annotated[
        int,
        Field(
            title="At the end",
            description="As many rows are held in memory.",
            ge=0,
            le=LONGEST_END,
        ),
    ] = 0

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, written: Any) -> Any:
        is_number = isinstance(written, int) and not isinstance(written, bool)
        return {"first": written} if is_number else written


LOOK = Look("Skip", "Leaves out rows at the beginning and at the end.", icon="skip_next")


@seed_transform("skip", config=SkipConfig, look=LOOK)
def skip(config: SkipConfig, rows: Iterator[JsonObject]) -> Items:
    """The rows without the first and the last ones."""
    rest = islice(rows, config.first, None)
    if not config.last:
        yield from rest
        return
    held = deque(islice(rest, config.last), maxlen=config.last)
    for row in rest:
        yield held[0]
        held.append(row)
