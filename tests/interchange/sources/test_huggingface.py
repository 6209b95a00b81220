"""Data sets by name: the real loader on a folder, without a network."""

import sys
from pathlib import Path

import pytest

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.seed_source import ColumnsUnknown, Place, columns, open_rows
from grasp_ui.services.parts import load_parts

load_parts()
pytest.importorskip("datasets")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "train.jsonl").write_text('{"topic": "tea", "tags": ["a"]}\n{"topic": "rain"}\n')
    (folder / "test.jsonl").write_text('{"topic": "night"}\n')
    return Place(tmp_path)


@pytest.mark.parametrize(("split", "topics"), [("train", ["tea", "rain"]), ("test", ["night"])])
def test_a_data_set_is_streamed_by_its_split(place: Place, split: str, topics: list[str]) -> None:
    rows = list(open_rows({"kind": "huggingface", "name": "talks", "split": split}, place))
    assert [row["topic"] for row in rows] == topics


def test_a_split_that_is_not_there_is_named(place: Place) -> None:
    seeds = {"kind": "huggingface", "name": "talks", "split": "validation"}
    with pytest.raises(UnreadableFile, match=r"talks \(split validation\) cannot be read: .*split"):
        next(open_rows(seeds, place))


def test_its_columns_are_not_asked_for_at_each_edit(place: Place) -> None:
    with pytest.raises(ColumnsUnknown, match="known when a run begins"):
        columns({"kind": "huggingface", "name": "nobody/nothing"}, place)


def test_without_the_package_the_way_to_it_is_said(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(UnreadableFile, match="pip install datasets"):
        open_rows({"kind": "huggingface"}, place)
