"""Each format's files, byte for byte, and through the library that trainers load them with."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from grasp_ui.interchange.export import ExportOrder, write_export
from grasp_ui.interchange.manifest import program_version
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.value import GraphVersion, RunId
from tests.builders import chain, message, said, tagged
from tests.interchange.samples import judge_tag, panel, prefers, review, rule_tag, scored

PROGRAM = program_version().encode()
GOLDEN = Path(__file__).resolve().parent.parent / "golden"
ORDERS = {
    "trl-sft": ExportOrder("trl-sft", selection=Selection(verdict="keep"), as_of=40),
    "trl-dpo": ExportOrder("trl-dpo", as_of=40, failed={"run failed: timed_out": 1}),
    "jsonl": ExportOrder("jsonl", as_of=40),
    "jsonl-variables": ExportOrder("jsonl", {"shape": "variables"}),
}


def collection() -> list[TaggedConversation]:
    """A support dialogue, panels of answers, and what rules, judges and people said of them."""
    dialogue = said(
        "My parcel is late.", "I am sorry.\nWhat is its number?", " 8812 ", "It is here! 📦"
    )
    made = dialogue.model_copy(
        update={"run_id": RunId("run1"), "graph_version": GraphVersion("graph1"),
                "seed": {"topic": "parcels"}, "variables": {"mood": "annoyed", "turns": 4}}
    )  # fmt: skip
    kind = chain(
        message("Be kind.", "system"), *said("Why is the sky blue?", "光が散る。").messages
    )
    flat = kind.model_copy(update={"variables": {"mood": ["calm", "curious"], "turns": "two"}})
    kept = [review("override", "m1", name="helpfulness", action="info", value=0.95, score=0.95)]
    return [
        tagged(made, tags=[judge_tag("m3", 4, 0.75)]),
        tagged(flat),
        panel(prefers("m1", "m2"), tags=scored([0.9, 0.4, 0.2]), reviews=kept),
        panel(prefers("m1", "m3", 0.05), tags=[rule_tag("m2", "too_short_answer", "warn")]),
        tagged(said("Hi", "la la la"), tags=[rule_tag("m1", "repetition")]),
    ]


@pytest.fixture
def load_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Loads a file or a folder with `datasets`, offline, with its cache in a folder of the test."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = import_module("datasets")  # late: it reads the environment

    def load(place: Path) -> list[dict[str, Any]]:
        how = {"path": str(place)} if place.is_dir() else {"path": "json", "data_files": str(place)}
        rows = datasets.load_dataset(**how, split="train", cache_dir=str(tmp_path / "cache"))
        return [dict(row) for row in rows]

    return load


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize("file", ["data.jsonl", "README.md"])
def test_the_files_are_byte_for_byte_the_golden_ones(name: str, file: str, tmp_path: Path) -> None:
    write_export(ORDERS[name], collection(), folder=tmp_path)
    written = (tmp_path / file).read_bytes()
    assert written.replace(PROGRAM, b"grasp-ui") == (GOLDEN / name / file).read_bytes()


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("trl-sft", {"messages"}),
        ("trl-dpo", {"prompt", "chosen", "rejected"}),
        ("jsonl-variables", {"mood", "turns"}),
    ],
)
def test_the_library_of_the_trainers_finds_the_columns(
    load_rows: Any, name: str, columns: set[str]
) -> None:
    rows = load_rows(GOLDEN / name / "data.jsonl")
    assert {frozenset(row) for row in rows} == {frozenset(columns)}


def test_the_folder_loads_by_its_card(load_rows: Any, tmp_path: Path) -> None:
    folder = write_export(ORDERS["trl-dpo"], collection(), folder=tmp_path / "dpo").folder
    assert len(load_rows(folder)) == 1


def test_messages_come_back_as_they_were_said(load_rows: Any) -> None:
    first = load_rows(GOLDEN / "trl-sft" / "data.jsonl")[0]["messages"]
    assert [one["role"] for one in first] == ["user", "assistant", "user", "assistant"]
    assert [one["content"] for one in first][2:] == ["8812", "It is here! 📦"]


def test_everything_known_of_a_conversation_can_be_loaded(load_rows: Any) -> None:
    rows = load_rows(GOLDEN / "jsonl" / "data.jsonl")
    assert [len(row["messages"]) for row in rows] == [4, 3, 4, 4, 2]
    assert [row["verdicts"][0]["state"] for row in rows] == ["keep"] * 4 + ["drop"]
