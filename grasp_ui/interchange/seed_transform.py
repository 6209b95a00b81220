"""Transforms of seeds: steps that rows pass through before a run takes them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, SerializeAsAny, model_serializer, model_validator

from grasp_ui.interchange.rows import Rows, SetAside
from grasp_ui.model.value import JsonObject, Value
from grasp_ui.registry import Look, Registry

Items = Iterator[JsonObject | SetAside]
Transform = Callable[[Any, Iterator[JsonObject]], Items]
SEED_TRANSFORMS: Registry[Transform] = Registry("transform of seeds")


class Selecting:
    """A config whose transform leaves the columns of rows as they are."""


def seed_transform(
    name: str, *, config: type[BaseModel], look: Look
) -> Callable[[Transform], Transform]:
    """Register a function `transform(config, rows) -> rows and what it sets aside`.

    It takes rows one by one and changes none in place; a row that it cannot use is a `SetAside`
    with the row's number, from 1.
    """
    return SEED_TRANSFORMS.part(name, config=config, look=look)


class Step(Value):
    """One step: in a graph file `{filter: score > 3}`, a name and its settings."""

    name: str
    settings: SerializeAsAny[BaseModel]

    @model_validator(mode="before")
    @classmethod
    def _from_file(cls, written: Any) -> Any:
        if isinstance(written, Step):
            return written
        if not isinstance(written, Mapping) or len(written) != 1:
            raise ValueError("Expected one transform and its settings, as in `{skip: 10}`")
        [(name, settings)] = written.items()
        if name not in SEED_TRANSFORMS:
            near = SEED_TRANSFORMS.nearest(str(name))
            known = f"did you mean '{near}'" if near else f"known: {', '.join(_names())}"
            raise ValueError(f"There is no transform named '{name}'; {known}")
        config = SEED_TRANSFORMS[name].config
        refuse_unknown_keys(config, settings, owner=str(name))
        return {"name": name, "settings": config.model_validate(settings)}

    @model_serializer(mode="plain")
    def _to_file(self) -> dict[str, Any]:
        return {self.name: self.settings.model_dump(mode="json", exclude_defaults=True)}


def refuse_unknown_keys(config: type[BaseModel], settings: Any, *, owner: str) -> None:
    """Say which keys `owner` has where `settings` name another.

    Raises:
        ValueError: for the first key that `config` does not know.
    """
    if not isinstance(settings, Mapping) or "root" in config.model_fields:
        return
    strange = next((key for key in settings if key not in config.model_fields), None)
    if strange is not None:
        known = ", ".join(config.model_fields)
        raise ValueError(f"'{owner}' has no key '{strange}'; it has {known}")


def transformed(rows: Rows, steps: Sequence[Step], *, only_columns: bool = False) -> Rows:
    """`rows` through `steps`, in order; lines set aside before stay in `set_aside`.

    With `only_columns` the steps that only select are left out: the first row then tells the
    columns at once.
    """
    for step in steps:
        if only_columns and isinstance(step.settings, Selecting):
            continue
        items = SEED_TRANSFORMS[step.name].deed(step.settings, rows)
        rows = Rows(items, rows.place, rows.set_aside)
    return rows


def _names() -> list[str]:
    return [part.name for part in SEED_TRANSFORMS]
