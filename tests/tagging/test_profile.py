from pathlib import Path

import pytest

from grasp_ui.errors import UnreadableFile
from grasp_ui.tagging.arming import FAMILIES
from grasp_ui.tagging.profile import Profile, load_profiles, read_profile
from grasp_ui.tagging.stages import armed_rules
from tests.tagging.firing import load_rules

SHIPPED = Path(__file__).resolve().parents[2] / "profiles"


def test_the_default_profile_names_every_rule() -> None:
    load_rules()
    named = load_profiles(SHIPPED)["default"].rules
    assert set(named) == {part.name for family in FAMILIES for part in family}


def test_the_thorough_profile_turns_every_rule_on() -> None:
    load_rules()
    rules = load_profiles(SHIPPED)["thorough"].rules
    on = {name for name, setting in rules.items() if setting.enabled}
    assert on == {part.name for family in FAMILIES for part in family}


def test_the_default_profile_rejects_and_warns_as_the_rules_do() -> None:
    load_rules()
    rules = armed_rules(load_profiles(SHIPPED)["default"])
    assert [
        (r.part.name, r.blank.action) for r in rules if r.blank.action != r.config.default_action
    ] == []


def test_a_profile_is_named_after_its_file(tmp_path: Path) -> None:
    (tmp_path / "strict.yaml").write_text("title: Strict\nminimum_judge_score: 0.5\nrules: {}\n")
    found = load_profiles(tmp_path)
    assert (found["strict"].name, found["strict"].minimum_judge_score) == ("strict", 0.5)


def test_a_folder_that_is_not_there_has_no_profiles(tmp_path: Path) -> None:
    assert load_profiles(tmp_path / "nowhere") == {}


def test_a_profile_goes_out_as_json_and_comes_back() -> None:
    profile = load_profiles(SHIPPED)["default"]
    assert Profile.model_validate_json(profile.model_dump_json()) == profile


def test_the_title_does_not_change_the_version() -> None:
    profile = load_profiles(SHIPPED)["default"]
    assert profile.model_copy(update={"title": "Mine"}).version == profile.version
    assert profile.model_copy(update={"minimum_judge_score": 0.5}).version != profile.version


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules: [", "'mine' is not YAML"),
        ("", "'mine' is empty"),
        ("- a\n- b\n", "'mine' is empty"),
        ("rule: {}", "rule: Extra inputs"),
        ("rules: {repetition: {action: drop}}", r"rules\.repetition\.action"),
        ("minimum_judge_score: 4", "minimum_judge_score: .*less than or equal to 1"),
    ],
)
def test_a_file_that_is_no_profile_says_why(text: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        read_profile("mine", text)
