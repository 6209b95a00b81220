"""A profile's judges: what fits together is armed, what does not says why."""

from pathlib import Path

import pytest

from grasp_ui.errors import UnreadableFile
from grasp_ui.judging.category import categories
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.tagging.armed import Armed, armed_judges
from grasp_ui.tagging.profile import load_profiles, read_profile

SHIPPED = Path(__file__).resolve().parents[2] / "profiles"
MODELS = ("kind", "stern")


def armed(
    judges: str, *, models: tuple[str, ...] = MODELS, more: str = "", model: str = ""
) -> Armed:
    """Stage two of a profile with `judges`, where Settings have two models."""
    profile = read_profile("mine", f"judges: [{judges}]")
    return armed_judges(profile, load_rubrics(), MODELS, model=model)


def test_the_thorough_profile_is_ready_with_the_one_model_of_settings() -> None:
    ready = armed_judges(load_profiles(SHIPPED)["thorough"], load_rubrics(), ("local",))
    assert ready.models == ("local",)
    assert ready.describes == ("category", "instruction_tags", "difficulty")
    assert set(ready.judges[0].exams) == set(categories())


def test_a_judge_by_category_has_a_rubric_for_each() -> None:
    [judge] = armed("{rubric: by_category, models: [kind]}").judges
    assert judge.exams_for("math")[0].rubric.name == "response_math"
    assert len(judge.exams_for(None)) == len(categories())


def test_a_judge_by_category_has_the_category_asked_for() -> None:
    ready = armed("{rubric: by_category, models: [kind, stern]}")
    assert (ready.describes, ready.describer) == (("category",), "kind")


def test_a_model_may_stand_in_for_all() -> None:
    ready = armed("{rubric: helpfulness, models: [kind, stern]}", model="other")
    assert ready.models == ("other",)


@pytest.mark.parametrize(
    ("judges", "message"),
    [
        ("{rubric: helpfulnes, models: [kind]}", "judge 1: .*Did you mean 'helpfulness'"),
        ("{rubric: helpfulness, models: [kin]}", "no model named 'kin'.*Did you mean 'kind'"),
        ("{rubric: helpfulness}", "names no model, and Settings have 2"),
        ("{rubric: helpfulness, models: [kind], minimum: 0}", "which goes from 1 to 5"),
        ("{rubric: helpfulness, models: [kind], method: p_yes, minimum: 3}", "from 0 to 1"),
        ("{rubric: goal_reached, models: [kind]}", "Write `scope: conversation`"),
        ("{rubric: helpfulness, models: [kind], scope: conversation}", "`scope: last_answer`"),
        ("{rubric: helpfulness, models: [kind], method: p_yes, samples: 3}", "one sample says all"),
        (
            "{rubric: helpfulness, models: [kind]}, {rubric: helpfulness, models: [stern]}",
            "judge 2: The rubric 'helpfulness' is asked for twice",
        ),
    ],
)
def test_what_does_not_fit_says_where_and_what_to_do(judges: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        armed(judges)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("judges: [{rubrik: a}]", r"judges\.0\.rubrik: Extra"),
        ("judges: [{samples: 0}]", r"judges\.0\.samples"),
        ("judges: [{action: drop}]", r"judges\.0\.action"),
        ("judges: [{scope: everything}]", r"judges\.0\.scope"),
        ("judges: [{method: pairwise}]", "set `scope: siblings`"),
        ("judges: [{method: pairwise, scope: siblings, minimum: 3}]", "leave `minimum` out"),
        ("judges: [{method: pairwise, scope: siblings, samples: 2}]", "leave `samples` out"),
        ("judges: [{models: [a, a]}]", "named twice"),
        ("only: good", "only: "),
    ],
)
def test_a_profile_with_faulty_judges_says_why(text: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        read_profile("mine", text)


def test_stages_and_what_passes_are_data() -> None:
    rules, judges = load_profiles(SHIPPED)["thorough"].stages
    assert (rules.name, rules.passes) == ("rules", "conversations that no rule drops")
    assert judges.does == ("category", "instruction_tags", "difficulty", "by_category")
    [only] = load_profiles(SHIPPED)["default"].stages
    assert only.name == "rules"


def test_what_judges_do_changes_the_version_of_a_profile() -> None:
    profile = load_profiles(SHIPPED)["thorough"]
    assert profile.model_copy(update={"only": "all"}).version != profile.version
    assert profile.model_copy(update={"judges": ()}).version != profile.version
