"""The tables' names and their columns as Arrow sees them, asked of the database."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

# Arrow's own allocator keeps what was freed: 15 MB beside a run. Batches are few and large.
pa.set_memory_pool(pa.system_memory_pool())

Row = Sequence[Any]
"""The cells of one row in the order of its table's columns, without the sequence number."""
Entry = tuple[str, Row]
"""A table's name and a row for it."""
Schemas = Mapping[str, pa.Schema]

APPENDED = (
    "run", "graph_version", "event", "visits", "conversation", "message", "preference", "tag",
    "judge_call", "review",
)  # fmt: skip
"""Append-only tables: their first column is the sequence number, given out by the journal."""
CURRENT = ("tag_current", "thread_current")
"""What counts now: rewritten for each conversation that something is said about."""

NEWEST_ENDS = (
    "(select record_id, record_index, node, state, error_code, error, seq from event "
    "where run_id = $run and kind = 'record_ended' "
    "qualify row_number() over (partition by record_id order by seq desc) = 1)"
)
"""The newest end of each record of the run `$run`, as a table."""

_CELLS: Mapping[pa.DataType, tuple[type, ...]] = {
    pa.string(): (str,),
    pa.int64(): (int,),
    pa.float64(): (float, int),
    pa.bool_(): (bool,),
    pa.timestamp("us"): (int,),
}


def read_schemas(cursor: duckdb.DuckDBPyConnection) -> Schemas:
    """The Arrow schema of each table; times are microseconds since 1970, UTC."""
    return {
        name: cursor.execute(f"from {name} limit 0").to_arrow_table().schema
        for name in (*APPENDED, *CURRENT)
    }


def arrow_table(schema: pa.Schema, rows: Sequence[Row]) -> pa.Table:
    """`rows` as one Arrow table; cells that a row lacks at its end are null."""
    width = len(schema)
    whole = [row if len(row) == width else (*row, *[None] * (width - len(row))) for row in rows]
    columns = zip(*whole, strict=True) if whole else [()] * width
    arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def fits(schema: pa.Schema | None, row: object) -> bool:
    """Whether `row`, read from a journal, can be a row of a table with `schema`.

    A row may be shorter than the table: it was written before a column was added.
    """
    if schema is None or not isinstance(row, list) or not 0 < len(row) < len(schema):
        return False
    kinds = schema.types[1 : len(row) + 1]
    pairs = zip(row, kinds, strict=True)
    return all(cell is None or _is_cell(cell, kind) for cell, kind in pairs)


def _is_cell(cell: object, kind: pa.DataType) -> bool:
    if not pa.types.is_list(kind):
        return isinstance(cell, _CELLS[kind])
    allowed = (*_CELLS[kind.value_type], type(None))
    return isinstance(cell, list) and all(isinstance(one, allowed) for one in cell)
