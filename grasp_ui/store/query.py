"""A person's SQL over the store: read only, held to rows, bytes and seconds."""

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import duckdb

from grasp_ui.errors import GraspError
from grasp_ui.model.jsonvalue import json_value
from grasp_ui.model.value import JsonObject
from grasp_ui.store.database import Database
from grasp_ui.store.query_check import QueryRefused, check_query
from grasp_ui.store.query_watch import Watch

__all__ = [
    "Limits", "QueryFailed", "QueryRefused", "QueryResult", "QueryStopped", "query_columns",
    "run_query", "stream_query",
]  # fmt: skip
_AT_ONCE = 2_048
MEGABYTE = 2**20


class QueryFailed(GraspError):
    """DuckDB cannot answer a query; the message is its own."""


class QueryStopped(GraspError):
    """A query took more than it may; the message says of what."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: rows and bytes of its result, seconds, and memory."""

    rows: int = 10_000
    size_bytes: int = 32 * MEGABYTE
    seconds: float = 10.0
    memory_bytes: int = 512 * MEGABYTE


SEED_LIMITS = Limits(rows=10_000_000, size_bytes=4096 * MEGABYTE, seconds=600.0)
"""For seeds, which are read once and kept on the disk."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """An answer: `rows` in the order of `columns`, with DuckDB's types as Python's.

    `truncated` says that there was more than the limit of rows or bytes.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    truncated: bool = False
    seconds: float = 0.0


def run_query(db: Database, sql: str, *, limits: Limits | None = None) -> QueryResult:
    """Answer a SELECT over the store's tables, as they are now.

    Raises:
        QueryRefused: it is no single SELECT, or reads something else than the store.
        QueryFailed: DuckDB cannot answer it: an unknown column, a wrong type.
        QueryStopped: it took more seconds or memory than it may.
    """
    limits = limits or Limits()
    started, size, truncated = time.monotonic(), 0, False
    rows: list[tuple[Any, ...]] = []
    with _answering(db, sql, limits) as reader:
        columns = tuple(reader.schema.names)
        for batch in reader:
            room = limits.rows - len(rows)
            size += batch.nbytes
            truncated = batch.num_rows > room or size > limits.size_bytes
            rows += _tuples(batch.slice(0, room)) if size <= limits.size_bytes else []
            if truncated:
                break
    seconds = time.monotonic() - started
    return QueryResult(columns, rows, truncated=truncated, seconds=seconds)


def stream_query(db: Database, sql: str, *, limits: Limits = SEED_LIMITS) -> Generator[JsonObject]:
    """The rows of a SELECT one by one, as JSON has them; memory stays flat.

    The clock runs while the rows are taken: put them away first where that may take long.

    Raises:
        QueryRefused: it is no single SELECT, or reads something else than the store.
        QueryFailed: DuckDB cannot answer it, or two of its columns have one name.
        QueryStopped: it took or gave more than it may.
    """
    given = size = 0
    with _answering(db, sql, limits) as reader:
        names = _distinct(reader.schema.names)
        for batch in reader:
            given, size = given + batch.num_rows, size + batch.nbytes
            if given > limits.rows or size > limits.size_bytes:
                raise QueryStopped(_too_much(limits))
            for row in _tuples(batch):
                yield {name: json_value(cell) for name, cell in zip(names, row, strict=True)}


def query_columns(db: Database, sql: str) -> tuple[str, ...]:
    """The names of the columns of a SELECT, without running it.

    Raises:
        QueryRefused: it is no single SELECT, or reads something else than the store.
        QueryFailed: DuckDB cannot answer it.
    """
    with db.cursor() as cursor:
        check_query(cursor, sql)
        try:
            return tuple(cursor.sql(sql).columns)
        except duckdb.Error as error:
            raise QueryFailed(_said(error)) from error


@contextmanager
def _answering(db: Database, sql: str, limits: Limits) -> Iterator[Any]:
    """The answer as batches, in a transaction that cannot write, watched until its end."""
    import pyarrow as pa  # here: 55 MB that only a query is worth

    db.settle()
    with db.cursor() as cursor, db.cursor() as observer:
        check_query(cursor, sql)
        cursor.execute("begin transaction read only")
        watch = Watch(cursor.interrupt, observer, limits.seconds, limits.memory_bytes)
        try:
            with watch:
                yield cursor.execute(sql).to_arrow_reader(_AT_ONCE)
        except (duckdb.Error, pa.ArrowException, OSError, MemoryError) as error:
            # Arrow hands on what DuckDB says while rows are taken, an interrupt too, as OSError.
            if watch.reason:
                raise QueryStopped(watch.reason) from error
            raise QueryFailed(_said(error)) from error


def _tuples(batch: Any) -> list[tuple[Any, ...]]:
    cells = [_readable(column).to_pylist(maps_as_pydicts="lossy") for column in batch.columns]
    return list(zip(*cells, strict=True))


def _readable(column: Any) -> Any:
    """`column` in types that have a Python value: nanoseconds are rounded off."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    return column


def _distinct(names: list[str]) -> list[str]:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise QueryFailed(f"Two columns are named '{twice}'. Give one of them another name.")
    return names


def _too_much(limits: Limits) -> str:
    return (
        f"The query gives more than {limits.rows} rows or {limits.size_bytes // MEGABYTE} MB. "
        "Add `limit`, or select fewer columns."
    )


def _said(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).partition("\n\nLINE ")[0].splitlines()]
    return f"The query failed: {' '.join(filter(None, lines))}"
