"""A selection as SQL: which conversations it means, and in which order.

With a tag named, action, source and score range are about that tag; without one, action and
source are about any tag, and the score range is about the conversation. A conversation is
kept where any of its threads is; its score is that of its best thread, the kept ones first. A
text is looked for in what was stored and in what people wrote in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from grasp_ui.model.selection import Order, Selection
from grasp_ui.store.columns import insert
from grasp_ui.store.projection import fold, said_about
from grasp_ui.store.tables import CURRENT, Schemas

_ORDERS: dict[Order, str] = {
    "newest": "c.seq desc",
    "oldest": "c.seq",
    "lowest score": "t.score nulls last, c.seq",
    "highest score": "t.score desc nulls last, c.seq",
}
_THREADS = """
    left join (
        select conversation_id, bool_or(reviewed) as reviewed,
            case when bool_or(state = 'keep') then 'keep'
                when bool_or(state = 'disputed') then 'disputed' else 'drop' end as verdict,
            coalesce(max(score) filter (state = 'keep'), max(score)) as score
        from {thread_current} group by conversation_id
    ) t on t.conversation_id = c.id"""
_SAYS = """
    c.id in (
        select conversation_id from message where contains(lower(content), lower(?))
        union all select conversation_id from review
        where kind = 'edit' and contains(lower(payload ->> '$.content'), lower(?))
    )"""
_CHANGED = (
    "select conversation_id from tag where seq > ? "
    "union select conversation_id from review where seq > ?"
)
_AT_ONCE = 2_000


@dataclass(slots=True)
class Query:
    """Conditions with the values that are bound to them, in order."""

    conditions: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, condition: str, *values: object) -> None:
        """One more condition that must hold."""
        self.conditions.append(condition)
        self.values.extend(values)

    @property
    def where(self) -> str:
        """The conditions as a clause; empty where there are none."""
        return f"where {' and '.join(self.conditions)}" if self.conditions else ""


def execute_selection(
    cursor: duckdb.DuckDBPyConnection,
    columns: str,
    selection: Selection,
    *,
    tables: Mapping[str, str],
    tail: str = "",
) -> duckdb.DuckDBPyConnection:
    """Run `select COLUMNS` over the conversations `c` that `selection` means.

    `columns` and `tail` are of this room's own making; everything a person typed is bound.
    `tables` are `current_tables`.
    """
    query = _conditions(selection, tables)
    joined = _THREADS.format(**tables) if _asks_for_threads(selection) else ""
    return cursor.execute(
        f"select {columns} from conversation c {joined} {query.where} {tail}", query.values
    )


def order_of(selection: Selection) -> str:
    """The `order by` of a selection; ties go by sequence number, so pages are stable."""
    return f"order by {_ORDERS[selection.order]}"


def current_tables(
    cursor: duckdb.DuckDBPyConnection, as_of: int | None, schemas: Schemas
) -> dict[str, str]:
    """What to read as the current tables: they themselves, or as they once were.

    Only conversations about which something was said since are folded again.
    """
    changed = [] if as_of is None else _changed_since(cursor, as_of)
    if not changed or as_of is None:
        return {table: table for table in CURRENT}
    for table in CURRENT:
        cursor.execute(f"create temp table {table}_then as from {table} limit 0")
    for start in range(0, len(changed), _AT_ONCE):
        some = changed[start : start + _AT_ONCE]
        for table, rows in fold(said_about(cursor, some, until=as_of)).items():
            insert(cursor, f"{table}_then", schemas[table], rows)
    return {table: _as_it_was(cursor, table, as_of) for table in CURRENT}


def _as_it_was(cursor: duckdb.DuckDBPyConnection, table: str, as_of: int) -> str:
    """A view of `table` with what was folded again in the place of what is there now."""
    later = _CHANGED.replace("?", str(as_of))
    cursor.execute(
        f"create temp view {table}_as_of as from {table} "
        f"where conversation_id not in ({later}) union all from {table}_then"
    )
    return f"{table}_as_of"


def _changed_since(cursor: duckdb.DuckDBPyConnection, as_of: int) -> list[str]:
    """The conversations that were there and about which something was said later."""
    rows = cursor.execute(
        f"select id from conversation where seq <= ? and id in ({_CHANGED})", [as_of] * 3
    ).fetchall()
    return [row[0] for row in rows]


def _asks_for_threads(selection: Selection) -> bool:
    """Whether a column of the join with threads is used; it costs more than all the rest."""
    has_range = selection.minimum_score is not None or selection.maximum_score is not None
    return (
        selection.verdict is not None
        or selection.reviewed is not None
        or (has_range and selection.tag is None)
        or selection.order in ("lowest score", "highest score")
    )


def _conditions(selection: Selection, tables: Mapping[str, str]) -> Query:
    query = _own_conditions(selection)
    if selection.verdict is not None:
        query.add("t.verdict = ?", selection.verdict)
    if selection.reviewed is not None:
        query.add("coalesce(t.reviewed, false) = ?", selection.reviewed)
    if selection.text:
        query.add(_SAYS, selection.text, selection.text)
    tagged = _tag_conditions(selection)
    if tagged.conditions:
        query.add(
            f"c.id in (select conversation_id from {tables['tag_current']} {tagged.where})",
            *tagged.values,
        )
    if selection.tag is None:
        _add_range(query, "t.score", selection)
    return query


def _own_conditions(selection: Selection) -> Query:
    """What must hold of the conversation's own columns."""
    query = Query()
    if selection.run_id is not None:
        query.add("c.run_id = ?", selection.run_id)
    if selection.origin is not None:
        query.add("c.source = ?", selection.origin)
    if selection.as_of is not None:
        query.add("c.seq <= ?", selection.as_of)
    return query


def _tag_conditions(selection: Selection) -> Query:
    """What must hold of one tag; `pass` counts only where action or source ask for it."""
    tagged = Query()
    if selection.tag is not None:
        tagged.add("name = ?", selection.tag)
        _add_range(tagged, "score", selection)
    if selection.source is not None:
        tagged.add("source = ?", selection.source)
    if selection.action is not None:
        tagged.add("action = ?", selection.action)
    elif tagged.conditions and selection.source is None:
        tagged.add("action <> 'pass'")
    return tagged


def _add_range(query: Query, column: str, selection: Selection) -> None:
    if selection.minimum_score is not None:
        query.add(f"{column} >= ?", selection.minimum_score)
    if selection.maximum_score is not None:
        query.add(f"{column} <= ?", selection.maximum_score)
