import re
from pathlib import Path

import pytest

from grasp_ui.errors import NameTaken, UnreadableFile
from grasp_ui.judging.rubric import load_rubrics, read_rubric

GOOD = """
title: Tone
question: Is it kind?
minimum: 0
maximum: 1
dimensions: [{name: tone, levels: {0: rude, 1: kind}}]
"""

GRADE = re.compile(r"\b(average|mediocre|excellent|good quality|bad quality|poor)\b", re.I)
VERSIONS = {
    "answers_question": "9c6b5792",
    "helpfulness": "b618c123",
    "question_quality": "ebebe20f",
    "response_quality": "92d4af34",
}
DIMENSIONS = {
    "response_quality": "instruction_following accuracy relevance clarity completeness conciseness",
    "response_math": "instruction_following completeness readability correctness "
    "logical_correctness",
    "response_reasoning": "instruction_following correctness interpretation_accuracy "
    "logical_soundness reasoning_completeness depth_of_reasoning causal_reasoning",
    "response_code": "instruction_following correctness completeness readability error_handling "
    "dependency_management syntax_validity logical_correctness efficiency",
    "response_complex_instructions": "adherence_to_constraints clarity_and_coherence "
    "contextual_accuracy_and_relevance tone_style_role_consistency helpfulness_honesty_safety "
    "decision_support_and_story_telling",
    "response_open_qa": "instruction_following relevance accuracy completeness "
    "linguistic_clarity_and_grammar",
    "response_closed_qa": "instruction_following contextual_alignment accuracy completeness "
    "linguistic_clarity_and_grammar",
    "ultrafeedback": "instruction_following truthfulness honesty helpfulness",
    "helpsteer2": "helpfulness correctness coherence complexity verbosity",
}


@pytest.mark.parametrize("name", load_rubrics())
def test_a_shipped_rubric_has_a_sentence_for_each_level(name: str) -> None:
    rubric = load_rubrics()[name]
    for dimension in rubric.dimensions:
        assert sorted(dimension.levels) == list(range(rubric.minimum, rubric.maximum + 1))
        assert all(sentence.endswith(".") for sentence in dimension.levels.values())
        assert len(set(dimension.levels.values())) == len(dimension.levels)


@pytest.mark.parametrize("name", load_rubrics())
def test_the_levels_of_a_shipped_rubric_say_more_than_a_grade(name: str) -> None:
    sentences = [s for d in load_rubrics()[name].dimensions for s in d.levels.values()]
    assert [sentence for sentence in sentences if len(sentence.split()) < 3] == []
    assert [s for s in sentences if GRADE.search(s)] == []


@pytest.mark.parametrize(("name", "dimensions"), DIMENSIONS.items())
def test_a_preset_has_the_dimensions_of_its_model(name: str, dimensions: str) -> None:
    rubric = load_rubrics()[name]
    assert [dimension.name for dimension in rubric.dimensions] == dimensions.split()


@pytest.mark.parametrize(("name", "version"), VERSIONS.items())
def test_the_first_rubrics_keep_the_versions_that_stored_tags_carry(
    name: str, version: str
) -> None:
    assert load_rubrics()[name].version == version


@pytest.mark.parametrize(
    "change", [{"target": "conversation"}, {"comparison": "Which is kinder?"}, {"title": "T"}]
)
def test_what_a_rubric_makes_use_of_is_in_its_version(change: dict[str, str]) -> None:
    rubric = load_rubrics()["helpfulness"]
    assert rubric.model_copy(update=change).version != rubric.version


def test_complexity_and_verbosity_describe_and_do_not_count() -> None:
    counted = [one.name for one in load_rubrics()["helpsteer2"].dimensions if one.counts]
    assert counted == ["helpfulness", "correctness", "coherence"]


@pytest.mark.parametrize("name", load_rubrics())
def test_a_shipped_rubric_asks_one_question(name: str) -> None:
    assert load_rubrics()[name].question.endswith("?")


def test_a_folder_adds_its_rubrics(tmp_path: Path) -> None:
    (tmp_path / "tone.yaml").write_text(GOOD)
    assert load_rubrics(tmp_path)["tone"].score(1) == 1.0


def test_a_shipped_name_cannot_be_taken(tmp_path: Path) -> None:
    (tmp_path / "helpfulness.yaml").write_text(GOOD)
    with pytest.raises(NameTaken, match="helpfulness"):
        load_rubrics(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: [", "holds no rubric"),
        ("- 1", "holds no rubric"),
        ("title: T\nquestion: Q?", "dimensions: Field required"),
        (
            GOOD.replace("1: kind", "2: kind"),
            "'tone' needs one sentence for each level from 0 to 1",
        ),
        (GOOD.replace("maximum: 1", "maximum: 0"), "maximum must be above minimum"),
        (GOOD + "levles: 1", "levles"),
        (GOOD.replace("maximum: 1", "maximum: 30"), "at most 20 levels"),
        (
            GOOD.replace("1: kind}", "1: kind}, counts: false"),
            "at least one dimension has to count",
        ),
        (GOOD.replace("[{", "[{name: tone, levels: {0: a, 1: b}}, {"), "'tone' is there twice"),
    ],
)
def test_a_broken_rubric_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "tone.yaml"
    path.write_text(text)
    with pytest.raises(UnreadableFile, match=said) as caught:
        read_rubric(path)
    assert "tone.yaml" in str(caught.value)
