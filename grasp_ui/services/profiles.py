"""Tagging profiles of a workspace: shipped, own, and earlier versions."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grasp_ui.errors import GraspError, NameTaken, NotFound
from grasp_ui.services.parts import load_heuristics
from grasp_ui.services.planning import all_profiles
from grasp_ui.services.workspace import Workspace, bundle
from grasp_ui.tagging.profile import Profile, load_profiles, read_profile
from grasp_ui.tagging.profile_text import profile_text
from grasp_ui.tagging.stages import armed_rules

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class WrongProfileName(GraspError):
    """A name that cannot be a profile's file."""


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    """A profile that a workspace knows; those that ship are read-only."""

    profile: Profile
    is_own: bool


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """An earlier state of an own profile; `saved` is in UTC."""

    profile: Profile
    saved: datetime


def list_profiles(workspace: Workspace) -> dict[str, ProfileEntry]:
    """All profiles by name: those that ship first.

    Raises:
        UnreadableFile: a file is not a profile.
    """
    own = load_profiles(_folder(workspace))
    found = all_profiles(workspace.home, bundle())
    return {name: ProfileEntry(profile, name in own) for name, profile in found.items()}


def save_profile(workspace: Workspace, profile: Profile) -> Profile:
    """Write an own profile; the version that it replaces, and this one, are kept.

    Raises:
        WrongProfileName: its name cannot be a file's.
        NameTaken: a profile of that name ships.
        UnreadableFile: it names an unknown rule, or gives one a wrong config.
    """
    _check_name(workspace, profile.name)
    load_heuristics()
    armed_rules(profile)
    file = _folder(workspace) / f"{profile.name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        before = read_profile(profile.name, file.read_text(encoding="utf-8"))
        _keep(workspace, before)
    _keep(workspace, profile)
    fresh = file.with_suffix(".yaml.new")
    fresh.write_text(profile_text(profile), encoding="utf-8")
    fresh.replace(file)
    return profile


def copy_profile(workspace: Workspace, name: str, new_name: str) -> Profile:
    """An own profile with what `name` has, under another name.

    Raises:
        NotFound: there is no profile `name`.
        NameTaken: there is one named `new_name`.
        WrongProfileName: `new_name` cannot be a file's.
    """
    known = list_profiles(workspace)
    if name not in known:
        raise NotFound(f"There is no tagging profile named '{name}'. Known: {', '.join(known)}.")
    if new_name in known:
        raise NameTaken(f"A tagging profile is named '{new_name}' already. Choose another name.")
    title = f"{known[name].profile.title or name} (copy)"
    copied = known[name].profile.model_copy(update={"name": new_name, "title": title})
    return save_profile(workspace, copied)


def delete_profile(workspace: Workspace, name: str) -> None:
    """Take an own profile away; its versions stay in the history.

    Raises:
        NotFound: no own profile is named so.
    """
    file = _folder(workspace) / f"{name}.yaml"
    if not file.exists():
        raise NotFound(f"There is no profile of your own named '{name}'.")
    _keep(workspace, read_profile(name, file.read_text(encoding="utf-8")))
    file.unlink()


def profile_versions(workspace: Workspace, name: str) -> tuple[KeptVersion, ...]:
    """The states of an own profile that were saved, the newest first."""
    files = (_folder(workspace) / "history" / name).glob("*.yaml")
    kept = [
        KeptVersion(read_profile(name, file.read_text(encoding="utf-8")), _saved(file))
        for file in files
    ]
    return tuple(sorted(kept, key=lambda one: one.saved, reverse=True))


def _keep(workspace: Workspace, profile: Profile) -> None:
    """A file for each version; saving one again makes it the newest."""
    folder = _folder(workspace) / "history" / profile.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{profile.version}.yaml").write_text(profile_text(profile), encoding="utf-8")


def _saved(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _folder(workspace: Workspace) -> Path:
    return workspace.home / "profiles"


def _check_name(workspace: Workspace, name: str) -> None:
    if not NAME.fullmatch(name):
        raise WrongProfileName(
            f"'{name}' cannot name a profile. Use lower-case letters, digits, - and _, "
            "at most 40 of them."
        )
    if name in load_profiles(bundle() / "profiles"):
        raise NameTaken(
            f"The profile '{name}' ships with the program and stays as it is. Copy it under "
            "another name."
        )
