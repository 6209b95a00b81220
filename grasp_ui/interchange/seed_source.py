"""Seed sources: where the rows that a graph starts from are read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol

from pydantic import Field, PlainValidator, ValidationError

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.rows import Rows, SetAside
from grasp_ui.interchange.seed_transform import Step, refuse_unknown_keys, transformed
from grasp_ui.model.value import JsonObject, Value
from grasp_ui.registry import Look, Registry

__all__ = [
    "SEED_SOURCES", "ColumnsUnknown", "InvalidSeeds", "Kept", "NestedSeeds", "Place", "Rows",
    "SetAside", "SourceConfig", "StoredRows", "columns", "open_rows", "seed_source",
]  # fmt: skip


class InvalidSeeds(UnreadableFile):
    """The settings of a source are wrong: the compiler says where."""


class ColumnsUnknown(UnreadableFile):
    """The columns of a source are not known before a run begins."""


LOOKED_AT = 1_000
"""Rows that are tried where only the columns are wanted."""
Kept = Literal["kept", "dropped", "all"]


class SourceConfig(Value):
    """What every source has: the steps that its rows pass through."""

    transform: Annotated[
        tuple[Step, ...],
        Field(
            title="Transform",
            description="Steps in order, for example "
            '`{"filter": "score > 3"}`, `{"skip": 10}`, `{"sample": 0.1}`, '
            '`{"rename": {"old": "new"}}`, `{"add": {"tone": "calm"}}`.',
        ),
    ] = ()


class StoredRows(Protocol):
    """The rows that the store can give; services bring it, where the store is open."""

    def of_run(self, run: str, *, kept: Kept, messages: bool) -> Iterator[JsonObject]:
        """One row for each conversation of a run, in the order of its records."""
        ...

    def of_query(self, sql: str) -> Iterator[JsonObject]:
        """The rows of a SELECT over the store."""
        ...

    def query_columns(self, sql: str) -> tuple[str, ...]:
        """The columns of a SELECT, without running it."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where sources look: paths are relative to `folder`, the graph's.

    `only_columns` says that the first row is all that is wanted, and at once: it must have the
    columns of the others, and may be one that is not among them.
    """

    folder: Path
    stored: StoredRows | None = None
    only_columns: bool = False


Source = Callable[[Any, Place], Rows]
SEED_SOURCES: Registry[Source] = Registry("seed source")


def seed_source(name: str, *, config: type[SourceConfig], look: Look) -> Callable[[Source], Source]:
    """Register a function that reads rows: `source(config, place) -> Rows`.

    What is wrong with a file as a whole is an `UnreadableFile`; what is wrong with one line is
    set aside. Rows are read when they are taken, never all at once.
    """
    return SEED_SOURCES.part(name, config=config, look=look)


def open_rows(seeds: Mapping[str, Any], place: Place) -> Rows:
    """The rows of `seeds` as a graph file has them: `kind`, its keys, `transform`.

    Raises:
        UnknownName: there is no such source.
        InvalidSeeds: its settings are wrong.
        UnreadableFile: it cannot be read.
    """
    part = SEED_SOURCES[str(seeds.get("kind"))]
    try:
        config = part.config.model_validate(_settings(seeds))
    except ValidationError as error:
        raise InvalidSeeds(f"The seeds cannot be read: {error}") from error
    rows = part.deed(config, place)
    steps = config.transform if isinstance(config, SourceConfig) else ()
    if place.only_columns and steps:
        # Steps that fit no row would else be tried on every row of a long file, at each edit.
        rows = Rows(islice(rows, LOOKED_AT), rows.place, rows.set_aside)
    return transformed(rows, steps, only_columns=place.only_columns)


def columns(seeds: Mapping[str, Any], place: Place) -> tuple[str, ...]:
    """The keys of the first row of `seeds`; empty where there is none.

    Raises:
        UnknownName: there is no such source.
        ColumnsUnknown: they are not known before a run begins.
        UnreadableFile: it cannot be read.
    """
    return tuple(next(open_rows(seeds, replace(place, only_columns=True)), {}))


def _settings(seeds: Mapping[str, Any]) -> JsonObject:
    return {key: value for key, value in seeds.items() if key != "kind"}


def _checked(seeds: Any) -> JsonObject:
    """Seeds inside of seeds: any source with its keys."""
    if not isinstance(seeds, Mapping):
        raise ValueError("Expected a source, as in `{kind: csv, path: rows.csv}`")  # noqa: TRY004 - pydantic takes ValueError alone
    kind = str(seeds.get("kind", ""))
    if kind not in SEED_SOURCES:
        known = ", ".join(part.name for part in SEED_SOURCES)
        raise ValueError(f"There is no seed source named '{kind}'; known: {known}")
    config = SEED_SOURCES[kind].config
    refuse_unknown_keys(config, _settings(seeds), owner=kind)
    config.model_validate(_settings(seeds))
    return dict(seeds)


NestedSeeds = Annotated[JsonObject, PlainValidator(_checked)]
"""Any source, as `seeds:` itself would name it."""
