"""Rubrics of a workspace: presets stay, own ones are kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grasp_ui.errors import NameTaken
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.services.rubrics import (
    WrongRubric,
    copy_rubric,
    delete_rubric,
    list_rubrics,
    rubric_from,
    save_rubric,
)
from grasp_ui.services.workspace import Workspace
from tests.fake_server import fake_server
from tests.services.rooms import PAIRS, found, ran, workspace

PRESET = load_rubrics()["helpfulness"]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace."""
    with workspace(tmp_path) as ready:
        yield ready


@pytest.mark.parametrize("name", load_rubrics())
def test_a_copy_of_a_preset_asks_the_same(opened: Workspace, name: str) -> None:
    copied = copy_rubric(opened, load_rubrics()[name], "mine")
    entry = list_rubrics(opened)["mine"]
    assert entry.is_own
    assert entry.rubric == copied
    assert entry.rubric.dimensions == load_rubrics()[name].dimensions


def test_a_preset_is_not_overwritten(opened: Workspace) -> None:
    with pytest.raises(NameTaken, match="Copy it"):
        save_rubric(opened, PRESET)


def test_a_change_is_another_version(opened: Workspace) -> None:
    mine = copy_rubric(opened, PRESET, "mine")
    save_rubric(opened, mine.model_copy(update={"description": "How kind the answer is."}))
    assert list_rubrics(opened)["mine"].rubric.version != mine.version


@pytest.mark.parametrize("name", ["", "Mine", "../x", "a-b", "1a"])
def test_a_name_that_is_no_files_name_is_refused(opened: Workspace, name: str) -> None:
    with pytest.raises(WrongRubric, match="cannot name"):
        copy_rubric(opened, PRESET, name)


def test_a_level_without_a_sentence_is_named() -> None:
    said = PRESET.model_dump(mode="json", exclude={"name"})
    said["dimensions"][0]["levels"]["3"] = " "
    with pytest.raises(WrongRubric, match="no sentence for level 3"):
        rubric_from("mine", said)


def test_a_missing_level_is_named() -> None:
    said = PRESET.model_dump(mode="json", exclude={"name"})
    del said["dimensions"][0]["levels"]["3"]
    with pytest.raises(WrongRubric, match="one sentence for each level"):
        rubric_from("mine", said)


def test_a_rubric_that_is_deleted_is_gone_and_its_versions_stay(opened: Workspace) -> None:
    mine = copy_rubric(opened, PRESET, "mine")
    save_rubric(opened, mine.model_copy(update={"title": "Kindness"}))
    delete_rubric(opened, "mine")
    assert "mine" not in list_rubrics(opened)
    assert len(list((opened.home / "rubrics" / "history" / "mine").glob("*.yaml"))) == 2


def test_a_graph_is_judged_by_a_rubric_of_ones_own(opened: Workspace) -> None:
    copy_rubric(opened, load_rubrics()["answers_question"], "mine")
    text = PAIRS.replace("rubric: helpfulness", "rubric: mine")
    with fake_server() as server:
        view = ran(opened, server, records=1, text=text)
    assert view.run.state == "done"
    names = {tag.name for row in found(opened) for tag in row.tags if tag.source == "judge"}
    assert names == {"mine"}
