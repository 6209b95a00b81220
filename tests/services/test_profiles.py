"""Tagging profiles of a workspace: copied, saved, kept by version."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grasp_ui.errors import NameTaken, UnreadableFile
from grasp_ui.services.profiles import (
    WrongProfileName,
    copy_profile,
    delete_profile,
    list_profiles,
    profile_versions,
    save_profile,
)
from grasp_ui.services.workspace import Workspace
from grasp_ui.tagging.profile import Profile, RuleSetting, read_profile
from grasp_ui.tagging.profile_text import profile_text
from tests.services.rooms import workspace


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace."""
    with workspace(tmp_path) as found:
        yield found


def test_a_profile_that_ships_is_not_overwritten(opened: Workspace) -> None:
    shipped = list_profiles(opened)["default"]
    assert not shipped.is_own
    with pytest.raises(NameTaken, match="Copy it"):
        save_profile(opened, shipped.profile)


def test_a_copy_does_what_its_original_does(opened: Workspace) -> None:
    copied = copy_profile(opened, "default", "mine")
    entry = list_profiles(opened)["mine"]
    assert entry.is_own
    assert (
        entry.profile.version == copied.version == list_profiles(opened)["default"].profile.version
    )


def test_a_copy_takes_no_name_that_is_taken(opened: Workspace) -> None:
    copy_profile(opened, "default", "mine")
    with pytest.raises(NameTaken):
        copy_profile(opened, "default", "mine")


@pytest.mark.parametrize("name", ["", "../mine", "Mine", "a b", "x" * 41])
def test_a_name_that_is_no_files_name_is_refused(opened: Workspace, name: str) -> None:
    with pytest.raises(WrongProfileName):
        copy_profile(opened, "default", name)


def test_a_wrong_config_is_refused_and_the_file_stays(opened: Workspace) -> None:
    kept = copy_profile(opened, "default", "mine")
    wrong = kept.model_copy(update={"rules": {"repetition": RuleSetting(config={"maximum": 3})}})
    with pytest.raises(UnreadableFile, match="repetition"):
        save_profile(opened, wrong)
    assert list_profiles(opened)["mine"].profile.version == kept.version


def test_every_saved_version_is_kept(opened: Workspace) -> None:
    first = copy_profile(opened, "default", "mine")
    second = save_profile(opened, first.model_copy(update={"minimum_judge_score": 0.5}))
    delete_profile(opened, "mine")
    kept = {one.profile.version for one in profile_versions(opened, "mine")}
    assert kept == {first.version, second.version}
    assert "mine" not in list_profiles(opened)


def test_a_profile_reads_back_as_it_was_written() -> None:
    setting = RuleSetting(action="warn", config={"maximum_lines": 6})
    profile = Profile(
        name="mine", title="Mine: strict", rules={"repetition": setting, "orphan": RuleSetting()}
    )
    assert read_profile("mine", profile_text(profile)) == profile


def test_the_order_of_rules_is_kept() -> None:
    names = ["truncated", "orphan", "repetition"]
    profile = Profile(name="mine", rules={name: RuleSetting() for name in names})
    assert list(read_profile("mine", profile_text(profile)).rules) == names
