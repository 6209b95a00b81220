"""Rows as Arrow columns: what DuckDB reads is what was given."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grasp_ui.store.columns import Row, Schema, fits, insert, offer, schema_of

COLUMNS = {
    "a_text": "varchar", "a_number": "bigint", "a_share": "double", "a_flag": "boolean",
    "a_time": "timestamp", "texts": "varchar[]", "numbers": "bigint[]", "bytes": "blob",
}  # fmt: skip
WHOLE = st.integers(-(2**63), 2**63 - 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
MICROSECONDS = st.integers(0, 4 * 10**15)
CELLS: tuple[st.SearchStrategy[Any], ...] = (
    TEXT, WHOLE, st.floats(allow_nan=False), st.booleans(), MICROSECONDS,
    st.lists(st.none() | TEXT), st.lists(st.none() | WHOLE), st.binary(),
)  # fmt: skip
ROWS = st.lists(st.tuples(*(st.none() | cell for cell in CELLS)))


@pytest.fixture
def cursor() -> Iterator[duckdb.DuckDBPyConnection]:
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    with duckdb.connect() as connection:
        connection.execute(f"create table one ({columns})")
        yield connection


def read_back(cursor: duckdb.DuckDBPyConnection) -> list[Row]:
    """The rows of the table, with times as they are given: microseconds."""
    cursor.execute("select * replace (epoch_us(a_time) as a_time) from one order by rowid")
    return list(cursor.fetchall())


@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_every_row_is_read_back_as_it_was_given(rows: list[Row]) -> None:
    with duckdb.connect() as connection:
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        connection.execute(f"create table one ({columns})")
        insert(connection, "one", schema_of(connection, "one"), rows)
        assert read_back(connection) == rows


def test_a_schema_has_names_and_kinds_as_duckdb_writes_them(
    cursor: duckdb.DuckDBPyConnection,
) -> None:
    kinds = tuple(kind.upper() for kind in COLUMNS.values())
    assert schema_of(cursor, "one") == Schema(tuple(COLUMNS), kinds)


def test_a_short_row_is_filled_up_with_nulls(cursor: duckdb.DuckDBPyConnection) -> None:
    insert(cursor, "one", schema_of(cursor, "one"), [("first",), ("second", 2)])
    assert [row[:3] for row in read_back(cursor)] == [("first", None, None), ("second", 2, None)]


def test_times_are_microseconds_since_1970(cursor: duckdb.DuckDBPyConnection) -> None:
    moment = datetime(2026, 2, 3, 4, 5, 6, 789_012, tzinfo=UTC)
    given_us = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    insert(cursor, "one", schema_of(cursor, "one"), [(None,) * 4 + (given_us,)])
    (read,) = cursor.execute("select a_time from one").fetchall()
    assert read == (moment.replace(tzinfo=None),)


def test_what_is_offered_is_there_for_one_statement(cursor: duckdb.DuckDBPyConnection) -> None:
    offer(cursor, "offered", Schema(("id",), ("VARCHAR",)), [("x",), ("y",)])
    assert cursor.execute("select id from offered").fetchall() == [("x",), ("y",)]
    with pytest.raises(duckdb.Error):
        cursor.execute("select id from offered").fetchall()


@pytest.mark.parametrize("row", [("\ud800",), ("a", 2**63), ("a", "1"), (3,), ("a", 1.5)])
def test_a_cell_of_another_type_is_refused(
    cursor: duckdb.DuckDBPyConnection, row: tuple[Any, ...]
) -> None:
    with pytest.raises(ValueError, match="nanoarrow"):
        insert(cursor, "one", schema_of(cursor, "one"), [row])
    assert read_back(cursor) == []


@pytest.mark.parametrize(
    ("row", "does"),
    [
        (["a", 1], True), ([None], True), (["a", 1, 2, True, 5, ["x", None], [1]], True),
        ([], False), ([1], False), (["a", "1"], False), (["a", 1, "2"], False),
        (["a", 1, 2, True, 5, [1]], False), ("a", False), (["a"] * 9, False),
    ],
)  # fmt: skip
def test_a_row_of_a_journal_fits_its_table_or_not(
    cursor: duckdb.DuckDBPyConnection, row: object, does: bool
) -> None:
    cursor.execute("create table numbered as select 1::bigint as seq, * from one")
    assert fits(schema_of(cursor, "numbered"), row) is does


def test_pyarrow_is_not_loaded_for_it() -> None:
    code = (
        "import duckdb, sys; from grasp_ui.store.columns import insert, schema_of\n"
        "one = duckdb.connect(); one.execute('create table t (a varchar)')\n"
        "insert(one, 't', schema_of(one, 't'), [('x',)])\n"
        "print(sorted({'pyarrow', 'numpy', 'pandas'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
