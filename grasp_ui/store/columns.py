"""Rows handed to DuckDB as Arrow columns, without pyarrow.

DuckDB takes rows by the batch in Arrow's form only. For a table of pyarrow's it loads pyarrow:
55 MB beside a run. The bare capsule of Arrow's C interface, which nanoarrow makes, it reads as it
is, once.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import duckdb
import nanoarrow as na

Row = Sequence[Any]
"""The cells of one row in the order of its table's columns."""
_KINDS = {
    "VARCHAR": na.string(),
    "BIGINT": na.int64(),
    "DOUBLE": na.float64(),
    "BOOLEAN": na.bool_(),
    "TIMESTAMP": na.timestamp("us"),
    "BLOB": na.binary(),
}
_CELLS: dict[str, tuple[type, ...]] = {
    "VARCHAR": (str,),
    "BIGINT": (int,),
    "DOUBLE": (float, int),
    "BOOLEAN": (bool,),
    "TIMESTAMP": (int,),
}
_LIST = "[]"


class Schema(NamedTuple):
    """A table's columns: their names, and their types as DuckDB writes them."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]


def schema_of(cursor: duckdb.DuckDBPyConnection, table: str) -> Schema:
    """The columns of a table. Cells of TIMESTAMP are microseconds since 1970, UTC."""
    described = cursor.execute(f"from {table} limit 0").description or []
    return Schema(
        tuple(str(column[0]) for column in described),
        tuple(str(column[1]) for column in described),
    )


def insert(
    cursor: duckdb.DuckDBPyConnection, table: str, schema: Schema, rows: Sequence[Row]
) -> None:
    """Append `rows` to `table`; cells that a row lacks at its end are null."""
    offer(cursor, "given_rows", schema, rows)
    cursor.execute(f"insert into {table} from given_rows")
    cursor.unregister("given_rows")


def offer(
    cursor: duckdb.DuckDBPyConnection, name: str, schema: Schema, rows: Sequence[Row]
) -> None:
    """Let the next statement, and that one only, read `rows` under a name."""
    width = len(schema.names)
    whole = [row if len(row) == width else (*row, *[None] * (width - len(row))) for row in rows]
    columns = zip(*whole, strict=True) if whole else [()] * width
    arrays = [_array(column, kind) for column, kind in zip(columns, schema.kinds, strict=True)]
    kinds = dict(zip(schema.names, (_kind(one) for one in schema.kinds), strict=True))
    table = na.c_array_from_buffers(na.struct(kinds), len(rows), [None], children=arrays)
    cursor.register(name, na.c_array_stream(table).__arrow_c_stream__())


def fits(schema: Schema | None, row: object) -> bool:
    """Whether `row`, read from a journal, can be a row of a table with `schema`.

    A row may be shorter than the table: it was written before a column was added.
    """
    if schema is None or not isinstance(row, list) or not 0 < len(row) < len(schema.names):
        return False
    pairs = zip(row, schema.kinds[1 : len(row) + 1], strict=True)
    return all(cell is None or _is_cell(cell, kind) for cell, kind in pairs)


def _kind(kind: str) -> Any:
    return na.list_(_KINDS[kind.removesuffix(_LIST)]) if kind.endswith(_LIST) else _KINDS[kind]


def _array(cells: Sequence[Any], kind: str) -> Any:
    """One column as an Arrow array; nanoarrow makes lists from their parts only."""
    if not kind.endswith(_LIST):
        return na.c_array(cells, _KINDS[kind])
    there = na.c_array([cell is not None for cell in cells], na.bool_())
    offsets = accumulate((len(cell or ()) for cell in cells), initial=0)
    return na.c_array_from_buffers(
        _kind(kind),
        len(cells),
        [there.view().buffer(1), na.c_buffer(offsets, na.int32())],
        children=[_array([one for cell in cells for one in cell or ()], kind.removesuffix(_LIST))],
    )


def _is_cell(cell: object, kind: str) -> bool:
    if not kind.endswith(_LIST):
        return isinstance(cell, _CELLS[kind])
    allowed = (*_CELLS[kind.removesuffix(_LIST)], type(None))
    return isinstance(cell, list) and all(isinstance(one, allowed) for one in cell)
