"""Gives columns other names."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import ConfigDict, Field, RootModel

from grasp_ui.interchange.rows import SetAside
from grasp_ui.interchange.seed_transform import Items, seed_transform
from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Look


class RenameConfig(RootModel[dict[str, str]]):
    """Old names and what they become."""

    model_config = ConfigDict(frozen=True)
    root: Annotated[
        dict[str, str], Field(title="Names", description="`old: new`, for each column.")
    ] = Field(default_factory=dict)


LOOK = Look("Rename", "Gives columns other names.", icon="edit")


@seed_transform("rename", config=RenameConfig, look=LOOK)
def rename(config: RenameConfig, rows: Iterator[JsonObject]) -> Items:
    """Rows with the names changed, all at once, so that two can be exchanged.

    A column that a row does not have is left out of account; a row where two columns would get
    one name is set aside.
    """
    names = config.root
    for number, row in enumerate(rows, start=1):
        renamed = {names.get(key, key): value for key, value in row.items()}
        if len(renamed) == len(row):
            yield renamed
        else:
            twice = [names.get(key, key) for key in row]
            name = next(name for name in twice if twice.count(name) > 1)
            yield SetAside(number, f"two of its columns would be named '{name}'", unit="row")
