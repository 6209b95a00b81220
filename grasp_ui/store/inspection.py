"""A look at a store from outside: who holds it, what waits in its journal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import orjson

from grasp_ui.store.owner import holder_of
from grasp_ui.store.replay import segments
from grasp_ui.store.segments import REVIEWS
from grasp_ui.store.tables import APPENDED


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found.

    Attributes:
        exists: whether there is a store in the file.
        holder: the process that has it open (0: unknown which), None for nobody.
        size: the bytes of the database and its journal.
        waiting: lines of the journal that the database lacks; None where that cannot be told
            because another process has it open.
        damaged: lines of the journal that cannot be read.
        fault: why the database cannot be opened, if so.
    """

    exists: bool
    holder: int | None = None
    size: int = 0
    waiting: int | None = 0
    damaged: int = 0
    fault: str = ""


def inspect_store(path: Path) -> Inspection:
    """Look at the store in `path`, which may be missing or open elsewhere."""
    folder = path.with_name(f"{path.name}.journal")
    files = [one for one in (path, *segments(folder)) if one.is_file()]
    size = sum(one.stat().st_size for one in files)
    holder = holder_of(path)
    numbers = [list(_first_numbers(one)) for one in segments(folder)]
    damaged = sum(number is None for found in numbers for number in found)
    if holder is not None or not path.is_file():
        waiting = None if holder is not None else sum(map(len, numbers)) - damaged
        return Inspection(path.is_file(), holder, size, waiting, damaged)
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            loaded, reviews = _last_number(connection), _reviews(connection)
    except duckdb.Error as error:
        other = re.search(r"PID (\d+)", str(error))
        holder, fault = (int(other[1]), "") if other else (None, str(error).splitlines()[0])
        return Inspection(path.exists(), holder, size, None, damaged, fault)
    known = [reviews if one.name == REVIEWS else range(loaded + 1) for one in segments(folder)]
    waiting = sum(
        number is not None and number not in there
        for found, there in zip(numbers, known, strict=True)
        for number in found
    )
    return Inspection(path.exists(), None, size, waiting, damaged)


def _last_number(connection: duckdb.DuckDBPyConnection) -> int:
    there = {
        row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()
    }
    # A store that a newer program has not opened yet lacks the newest tables.
    tables = [table for table in APPENDED if table in there]
    every = " union all ".join(f"select max(seq) as seq from {table}" for table in tables)
    row = connection.execute(f"select coalesce(max(seq), 0) from ({every})").fetchone()
    return int(row[0]) if row else 0


def _reviews(connection: duckdb.DuckDBPyConnection) -> frozenset[int]:
    return frozenset(row[0] for row in connection.execute("select seq from review").fetchall())


def _first_numbers(path: Path) -> Iterator[int | None]:
    """For each line of a journal file its first sequence number; None for a damaged one."""
    with path.open("rb") as file:
        for raw in file:
            try:
                first = orjson.loads(raw)[0] if raw.endswith(b"\n") else None
            except (ValueError, TypeError, IndexError, KeyError):
                first = None
            yield first if isinstance(first, int) else None
