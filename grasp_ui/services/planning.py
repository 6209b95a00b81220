"""What a graph needs around it: models, rubrics, profiles, seeds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path

from grasp_ui.engine.plan import Surroundings
from grasp_ui.errors import GraspError, UnknownName, UnreadableFile
from grasp_ui.interchange.seed_source import (
    SEED_SOURCES,
    ColumnsUnknown,
    InvalidSeeds,
    Place,
    Rows,
    SetAside,
    StoredRows,
    columns,
    open_rows,
)
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.record import Seed
from grasp_ui.model.rubric import Rubric
from grasp_ui.services.parts import load_parts
from grasp_ui.services.settings import Settings
from grasp_ui.tagging.profile import Profile, load_profiles

RUBRICS = "rubrics"
NO_SEEDS = {"kind": "inline", "rows": [{}]}


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a run changes of a graph's models: all to one model, all to one endpoint."""

    model: str | None = None
    endpoint: str | None = None


def with_overrides(spec: GraphSpec, overrides: Overrides) -> GraphSpec:
    """`spec` with the model of every alias replaced, where a run says so."""
    if overrides.model is None:
        return spec
    models = {alias: {**keys, "model": overrides.model} for alias, keys in spec.models.items()}
    return spec.model_copy(update={"models": models})


def surroundings_of(  # noqa: PLR0913 - each is another part of what surrounds a graph
    spec: GraphSpec, settings: Settings, *, folder: Path, profiles: Mapping[str, Profile],
    endpoint: str | None = None, stored: StoredRows | None = None, home: Path | None = None,
) -> Surroundings:  # fmt: skip
    """Everything that the compiler may look up by name.

    `stored` gives the columns of seeds that come from the store, where it is open; `home` has
    the workspace's own rubrics.
    """
    load_parts()
    found, fault = _seeds_now(spec, folder, stored)
    models = {model.name for model in settings.models}
    if endpoint:
        models |= {str(keys.get("model")) for keys in spec.models.values()}
    return Surroundings(
        models=frozenset(models),
        rubrics=all_rubrics(home),
        profiles=frozenset(profiles),
        seed_sources={part.name: part.config for part in SEED_SOURCES},
        seed_columns=found,
        seed_fault=fault,
    )


def _seeds_now(
    spec: GraphSpec, folder: Path, stored: StoredRows | None
) -> tuple[tuple[str, ...] | None, str]:
    """The columns of the seeds, and what is wrong where they cannot be read."""
    try:
        return seed_columns(spec, folder, stored), ""
    except (UnknownName, InvalidSeeds):
        return None, ""
    except (GraspError, OSError) as error:
        return None, str(error)


def all_profiles(home: Path, bundle: Path) -> dict[str, Profile]:
    """The tagging profiles that ship, and the workspace's own over them."""
    return {**load_profiles(bundle / "profiles"), **load_profiles(home / "profiles")}


def all_rubrics(home: Path | None) -> dict[str, Rubric]:
    """The presets, and the workspace's own rubrics.

    Raises:
        UnreadableFile: a file holds no rubric.
        NameTaken: an own one has a preset's name.
    """
    return load_rubrics(home / RUBRICS if home else None)


def seed_rows(spec: GraphSpec, folder: Path, stored: StoredRows | None = None) -> Rows:
    """The rows of the graph's seeds, once; a graph without seeds has one empty row.

    Raises:
        GraspError: the source cannot be read; the message names file and line.
    """
    load_parts()
    return open_rows(spec.seeds or NO_SEEDS, Place(folder, stored))


def count_seed_rows(spec: GraphSpec, folder: Path, stored: StoredRows | None = None) -> int:
    """How many rows the graph's seeds have: all are read, and none is kept.

    Raises:
        GraspError: the source cannot be read.
    """
    return sum(1 for _ in seed_rows(spec, folder, stored))


def seeds_of(
    spec: GraphSpec,
    folder: Path,
    records: int,
    *,
    on_set_aside: Callable[[SetAside], None],
    stored: StoredRows | None = None,
) -> Iterator[Seed]:
    """`records` seeds; the rows are taken in order, over and over.

    `on_set_aside` hears of each line that is no row once, as soon as it is met.

    Raises:
        UnreadableFile: the source has no rows.
    """
    index = 0
    for cycle in count():
        rows = seed_rows(spec, folder, stored)
        before = index
        for row in chain(rows, [None]):
            for line in rows.newly_set_aside() if cycle == 0 else ():
                on_set_aside(line)
            if row is not None:
                yield Seed(index=index, row=row)
                index += 1
            if index >= records:
                return
        if index == before:
            raise UnreadableFile(
                "The seeds have no rows: the source is empty, or its `transform` leaves none. "
                "Add at least one."
            )


def begun(seeds: Iterator[Seed]) -> Iterator[Seed]:
    """`seeds` with the first one read already."""
    return chain(list(islice(seeds, 1)), seeds)


def seed_columns(
    spec: GraphSpec, folder: Path, stored: StoredRows | None = None
) -> tuple[str, ...] | None:
    """The columns of the first row; None where they are not known before a run.

    Raises:
        GraspError: the source cannot be read.
    """
    try:
        return columns(spec.seeds or NO_SEEDS, Place(folder, stored))
    except ColumnsUnknown:
        return None
