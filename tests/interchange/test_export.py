import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grasp_ui.errors import UnknownName
from grasp_ui.interchange.export import (
    ExportOrder,
    InvalidConfig,
    UnwritableFolder,
    preview_rows,
    write_export,
)
from grasp_ui.interchange.jsonline import line_of
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.value import GraphVersion, RunId
from tests.builders import said, tagged
from tests.interchange.samples import panel, prefers, rule_tag

ORDER = ExportOrder("trl-sft", selection=Selection(text="tea"), as_of=12)


def some() -> list[TaggedConversation]:
    """Two that are written and one that is dropped."""
    good = said("Hi", "Hello!").model_copy(update={"run_id": RunId("r2")})
    late = said("Tea?", "Yes.").model_copy(
        update={"run_id": RunId("r1"), "graph_version": GraphVersion("g1")}
    )
    return [tagged(good), tagged(said("Hi", "Ho"), tags=[rule_tag("m1", "orphan")]), tagged(late)]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in `folder`."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_every_conversation_is_written_or_dropped_with_a_reason(tmp_path: Path) -> None:
    order = ExportOrder("trl-sft", failed={"run failed: timed_out": 2, "run failed: never": 0})
    ledger = write_export(order, some(), folder=tmp_path).ledger
    assert (ledger.total, ledger.written, ledger.rows) == (5, 2, 2)
    assert ledger.dropped == {"rejected: orphan": 1, "run failed: timed_out": 2}


def test_the_manifest_tells_what_was_written_and_from_what(tmp_path: Path) -> None:
    write_export(ORDER, some(), folder=tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert (manifest["run_ids"], manifest["graph_versions"]) == (["r1", "r2"], ["g1"])
    assert (manifest["selection"], manifest["as_of"]) == ({"text": "tea", "order": "newest"}, 12)
    assert manifest["config"]["keep_system"] is True
    assert manifest["counts"]["dropped"] == {"rejected: orphan": 1}


def test_the_manifest_has_the_sum_of_each_file(tmp_path: Path) -> None:
    result = write_export(ORDER, some(), folder=tmp_path)
    for name, file in result.manifest.files.items():
        content = (tmp_path / name).read_bytes()
        assert (file.sha256, file.bytes) == (sha256(content).hexdigest(), len(content))


def test_the_same_conversations_give_the_same_bytes(tmp_path: Path) -> None:
    write_export(ORDER, some(), folder=tmp_path / "one")
    write_export(ORDER, iter(some()), folder=tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_preview_is_what_the_file_begins_with(tmp_path: Path) -> None:
    preview = preview_rows(ORDER, some(), samples=1)
    write_export(ORDER, some(), folder=tmp_path)
    lines = (tmp_path / "data.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines[:1]] == list(preview.samples)
    assert preview.ledger.written == 2


def test_an_export_that_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    write_export(ORDER, some(), folder=tmp_path)
    before = contents(tmp_path)

    def breaking() -> Iterator[TaggedConversation]:
        yield some()[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_export(ORDER, breaking(), folder=tmp_path)
    assert contents(tmp_path) == before


def test_files_of_other_names_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write_export(ORDER, some(), folder=tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_conversations_are_read_one_at_a_time(tmp_path: Path) -> None:
    def many() -> Iterator[TaggedConversation]:
        one = some()[0]
        for _ in range(5000):
            yield one

    assert preview_rows(ORDER, many(), samples=2).ledger.written == 5000


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UnwritableFolder, match=r"taken.*Choose another folder"):
        write_export(ORDER, some(), folder=tmp_path / "taken")


def test_an_unknown_format_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'trl-sft'"):
        write_export(ExportOrder("trl-stf"), some(), folder=tmp_path)


def test_wrong_settings_are_refused_by_name() -> None:
    with pytest.raises(InvalidConfig, match="keep_sistem"):
        preview_rows(ExportOrder("trl-sft", {"keep_sistem": True}), some())


def test_an_export_without_rows_has_a_card_that_loads_nothing(tmp_path: Path) -> None:
    write_export(ORDER, [], folder=tmp_path)
    assert (tmp_path / "data.jsonl").read_bytes() == b""
    assert "configs:" not in (tmp_path / "README.md").read_text()


def test_a_null_character_is_mended_and_counted(tmp_path: Path) -> None:
    result = write_export(ORDER, [tagged(said("Hi", "Hel\0lo"))], folder=tmp_path)
    [row] = map(json.loads, (tmp_path / "data.jsonl").read_text().splitlines())
    assert (row["messages"][1]["content"], result.ledger.repaired) == ("Hel\ufffdlo", 1)


def test_half_a_surrogate_pair_in_a_variable_is_mended_and_counted(tmp_path: Path) -> None:
    told = said("Hi", "Ho").model_copy(update={"variables": {"a": "x\ud800", "b": "\ud83d\ude00"}})
    order = ExportOrder("jsonl", {"shape": "variables"})
    result = write_export(order, [tagged(told)], folder=tmp_path)
    assert json.loads((tmp_path / "data.jsonl").read_text()) == {"a": "x\ufffd", "b": "😀"}
    assert result.ledger.repaired == 1


def test_left_out_pairs_are_told_beside_the_written_one(tmp_path: Path) -> None:
    other = prefers("m2", "m3", 0.0).model_copy(update={"prompt_id": None})
    told = panel(prefers("m1", "m2"), other)
    counts = write_export(ExportOrder("trl-dpo"), [told], folder=tmp_path).manifest.counts
    assert (counts["written"], counts["left_out"]) == (1, {"margin too small": 1})


TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.dictionaries(TEXT, JSON, max_size=4))
def test_every_row_becomes_one_line_that_can_be_read_back(row: dict[str, object]) -> None:
    line, is_repaired = line_of(row)
    assert line.count(b"\n") == 1
    assert is_repaired or json.loads(line) == row


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=5), JSON, max_size=4))
def test_a_mended_row_needs_no_mending(row: dict[str, object]) -> None:
    line, _ = line_of(row)
    assert line_of(json.loads(line)) == (line, False)
