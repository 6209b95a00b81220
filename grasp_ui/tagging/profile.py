"""Tagging profiles: which rules run, how, and what it means when one fires."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from grasp_ui.errors import UnreadableFile
from grasp_ui.model.value import Action, JsonObject, Score, Value, identity


class RuleSetting(Value):
    """One rule in a profile: whether it runs, what a firing means, and its thresholds.

    Without an `action` it is the rule's own default; `config` needs only what differs.
    """

    enabled: bool = True
    action: Action | None = None
    config: JsonObject = Field(default_factory=dict)


class Profile(Value):
    """A tagging profile. A rule that it does not name does not run.

    A judge's score under `minimum_judge_score` rejects; None: no judge's score does.
    """

    name: str
    title: str = ""
    description: str = ""
    rules: dict[str, RuleSetting] = Field(default_factory=dict)
    minimum_judge_score: Annotated[Score | None, Field(title="Minimum judge score")] = None

    @property
    def version(self) -> str:
        """Hash of what the profile does: its name, title and description do not count."""
        meant = self.model_dump(mode="json", exclude={"name", "title", "description"})
        return identity(meant)[:8]


def load_profiles(folder: Path) -> dict[str, Profile]:
    """The profiles in `folder` by the names of their files; none without a folder.

    Raises:
        UnreadableFile: a file is not a profile; the message names it and what is wrong.
    """
    files = sorted(folder.glob("*.yaml"))
    return {file.stem: read_profile(file.stem, _text(file)) for file in files}


def read_profile(name: str, text: str) -> Profile:
    """The profile that `text` (YAML) describes.

    Raises:
        UnreadableFile: it is not YAML, or not a profile.
    """
    try:
        found = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise UnreadableFile(f"The tagging profile '{name}' is not YAML: {error}") from error
    if not isinstance(found, dict):
        raise UnreadableFile(f"The tagging profile '{name}' is empty. Give it at least `rules:`.")
    try:
        return Profile.model_validate({"name": name, **found})
    except ValidationError as error:
        raise UnreadableFile(_in_words(name, error)) from error


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"The tagging profile {file.name} cannot be read: {error}") from error


def _in_words(name: str, error: ValidationError) -> str:
    faults = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    return f"The tagging profile '{name}' cannot be read. {'; '.join(faults)}."
