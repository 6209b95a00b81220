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


@pytest.mark.parametrize("name", load_rubrics())
def test_a_shipped_rubric_has_a_sentence_for_each_level(name: str) -> None:
    rubric = load_rubrics()[name]
    for dimension in rubric.dimensions:
        assert sorted(dimension.levels) == [1, 2, 3, 4, 5]
        assert all(sentence.endswith(".") for sentence in dimension.levels.values())


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
    ],
)
def test_a_broken_rubric_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "tone.yaml"
    path.write_text(text)
    with pytest.raises(UnreadableFile, match=said) as caught:
        read_rubric(path)
    assert "tone.yaml" in str(caught.value)
