"""One file, one process, and what happens when it is opened again."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from grasp_ui.errors import StoreFailed, StoreHeld, StoreTooNew, UnreadableFile
from grasp_ui.model.selection import Selection
from grasp_ui.store.conversations import add_conversations, count, find
from grasp_ui.store.database import Database, open_database
from grasp_ui.store.reviews import add_review, last_standing
from grasp_ui.store.tags import add_tags
from tests.source import ROOT
from tests.store import samples

HOLDS = """
import sys
from pathlib import Path
from grasp_ui.store.database import open_database
store = open_database(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.journal")


def reopened(path: Path) -> list[str]:
    """The names of all conversations in the file."""
    database = open_database(path)
    rows = find(database, Selection(order="oldest"), limit=1000)
    database.close()
    return [row.conversation.id for row in rows]


def test_what_was_kept_is_there_after_closing_and_opening(path: Path) -> None:
    database = open_database(path)
    add_conversations(database, [samples.result("a"), samples.result("b")])
    database.close()
    assert reopened(path) == ["a", "b"]


def test_a_store_in_memory_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    database = open_database(None)
    add_conversations(database, [samples.result("a")])
    database.close()
    assert list(tmp_path.iterdir()) == []


def test_a_second_process_learns_who_holds_the_file(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreHeld, match=rf"held by process {holder.pid}\. Close it there"):
            open_database(path)
        holder.communicate()
    assert reopened(path) == []


def test_a_second_part_of_this_process_learns_it_too(path: Path) -> None:
    database = open_database(path)
    with pytest.raises(StoreHeld, match="this one"):
        open_database(path)
    database.close()
    assert reopened(path) == []


def test_another_program_that_holds_the_file_is_named_as_well(path: Path) -> None:
    open_database(path).close()
    code = "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreHeld, match=f"process {holder.pid}"):
            open_database(path)
        holder.communicate(b"\n")


def test_a_newer_file_is_refused_with_what_to_do(path: Path) -> None:
    open_database(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("insert into migration values (9999, '9999_later.sql')")
    with pytest.raises(StoreTooNew, match=r"schema 9999.*Install a newer version"):
        open_database(path)


def test_a_file_that_is_no_store_is_said_to_be_unreadable(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(UnreadableFile, match="cannot be opened as a store"):
        open_database(path)


def test_a_segment_that_was_loaded_before_the_crash_changes_nothing(path: Path) -> None:
    database = open_database(path)
    add_conversations(database, [samples.result("a"), samples.result("b")])
    saved = shutil.copytree(journal_of(path), path.parent / "saved")
    database.close()
    shutil.copytree(saved, journal_of(path), dirs_exist_ok=True)
    assert reopened(path) == ["a", "b"]
    assert reopened(path) == ["a", "b"]


def test_what_is_only_in_the_journal_is_loaded(path: Path) -> None:
    database = open_database(path)
    add_conversations(database, [samples.result("a", tags=[samples.tag("a", action="reject")])])
    saved = shutil.copytree(journal_of(path), path.parent / "saved")
    database.close()
    path.unlink()
    shutil.copytree(saved, journal_of(path), dirs_exist_ok=True)
    again = open_database(path)
    assert count(again, Selection(verdict="drop")) == 1
    again.close()
    assert list(journal_of(path).iterdir()) == []


def test_a_lost_database_costs_no_human_decision(path: Path) -> None:
    database = open_database(path)
    add_review(database, samples.deed("1", "keep"))
    database.close()
    path.unlink()
    again = open_database(path)
    newest = last_standing(again, "ada")
    later = add_review(again, samples.deed("2", "keep"))
    again.close()
    assert newest is not None
    assert (newest.id, later.seq) == ("1", 2)


def test_a_torn_last_line_is_said_in_the_notices(path: Path) -> None:
    open_database(path).close()
    journal_of(path).mkdir(exist_ok=True)
    (journal_of(path) / "0000000000000009.jsonl").write_bytes(b'[1,[["tag",["c"')
    first = open_database(path)
    first.close()
    second = open_database(path)
    second.close()
    assert "15 bytes were cut off" in first.notices[0]
    assert second.notices == ()


def test_a_damaged_segment_is_kept_for_a_closer_look(path: Path) -> None:
    database = open_database(path)
    add_conversations(database, [samples.result(name) for name in "abc"])
    saved = shutil.copytree(journal_of(path), path.parent / "saved")
    database.close()
    path.unlink()
    [segment] = saved.iterdir()
    lines = segment.read_bytes().splitlines(keepends=True)
    (journal_of(path) / segment.name).write_bytes(lines[0] + b"#" + lines[1] + lines[2])
    assert reopened(path) == ["a", "c"]
    assert [left.suffix for left in journal_of(path).iterdir()] == [".damaged"]


def test_a_writer_that_fails_says_so_to_its_callers() -> None:
    database = open_database(None)
    with database.cursor() as cursor:
        cursor.execute("drop table tag")
    add_tags(database, [samples.tag()])
    for said in (database.settle, lambda: add_tags(database, [samples.tag()]), database.close):
        with pytest.raises(StoreFailed, match="cannot write any more"):
            said()


def test_what_a_broken_journal_refused_is_waited_for_by_nobody(path: Path) -> None:
    journal_of(path).write_text("a file where the folder should be")
    database = open_database(path)
    with pytest.raises(StoreFailed, match="journal cannot be written"):
        add_conversations(database, [samples.result("a")])
    database.settle()
    assert count(database, Selection()) == 0
    database.close()


async def test_there_is_room_in_an_idle_store(memory: Database) -> None:
    await memory.room()


async def test_a_run_waits_while_the_store_is_behind(memory: Database) -> None:
    long = samples.result("a", "x" * 30 * 2**20)
    with memory.writing():
        add_conversations(memory, [long])
        memory.flush()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(memory.room(), 0.05)
    await memory.room()
    memory.settle()
    assert count(memory, Selection()) == 1


def test_a_closed_store_refuses_readers_and_writers() -> None:
    database = open_database(None)
    database.close()
    database.close()
    with pytest.raises(StoreFailed, match="closed"):
        count(database, Selection())
    with pytest.raises(StoreFailed, match="closed"):
        add_tags(database, [samples.tag()])


def test_a_store_goes_on_with_the_block_size_it_was_made_with(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table note (said varchar)")
    database = open_database(path)
    database.append([("graph_version", ["g", "v", "title", "text", True, 0])])
    database.settle()
    with database.cursor() as cursor:
        assert cursor.execute("select count(*) from graph_version").fetchone() == (1,)
    database.close()


def test_a_store_that_caches_little_takes_texts_of_any_length(tmp_path: Path) -> None:
    database = open_database(tmp_path / "store.duckdb")
    database.cache_little(40)
    text = "".join(chr(97 + number * number % 26) for number in range(20_000))
    for number in range(3_000):
        row = ["g", str(number), "title", f"{number} {text}", True, 0]
        database.append([("graph_version", row)])
        database.wait_for_room()
    database.settle()
    with database.cursor() as cursor:
        found = cursor.execute("select count(*), min(length(text)) from graph_version").fetchone()
    database.close()
    assert found == (3_000, 20_002)


def test_who_reads_while_the_cache_is_dropped_is_not_broken_off(tmp_path: Path) -> None:
    database = open_database(tmp_path / "store.duckdb")
    database.cache_little(1)
    text = "".join(chr(97 + number * number % 26) for number in range(20_000))
    for number in range(400):
        row = ["g", str(number), "title", f"{number} {text}", True, 0]
        database.append([("graph_version", row)], urgent=number % 8 == 0)
        with database.cursor() as cursor:
            found = cursor.execute("select min(length(text)) from graph_version").fetchone()
    database.close()
    assert found == (20_002,)
