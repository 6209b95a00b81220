"""What a graph needs around it: models, rubrics, profiles, seeds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from pydantic import ValidationError

from grasp_ui.engine.plan import Surroundings
from grasp_ui.errors import GraspError, UnreadableFile
from grasp_ui.interchange.seed_source import SEED_SOURCES, Rows, SetAside
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.record import Seed
from grasp_ui.services.parts import load_parts
from grasp_ui.services.settings import Settings
from grasp_ui.tagging.profile import Profile, load_profiles


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


def surroundings_of(
    spec: GraphSpec, settings: Settings, *, folder: Path, profiles: Mapping[str, Profile],
    endpoint: str | None = None,
) -> Surroundings:  # fmt: skip
    """Everything that the compiler may look up by name."""
    load_parts()
    models = {model.name for model in settings.models}
    if endpoint:
        models |= {str(keys.get("model")) for keys in spec.models.values()}
    return Surroundings(
        models=frozenset(models),
        rubrics=load_rubrics(),
        profiles=frozenset(profiles),
        seed_sources={part.name: part.config for part in SEED_SOURCES},
        seed_columns=seed_columns(spec, folder),
    )


def all_profiles(home: Path, bundle: Path) -> dict[str, Profile]:
    """The tagging profiles that ship, and the workspace's own over them."""
    return {**load_profiles(bundle / "profiles"), **load_profiles(home / "profiles")}


def seed_rows(spec: GraphSpec, folder: Path) -> Rows:
    """The rows of the graph's seeds, once; a graph without seeds has one empty row.

    Raises:
        GraspError: the source cannot be read; the message names file and line.
    """
    load_parts()
    if not spec.seeds:
        return Rows(iter([{}]))
    part = SEED_SOURCES[str(spec.seeds.get("kind"))]
    keys = {key: value for key, value in spec.seeds.items() if key != "kind"}
    try:
        config = part.config.model_validate(keys)
    except ValidationError as error:
        raise UnreadableFile(f"The seeds cannot be read: {error}") from error
    return part.deed(config, folder)


def seeds_of(
    spec: GraphSpec, folder: Path, records: int, *, on_set_aside: Callable[[SetAside], None]
) -> Iterator[Seed]:
    """`records` seeds; the rows are taken in order, over and over.

    `on_set_aside` hears of each line that is no row, once.

    Raises:
        UnreadableFile: the source has no rows.
    """
    numbers = iter(range(records))
    for cycle in count():
        rows, found = seed_rows(spec, folder), False
        for row in rows:
            found = True
            index = next(numbers, None)
            if index is None:
                return
            yield Seed(index=index, row=row)
        for line in rows.set_aside if cycle == 0 else ():
            on_set_aside(line)
        if not found:
            raise UnreadableFile("The seeds have no rows. Add at least one.")


def seed_columns(spec: GraphSpec, folder: Path) -> tuple[str, ...] | None:
    """The columns of the first row; None where the source cannot be read now."""
    try:
        return tuple(next(seed_rows(spec, folder), {}))
    except (GraspError, OSError):
        return None
