"""Everything that a run needs before its first call, or all that is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grasp_ui.engine.compile import compile_graph
from grasp_ui.engine.plan import Plan
from grasp_ui.errors import InvalidGraph, NotFound, UnreadableFile
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.problem import Problem
from grasp_ui.model.rubric import Rubric
from grasp_ui.model.run import Run
from grasp_ui.services.planning import Overrides, all_profiles, all_rubrics, surroundings_of
from grasp_ui.services.pricing import is_priced
from grasp_ui.services.settings import ENDPOINT_KEY, ModelSettings, Settings
from grasp_ui.services.stage_one import profile_of
from grasp_ui.services.stage_two_ready import AskedOf, StageTwo, stage_two_of
from grasp_ui.services.stored_rows import FirstRows
from grasp_ui.services.subgraphs import Shelves, with_subgraphs
from grasp_ui.services.turn import Turn
from grasp_ui.store.database import Database
from grasp_ui.tagging.profile import Profile


@dataclass(frozen=True, slots=True)
class Place:
    """Where runs take place: the store, both folders, the settings, the judges' turn."""

    database: Database
    home: Path
    bundle: Path
    settings: Callable[[], Settings]
    turn: Turn = field(default_factory=Turn)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A run that can begin: its plan, its profile, the model of each alias.

    `held` are the graphs that its nodes hold, by name. `stage_two` is what its profile asks
    judges when it is done, `turn` what it waits for before that. `home` is the workspace's
    folder.
    """

    home: Path
    run: Run
    spec: GraphSpec
    held: Mapping[str, GraphSpec]
    plan: Plan
    profile: Profile | None
    models: Mapping[str, ModelSettings]
    rubrics: Mapping[str, Rubric]
    stage_two: StageTwo | None = None
    turn: Turn = field(default_factory=Turn)


def prepared(
    place: Place,
    run: Run,
    spec: GraphSpec,
    overrides: Overrides,
    *,
    held: Mapping[str, GraphSpec] | None = None,
) -> Prepared:
    """Everything that `run` needs.

    The endpoint of `overrides` is the address of every call as it was typed, with a key if it
    carries one. `held` are the graphs that nodes of `spec` hold, as an earlier part of the run
    had them; without it they are read from their files.

    Raises:
        InvalidGraph: with every problem of the graph, or with each model that has no price
            where there is a ceiling in dollars.
    """
    settings, folder = place.settings(), Path(run.settings.folder)
    profiles = all_profiles(place.home, place.bundle)
    stored = FirstRows(place.database)
    surroundings = surroundings_of(
        spec, settings, folder=folder, profiles=profiles, endpoint=overrides.endpoint,
        stored=stored, home=place.home,
    )  # fmt: skip
    shelves = Shelves(folder, place.home, place.bundle)
    surroundings = with_subgraphs(surroundings, spec, shelves, overrides, held)
    plan = compile_graph(spec, surroundings)
    models = {
        alias: _model_settings(keys.model, run, settings, overrides.endpoint)
        for alias, keys in plan.models.items()
    }
    profile = profile_of(spec, profiles)
    stage_two = _stage_two(place, run, profile, overrides)
    if run.settings.ceilings.usd is not None:
        _check_prices(models if stage_two is None else {**stage_two.models, **models})
    run = run.model_copy(update={"graph_version": plan.version})
    return Prepared(
        place.home, run, spec, surroundings.graphs, plan, profile, models,
        all_rubrics(place.home), stage_two, place.turn,
    )  # fmt: skip


def _stage_two(
    place: Place, run: Run, profile: Profile | None, overrides: Overrides
) -> StageTwo | None:
    """The judges that the graph's profile names.

    Raises:
        InvalidGraph: the profile's judges cannot be asked.
    """
    if profile is None:
        return None
    asked = AskedOf("", overrides.endpoint, run.settings.concurrency)
    try:
        return stage_two_of(profile, place.settings(), place.home, asked)
    except UnreadableFile as error:
        fix = "Mend the profile, or let the graph name another one."
        raise InvalidGraph((Problem(field="tagging", what=str(error), fix=fix),)) from error


def _check_prices(models: Mapping[str, ModelSettings]) -> None:
    unpriced = {model.name: alias for alias, model in models.items() if not is_priced(model)}
    if unpriced:
        raise InvalidGraph(tuple(_unpriced(name, alias) for name, alias in unpriced.items()))


def _unpriced(name: str, alias: str) -> Problem:
    return Problem(
        field=f"models.{alias}",
        what=f"The model '{name}' has no price, so a ceiling in dollars cannot be held.",
        fix="Give its prices in Settings, or set a ceiling in tokens or calls instead.",
    )


def _model_settings(name: str, run: Run, settings: Settings, endpoint: str | None) -> ModelSettings:
    if endpoint:
        return ModelSettings(
            name=name,
            url=endpoint,
            calls_at_once=run.settings.concurrency,
            key_variable=ENDPOINT_KEY,
        )
    known = settings.model(name)
    if known is None:
        raise NotFound(f"There is no model named '{name}' in Settings. Add it there.")
    return known
