"""Importing into a workspace: nothing doubled, nothing lost, and ready for all that follows."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from grasp_ui.errors import NotFound, UnreadableFile
from grasp_ui.model.selection import Selection
from grasp_ui.services import review
from grasp_ui.services.exports import ExportRequest, export
from grasp_ui.services.import_look import detect, keep_upload, preview
from grasp_ui.services.imports import (
    ImportReport,
    ImportRequest,
    import_file,
)
from grasp_ui.services.tagging import tag_again
from grasp_ui.services.workspace import Workspace
from grasp_ui.tagging.dataset import DATASET_RULES
from tests.interchange.imports.forest import (
    BARE_LAYOUTS,
    FOREST,
    LAYOUTS,
    MESSAGES,
    Said,
    all_messages,
    written,
)
from tests.services.rooms import workspace

IMPORTED = Selection(origin="imported", order="oldest")


def taken_in(opened: Workspace, folder: Path, objects: list[Any], **more: Any) -> ImportReport:
    """What comes of importing a file of `objects`."""
    return import_file(opened, ImportRequest(written(folder, objects), **more))


def adds_up(report: ImportReport) -> bool:
    """Whether every message that was read is somewhere."""
    there = report.stored + report.already_there
    return report.read == there + report.repeated + report.set_aside_count


def exported(opened: Workspace, name: str) -> list[Said]:
    """The rows of an export of all that was imported."""
    report = export(opened, ExportRequest(name, IMPORTED))
    return [json.loads(line) for line in (report.folder / "data.jsonl").read_text().splitlines()]


def test_what_was_read_is_stored_or_set_aside(tmp_path: Path) -> None:
    with workspace(tmp_path / "home") as opened:
        report = taken_in(opened, tmp_path, [*all_messages(), "{", {"message_id": 7}])
        stored = review.find(opened, IMPORTED)
    assert (report.read, report.stored, report.set_aside_count) == (MESSAGES + 2, MESSAGES, 2)
    assert adds_up(report)
    assert [str(one)[:8] for one in report.set_aside] == ["line 17:", "line 18:"]
    assert (report.conversations, stored.total) == (len(FOREST), len(FOREST))


def test_importing_again_stores_nothing_whatever_the_layout(tmp_path: Path) -> None:
    with workspace(tmp_path / "home") as opened:
        first = taken_in(opened, tmp_path, LAYOUTS["trees"])
        others = [taken_in(opened, tmp_path, objects) for objects in LAYOUTS.values()]
        found = review.find(opened, IMPORTED)
    assert (first.stored, found.total) == (MESSAGES, len(FOREST))
    assert [(one.stored, one.already_there) for one in others] == [(0, MESSAGES)] * len(LAYOUTS)
    assert all(adds_up(one) for one in others)


def test_importing_again_after_a_restart_stores_nothing(tmp_path: Path) -> None:
    for stored in (len(FOREST), 0):
        with workspace(tmp_path / "home") as opened:
            assert taken_in(opened, tmp_path, LAYOUTS["messages"]).conversations == stored


def test_a_tree_that_is_there_with_other_messages_stays_and_is_told(tmp_path: Path) -> None:
    grown = all_messages()[:-1]
    with workspace(tmp_path / "home") as opened:
        taken_in(opened, tmp_path, all_messages())
        report = taken_in(opened, tmp_path, grown)
        last = review.find(opened, IMPORTED).rows[-1].conversation
    assert (report.set_aside_count, len(report.set_aside), len(last.messages)) == (2, 1, 3)
    assert "that one stays" in report.set_aside[0].reason
    assert adds_up(report)


def names_of_rules(opened: Workspace) -> Counter[str]:
    """How often each rule has spoken of what was imported."""
    rows = review.find(opened, IMPORTED).rows
    return Counter(tag.name for row in rows for tag in row.tags if tag.source == "rule")


def test_the_default_rules_find_the_orphans_of_an_import(tmp_path: Path) -> None:
    with workspace(tmp_path / "home") as opened:
        report = taken_in(opened, tmp_path, all_messages()[1:])
        wind = review.find(opened, IMPORTED).rows[0]
        said = names_of_rules(opened)
        tag_again(opened, IMPORTED)
        new = names_of_rules(opened) - said
    assert report.rule_tags > 0
    assert new <= Counter({part.name: 99 for part in DATASET_RULES})
    assert {v.state for v in wind.verdicts.values()} == {"drop"}
    assert "orphan" in {tag.name for tag in wind.effective}


def test_rules_can_be_left_out_and_come_later(tmp_path: Path) -> None:
    with workspace(tmp_path / "home") as opened:
        report = taken_in(opened, tmp_path, all_messages()[1:], profile="none")
        added = tag_again(opened, IMPORTED)
    assert (report.rule_tags, added.new > 0) == (0, True)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pairs_have_a_better_rank_and_nothing_taken_out(tmp_path: Path, layout: str) -> None:
    with workspace(tmp_path / "home") as opened:
        taken_in(opened, tmp_path, LAYOUTS[layout])
        rows = exported(opened, "trl-dpo")
    told = {message["text"]: message for message in all_messages()}
    pairs = [(told[r["chosen"][0]["content"]], told[r["rejected"][0]["content"]]) for r in rows]
    assert [(better["message_id"], worse["message_id"]) for better, worse in pairs] == [
        ("wind.0", "wind.1"), ("knot.a", "knot.b"),
    ]  # fmt: skip
    assert all(better["rank"] < worse["rank"] for better, worse in pairs)
    assert not any(
        one["deleted"] or one["review_result"] is False for pair in pairs for one in pair
    )


@pytest.mark.parametrize("layout", [*LAYOUTS, *BARE_LAYOUTS])
def test_the_best_threads_are_exported_in_every_layout(tmp_path: Path, layout: str) -> None:
    with workspace(tmp_path / "home") as opened:
        taken_in(opened, tmp_path, {**LAYOUTS, **BARE_LAYOUTS}[layout])
        rows = exported(opened, "trl-sft")
    begins = [row["messages"][0]["content"].split()[0] for row in rows]
    # Without what people said, the prompt that they rejected is kept as well.
    assert begins == ["How", "Which", "Why", *(["Write"] if layout in BARE_LAYOUTS else [])]
    assert all(row["messages"][-1]["role"] == "assistant" for row in rows)


def test_the_language_is_told_with_the_conversation(tmp_path: Path) -> None:
    with workspace(tmp_path / "home") as opened:
        taken_in(opened, tmp_path, LAYOUTS["trees"])
        seed = review.find(opened, IMPORTED).rows[0].conversation.seed
    assert (seed["lang"], seed["tree_state"], seed["message_tree_id"]) == (
        "en", "ready_for_export", "wind",
    )  # fmt: skip


def test_a_preview_shows_the_first_conversations_and_stores_nothing(tmp_path: Path) -> None:
    seen = preview(written(tmp_path, [*LAYOUTS["trees"], "{"]), 2)
    first = seen.conversations[0]
    assert (len(seen.conversations), seen.is_whole) == (2, False)
    assert (seen.detected.format, list(seen.detected.layouts)) == ("oasst", ["trees"])
    assert (len(first.preferences), [str(one)[:7] for one in seen.set_aside]) == (3, ["line 5:"])


def test_the_preview_of_a_long_file_reads_its_beginning_alone(tmp_path: Path) -> None:
    many = [{"message_id": n, "text": "Hi", "role": "prompter"} for n in range(600)]
    assert preview(written(tmp_path, many), 700).is_whole is False
    assert len(preview(written(tmp_path, many), 700).conversations) == 500


@pytest.mark.parametrize(
    ("text", "what"),
    [("", "is empty"), ('{"question": 1}', "has 'question'"), ("[[1]]", "JSON list"),
     ("hello", "not JSON")],
)  # fmt: skip
def test_a_file_of_no_known_format_says_what_it_begins_with(
    tmp_path: Path, text: str, what: str
) -> None:
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(UnreadableFile, match=what):
        detect(path)


def test_a_damaged_pack_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, LAYOUTS["trees"] * 90, "trees.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-400])
    with workspace(tmp_path / "home") as opened, pytest.raises(UnreadableFile, match="damaged"):
        import_file(opened, ImportRequest(path))


def test_an_unknown_profile_stores_nothing(tmp_path: Path) -> None:
    with workspace(tmp_path / "home") as opened:
        with pytest.raises(NotFound, match="no tagging profile named 'x'"):
            taken_in(opened, tmp_path, LAYOUTS["trees"], profile="x")
        assert review.find(opened, IMPORTED).total == 0


def test_progress_tells_messages_of_all_messages(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    with workspace(tmp_path / "home") as opened:
        request = ImportRequest(written(tmp_path, LAYOUTS["trees"]))
        import_file(opened, request, lambda done, total: heard.append((done, total)))
    assert heard[-1] == (MESSAGES, MESSAGES)


def test_an_upload_is_kept_under_its_own_name(tmp_path: Path) -> None:
    with workspace(tmp_path / "home") as opened:
        path = keep_upload(opened, "../../trees.jsonl", b"{}")
    assert (path.name, path.is_relative_to(tmp_path / "home")) == ("trees.jsonl", True)
