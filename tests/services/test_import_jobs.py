"""Imports in the background: looked at, cancelled, begun again, one at a time."""

from collections import Counter
from pathlib import Path
from threading import Event

import pytest

from grasp_ui.errors import ImportBusy
from grasp_ui.model.selection import Selection
from grasp_ui.services import review
from grasp_ui.services.import_work import BATCH
from grasp_ui.services.imports import (
    ImportJob,
    ImportRequest,
    import_file,
    newest_import,
    start_import,
)
from grasp_ui.services.workspace import Workspace
from tests.interchange.imports.forest import LAYOUTS, trees_of_two, written
from tests.services.rooms import workspace

IMPORTED = Selection(origin="imported")


def test_two_imports_at_once_are_refused(tmp_path: Path) -> None:
    with workspace(tmp_path / "home") as opened:
        path = written(tmp_path, LAYOUTS["trees"])
        waiting = ImportJob(opened, ImportRequest(path))
        opened.importing.take(waiting)
        for begin in (import_file, start_import):
            with pytest.raises(ImportBusy, match=r"The import of oasst\.jsonl is at work"):
                begin(opened, ImportRequest(path))
        waiting.over.set()


def cancelled_after_a_batch(opened: Workspace, request: ImportRequest) -> ImportJob:
    """An import that is told to stop as soon as something of it is stored."""
    told = Event()

    def stop(done: int, total: int) -> None:
        told.wait()
        job.cancel()

    job = start_import(opened, request, stop)
    told.set()
    job.wait(60)
    return job


def test_an_import_in_the_background_ends_as_one_that_is_waited_for(tmp_path: Path) -> None:
    request = ImportRequest(written(tmp_path, [*LAYOUTS["trees"], "{"]))
    with workspace(tmp_path / "home") as opened:
        view = start_import(opened, request).wait(60)
    with workspace(tmp_path / "other") as opened:
        report = import_file(opened, request)
    assert (view.state, view.report) == ("done", report)


def test_a_cancelled_import_keeps_what_is_stored_and_adds_up(tmp_path: Path) -> None:
    request = ImportRequest(written(tmp_path, trees_of_two(2 * BATCH)), profile="none")
    with workspace(tmp_path / "home") as opened:
        view = cancelled_after_a_batch(opened, request).view()
        found = review.find(opened, IMPORTED).total
    assert (view.state, view.report.conversations, found) == ("cancelled", BATCH, BATCH)
    assert view.report.read == view.report.stored + view.report.unfinished


def test_a_cancelled_import_goes_on_where_it_was(tmp_path: Path) -> None:
    request = ImportRequest(written(tmp_path, trees_of_two(2 * BATCH)), profile="none")
    with workspace(tmp_path / "home") as opened:
        cancelled_after_a_batch(opened, request)
        report = import_file(opened, request)
        texts = Counter(
            message.content
            for row in review.find(opened, IMPORTED, limit=1000).rows
            for message in row.conversation.messages
        )
    assert (report.stored, report.already_there, report.unfinished) == (2 * BATCH, 2 * BATCH, 0)
    assert set(texts.values()) == {1}


def test_an_import_is_cancelled_before_anything_is_stored(tmp_path: Path) -> None:
    request = ImportRequest(written(tmp_path, trees_of_two(BATCH)))
    with workspace(tmp_path / "home") as opened:
        job = ImportJob(opened, request)
        opened.importing.take(job)
        job.cancel()
        job.begin()
        assert job.wait(60).state == "cancelled"
        assert review.find(opened, IMPORTED).total == 0


def test_the_last_import_stays_until_the_next(tmp_path: Path) -> None:
    with workspace(tmp_path / "home") as opened:
        assert newest_import(opened) is None
        first = start_import(opened, ImportRequest(written(tmp_path, trees_of_two(1))))
        first.wait(60)
        assert newest_import(opened) is first
        second = start_import(opened, ImportRequest(tmp_path / "gone.jsonl"))
        second.wait(60)
        assert newest_import(opened) is second


def test_a_failed_import_says_why_and_what_is_stored(tmp_path: Path) -> None:
    path = written(tmp_path, LAYOUTS["trees"] * 90, "trees.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-400])
    with workspace(tmp_path / "home") as opened:
        view = start_import(opened, ImportRequest(path)).wait(60)
    assert view.state == "failed"
    assert "damaged" in view.reason


@pytest.mark.parametrize("name", ["oasst.jsonl", "oasst.json", "oasst.jsonl.gz"])
def test_the_place_in_the_file_is_told_in_lines_and_bytes(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, trees_of_two(BATCH), name)
    with workspace(tmp_path / "home") as opened:
        view = start_import(opened, ImportRequest(path, profile="none")).wait(60)
    size = path.stat().st_size
    assert (view.line, view.bytes_read, view.size) == (1 if name[-4:] == "json" else 2 * BATCH,
                                                       size, size)  # fmt: skip
    assert view.share == 1.0


def test_a_closed_workspace_has_stopped_its_import(tmp_path: Path) -> None:
    request = ImportRequest(written(tmp_path, trees_of_two(20 * BATCH)))
    with workspace(tmp_path / "home") as opened:
        job = start_import(opened, request)
    assert job.view().state == "cancelled"
