"""The tables' names, and their columns as the database has them."""

from collections.abc import Mapping

import duckdb

from grasp_ui.store.columns import Row, Schema, schema_of

Entry = tuple[str, Row]
"""A table's name and a row for it, without its sequence number."""
Schemas = Mapping[str, Schema]

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


def read_schemas(cursor: duckdb.DuckDBPyConnection) -> Schemas:
    """The columns of each table."""
    return {name: schema_of(cursor, name) for name in (*APPENDED, *CURRENT)}
