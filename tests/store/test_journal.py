"""The journal: numbered lines, whole or not there at all."""

import asyncio
import threading
from pathlib import Path

import pytest

from grasp_ui.errors import StoreFailed
from grasp_ui.store.database import open_database
from grasp_ui.store.journal import Journal, Line
from grasp_ui.store.replay import read_segment, segments
from grasp_ui.store.segments import REVIEWS, JournalFiles
from grasp_ui.store.tables import Entry, Schemas

SHORT = 200


def graph(text: str) -> Entry:
    return ("graph_version", ["g", "v", "title", text, True, 0])


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    database = open_database(None)
    database.close()
    return database.schemas


def journal(folder: Path, delivered: list[Line] | None = None) -> Journal:
    heard = delivered if delivered is not None else []
    files = JournalFiles(folder, segment_bytes=SHORT)
    return Journal(files, next_seq=1, deliver=heard.extend)


def texts(folder: Path, schemas: Schemas) -> list[str]:
    read = (read_segment(path, schemas) for path in segments(folder))
    return [row[3] for one in read for line in one.lines for _, row in line.entries]


def test_each_row_has_a_number_of_its_own(tmp_path: Path) -> None:
    one = journal(tmp_path)
    assert [one.append([graph("a"), graph("b")]), one.append([graph("c")])] == [1, 3]


def test_outside_a_loop_a_line_is_written_at_once(tmp_path: Path, schemas: Schemas) -> None:
    journal(tmp_path).append([graph("a")])
    assert texts(tmp_path, schemas) == ["a"]


async def test_inside_a_loop_lines_are_written_a_moment_later(
    tmp_path: Path, schemas: Schemas
) -> None:
    written = asyncio.Event()
    one = Journal(JournalFiles(tmp_path), next_seq=1, deliver=lambda lines: written.set())
    one.append([graph("a")])
    one.append([graph("b")])
    assert texts(tmp_path, schemas) == []
    await written.wait()
    assert texts(tmp_path, schemas) == ["a", "b"]


async def test_a_flush_writes_what_a_loop_has_kept(tmp_path: Path, schemas: Schemas) -> None:
    one = journal(tmp_path)
    one.append([graph("a")])
    one.flush()
    assert texts(tmp_path, schemas) == ["a"]


async def test_a_thread_writes_what_a_loop_has_begun_before_its_own(
    tmp_path: Path, schemas: Schemas
) -> None:
    one = journal(tmp_path)
    one.append([graph("loop")])
    other = threading.Thread(target=one.append, args=([graph("thread")],))
    other.start()
    other.join()
    assert texts(tmp_path, schemas) == ["loop", "thread"]


def test_threads_get_numbers_without_gaps(tmp_path: Path, schemas: Schemas) -> None:
    delivered: list[Line] = []
    one = journal(tmp_path, delivered)
    threads = [
        threading.Thread(target=lambda: [one.append([graph("x")] * 2) for _ in range(200)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [line.first for line in delivered] == list(range(1, 1601, 2))
    assert len(texts(tmp_path, schemas)) == 1600


def test_full_segments_go_once_they_are_loaded(tmp_path: Path, schemas: Schemas) -> None:
    one = journal(tmp_path)
    for number in range(20):
        one.append([graph(str(number))])
    before = len(segments(tmp_path))
    one.forget(10)
    assert len(segments(tmp_path)) < before
    assert texts(tmp_path, schemas)[-9:] == [str(number) for number in range(11, 20)]


def test_reviews_stay_for_good(tmp_path: Path) -> None:
    one = journal(tmp_path)
    one.append([graph("a deed")], review=True)
    one.close()
    one.forget(1)
    assert [path.name for path in segments(tmp_path)] == [REVIEWS]


def test_a_half_written_last_line_is_cut_off_and_said(tmp_path: Path, schemas: Schemas) -> None:
    journal(tmp_path).append([graph("whole")])
    [path] = segments(tmp_path)
    with path.open("ab") as file:
        file.write(b'[2,[["graph_version",["g","v"')
    found = read_segment(path, schemas)
    assert "29 bytes were cut off" in found.notices[0]
    assert read_segment(path, schemas).notices == []
    assert texts(tmp_path, schemas) == ["whole"]


@pytest.mark.parametrize(
    "damage",
    [b"\0" * 40, b"[7]", b'[2,[["graph_version",[1,2]]]]', b'[2,[["nothing",["x"]]]]', b"[2,[]]"],
)
def test_a_damaged_line_costs_only_itself(tmp_path: Path, schemas: Schemas, damage: bytes) -> None:
    one = journal(tmp_path)
    for text in "abc":
        one.append([graph(text)])
    [path] = segments(tmp_path)
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([lines[0], damage, lines[2], b""]))
    found = read_segment(path, schemas)
    assert [line.first for line in found.lines] == [1, 3]
    assert found.notices[0].startswith("Line 2 is damaged")


def test_a_line_of_before_a_column_was_added_is_read(tmp_path: Path, schemas: Schemas) -> None:
    journal(tmp_path).append([("graph_version", ["g", "v", "title", "old"])])
    assert texts(tmp_path, schemas) == ["old"]


def test_a_journal_that_cannot_be_written_says_so_at_each_call(tmp_path: Path) -> None:
    taken = tmp_path / "journal"
    taken.write_text("a file where the folder should be")
    one = journal(taken)
    for _ in range(2):
        with pytest.raises(StoreFailed, match="cannot be written"):
            one.append([graph("a")])


def test_a_closed_journal_takes_nothing(tmp_path: Path) -> None:
    one = journal(tmp_path)
    one.close()
    with pytest.raises(StoreFailed, match="closed"):
        one.append([graph("a")])
