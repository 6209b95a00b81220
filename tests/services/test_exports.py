"""Exports: every record is written or dropped for a reason, and people's word is in the file."""

import json
from pathlib import Path

from grasp_ui.model.selection import Selection
from grasp_ui.model.tag import Target
from grasp_ui.services.exports import ExportRequest, export, preview
from grasp_ui.services.review import Correction, override
from tests.fake_server import fake_server
from tests.services.rooms import found, ran, workspace


def rows(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "data.jsonl").read_text().splitlines()]


def test_pairs_and_what_was_dropped_are_all_records(tmp_path: Path) -> None:
    with fake_server(faults=["", "400"]) as server, workspace(tmp_path) as opened:
        view = ran(opened, server, records=20)
        report = export(opened, ExportRequest("trl-dpo", Selection(run_id=view.run.id)))
    assert report.written + sum(report.dropped.values()) == 20
    assert report.dropped["record failed: bad_request"] == 1


def test_the_preview_is_the_file(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        ran(opened, server, records=6)
        request = ExportRequest("trl-sft")
        seen, report = preview(opened, request), export(opened, request)
    assert (seen.written, seen.dropped) == (report.written, report.dropped)
    assert list(seen.samples) == rows(report.folder)[:5]


def test_the_same_moment_gives_the_same_bytes_while_a_run_goes_on(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        ran(opened, server, records=3)
        before = export(opened, ExportRequest("jsonl", folder=tmp_path / "a"))
        ran(opened, server, records=3)
        selection = Selection(as_of=before.manifest.as_of)
        after = export(opened, ExportRequest("jsonl", selection, folder=tmp_path / "b"))
    assert (tmp_path / "a/data.jsonl").read_bytes() == (tmp_path / "b/data.jsonl").read_bytes()
    assert before.manifest.files["data.jsonl"] == after.manifest.files["data.jsonl"]


def test_a_persons_reject_takes_the_pair_out(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        ran(opened, server, records=6)
        before = export(opened, ExportRequest("trl-dpo"))
        better = next(c for c in found(opened) if c.preferences and c.preferences[0].margin >= 0.1)
        target = Target(
            conversation_id=better.conversation.id,
            kind="message",
            id=better.preferences[0].better_id,
        )
        override(
            opened, target, Correction("wrong", "reject"), person="ann", reason="It is not so."
        )
        after = export(opened, ExportRequest("trl-dpo"))
    assert after.written == before.written - 1
    assert after.dropped["chosen answer: wrong"] == 1


def test_each_export_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        ran(opened, server, records=1)
        first, second = (export(opened, ExportRequest("jsonl")) for _ in range(2))
    assert first.folder != second.folder
