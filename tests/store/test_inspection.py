"""A look at a store from outside: it tells the truth, and changes nothing."""

import os
import shutil
from pathlib import Path

from grasp_ui.store.database import open_database
from grasp_ui.store.inspection import inspect_store
from grasp_ui.store.owner import holder_of
from grasp_ui.store.rows import tag_row
from grasp_ui.store.segments import REVIEWS
from tests.store.samples import tag

ENTRY = ("tag", tag_row(tag()))


def fingerprint(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` with its bytes."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def left_behind(path: Path, tmp_path: Path, lines: int) -> Path:
    """A store whose journal has `lines` lines that its database lacks, as after a kill."""
    open_database(path).close()
    database = open_database(tmp_path / "other.duckdb")
    for _ in range(lines):
        database.append([ENTRY])
    journal = path.with_name(f"{path.name}.journal")
    shutil.rmtree(journal, ignore_errors=True)
    shutil.copytree(tmp_path / "other.duckdb.journal", journal)
    database.close()
    return journal


def test_a_store_that_is_not_there_is_said_and_not_made(path: Path) -> None:
    assert inspect_store(path).exists is False
    assert list(path.parent.iterdir()) == []


def test_a_closed_store_is_held_by_nobody_and_has_everything(path: Path) -> None:
    database = open_database(path)
    database.append([ENTRY])
    database.close()
    before = fingerprint(path.parent)
    seen = inspect_store(path)
    assert (seen.exists, seen.holder, seen.waiting, seen.damaged, seen.fault) == (
        True, None, 0, 0, "",
    )  # fmt: skip
    assert seen.size >= path.stat().st_size
    assert fingerprint(path.parent) == before


def test_an_open_store_names_its_holder_and_stays_open(path: Path) -> None:
    database = open_database(path)
    seen = inspect_store(path)
    assert (seen.holder, seen.waiting) == (os.getpid(), None)
    database.append([ENTRY])
    database.close()
    assert holder_of(path) is None


def test_lines_that_wait_are_counted_and_left_there(path: Path, tmp_path: Path) -> None:
    journal = left_behind(path, tmp_path, 3)
    before = fingerprint(journal)
    assert inspect_store(path).waiting == 3
    assert fingerprint(journal) == before
    open_database(path).close()
    assert inspect_store(path).waiting == 0


def test_a_torn_line_is_counted_as_damaged_and_not_cut_off(path: Path, tmp_path: Path) -> None:
    journal = left_behind(path, tmp_path, 1)
    (segment,) = journal.glob("*.jsonl")
    with segment.open("ab") as file:
        file.write(b'[9,[["run",')
    before = fingerprint(journal)
    seen = inspect_store(path)
    assert (seen.waiting, seen.damaged) == (1, 1)
    assert fingerprint(journal) == before


def test_a_review_that_the_database_lost_waits_too(path: Path, tmp_path: Path) -> None:
    journal = left_behind(path, tmp_path, 1)
    (segment,) = journal.glob("*.jsonl")
    segment.rename(journal / REVIEWS)
    assert inspect_store(path).waiting == 1


def test_a_file_that_is_no_store_is_said(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 1000)
    assert inspect_store(path).fault
