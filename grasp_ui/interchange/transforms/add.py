"""Adds columns: constants, and texts made of the others."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import ConfigDict, Field, RootModel

from grasp_ui.interchange.rows import SetAside
from grasp_ui.interchange.seed_transform import Items, seed_transform
from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Look
from grasp_ui.text.templates import Template, UnknownVariable, template


class AddConfig(RootModel[dict[str, Any]]):
    """Columns and their values; in a text `{name}` stands for another column."""

    model_config = ConfigDict(frozen=True)
    root: Annotated[
        dict[str, Any],
        Field(title="Columns", description="`name: value`; `{topic}` in a text is filled in."),
    ] = Field(default_factory=dict)


LOOK = Look("Add", "Adds columns: constants, and texts made of the others.", icon="add")


@seed_transform("add", config=AddConfig, look=LOOK)
def add(config: AddConfig, rows: Iterator[JsonObject]) -> Items:
    """Rows with the columns added, each able to name those before it.

    A column that is there is replaced; a row that lacks a column named is set aside.
    """
    texts = {name: template(value) for name, value in config.root.items() if isinstance(value, str)}
    for number, row in enumerate(rows, start=1):
        try:
            yield _added(row, config.root, texts)
        except UnknownVariable as error:
            yield SetAside(number, str(error), unit="row")


def _added(row: JsonObject, new: dict[str, Any], texts: dict[str, Template]) -> JsonObject:
    whole = dict(row)
    for name, value in new.items():
        whole[name] = texts[name](whole) if name in texts else value
    return whole
