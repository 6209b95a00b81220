"""Nothing that was acknowledged is lost, however the program ends."""

import subprocess
import sys
from pathlib import Path

from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.store import runs
from grasp_ui.store.conversations import stream
from grasp_ui.store.database import open_database
from tests.source import ROOT
from tests.store import samples

PROGRAM = [sys.executable, "-m", "tests.store.writes_forever"]


def killed_after(lines: int, path: Path, *, first: int) -> list[str]:
    """The names that a program said before it was killed in the middle of its work."""
    with subprocess.Popen(
        [*PROGRAM, str(path), str(first)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as program:
        assert program.stdout is not None
        said = [program.stdout.readline() for _ in range(lines)]
        program.kill()
        said += program.stdout.readlines()
    whole = [line for line in said if line.endswith("\n")]
    return [name for line in whole for name in line.split()]


def is_whole(found: TaggedConversation) -> bool:
    return len(found.conversation.messages) == 4 and len(found.tags) == 2


def test_a_killed_program_loses_nothing_acknowledged(path: Path) -> None:
    acknowledged: list[str] = []
    for round_ in range(3):
        acknowledged += killed_after(20 * round_ + 1, path, first=100_000 * round_)
        database = open_database(path)
        found = {one.conversation.id: one for one in stream(database, Selection())}
        database.close()
        assert set(acknowledged) <= set(found)
        assert all(is_whole(one) for one in found.values())
        assert {f"deed {name}" for name in acknowledged[::3]} <= {
            event.id for one in found.values() for event in one.reviews
        }


def test_the_run_of_a_killed_program_is_interrupted(path: Path) -> None:
    names = killed_after(3, path, first=0)
    database = open_database(path)
    run = runs.find_run(database, samples.RUN)
    database.close()
    assert run.state == "interrupted"
    assert run.done >= len(names)


def test_a_record_whose_writing_was_cut_short_is_whole_or_not_there(path: Path) -> None:
    journal = path.with_name(f"{path.name}.journal")
    database = open_database(path)
    left = samples.result("c", "a", "b", "c", "d", tags=[samples.tag(), samples.tag(name="long")])
    runs.keep_event(database, samples.RUN, samples.ended(left=left))
    [segment] = journal.iterdir()
    written = segment.read_bytes()
    database.close()
    for size in [*range(100, len(written), 150), len(written) - 1, len(written)]:
        path.unlink()
        segment.write_bytes(written[:size])
        database = open_database(path)
        found = list(stream(database, Selection()))
        database.close()
        assert [is_whole(one) for one in found] == ([True] if size == len(written) else [])
