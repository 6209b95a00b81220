"""Stage two of a profile with the models of Settings, checked first."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grasp_ui.errors import CannotTag
from grasp_ui.services.planning import all_rubrics
from grasp_ui.services.pricing import is_priced
from grasp_ui.services.settings import ENDPOINT_KEY, ModelSettings, Settings
from grasp_ui.tagging.armed import Armed, armed_judges
from grasp_ui.tagging.profile import Profile


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What is changed of a profile's models: another one, another address."""

    model: str = ""
    endpoint: str | None = None
    calls_at_once: int = 8


@dataclass(frozen=True, slots=True)
class StageTwo:
    """A profile's judges, ready to be asked; the models' settings by name."""

    armed: Armed
    models: Mapping[str, ModelSettings]

    @property
    def unpriced(self) -> tuple[str, ...]:
        """The models whose price is not known."""
        return tuple(name for name, one in self.models.items() if not is_priced(one))

    def check_prices(self) -> None:
        """Hold the models against a ceiling in dollars.

        Raises:
            CannotTag: a model has no price, so the ceiling could not be held.
        """
        for name in self.unpriced:
            raise CannotTag(
                f"The model '{name}' has no price, so a ceiling in dollars cannot be held. Give "
                "its prices in Settings, or set a ceiling in calls or tokens instead."
            )


def stage_two_of(
    profile: Profile, settings: Settings, home: Path, changes: AskedOf | None = None
) -> StageTwo | None:
    """Stage two of `profile`; None where it has none. Own rubrics are in `home`.

    Raises:
        UnreadableFile: the profile names a rubric or model that there is not, or asks for what
            does not fit together.
    """
    if not profile.asks_models:
        return None
    changes = changes or AskedOf()
    names = [model.name for model in settings.models]
    if changes.endpoint:
        # An address answers for any name; those that the profile names are asked for there.
        named = [profile.describe.model, *(m for judge in profile.judges for m in judge.models)]
        names = list(dict.fromkeys([*names, *filter(None, named)]))
    if changes.model and changes.model not in names and not changes.endpoint:
        raise CannotTag(
            f"There is no model named '{changes.model}' in Settings. It has: {', '.join(names)}."
        )
    rubrics = all_rubrics(home)
    armed = armed_judges(profile, rubrics, names, model=changes.model)
    return StageTwo(armed, {name: _settings(name, settings, changes) for name in armed.models})


def _settings(name: str, settings: Settings, changes: AskedOf) -> ModelSettings:
    if changes.endpoint:
        return ModelSettings(
            name=name,
            url=changes.endpoint,
            calls_at_once=changes.calls_at_once,
            key_variable=ENDPOINT_KEY,
        )
    known = settings.model(name)
    assert known is not None  # noqa: S101 - arming has checked the names
    return known
