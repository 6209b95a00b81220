"""What a person's query may say: one SELECT over the store's own tables.

DuckDB's own parser reads the query; every node of what it read must be on a list of what is
allowed, so that a construct that nobody thought of is refused. Behind this check stand a
transaction that cannot write and a database that opens no files.
"""

import json
import re
from collections.abc import Mapping, Set
from typing import Any

import duckdb

from grasp_ui.errors import GraspError
from grasp_ui.store.query_functions import FUNCTIONS, HINTS, TABLE_FUNCTIONS
from grasp_ui.store.query_growth import MOST, growth_of

LONGEST = 100_000
"""Characters of a query."""
EXPRESSIONS = frozenset(
    ("BETWEEN", "CASE", "CAST", "COLLATE", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT",
     "FUNCTION", "OPERATOR", "POSITIONAL_REFERENCE", "STAR", "SUBQUERY", "TYPE", "WINDOW")
)  # fmt: skip
NODES = frozenset(
    ("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "BASE_TABLE", "SUBQUERY", "JOIN",
     "TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY", "ORDER_MODIFIER", "LIMIT_MODIFIER",
     "LIMIT_PERCENT_MODIFIER", "DISTINCT_MODIFIER", "ORDER_DEFAULT", "ASCENDING", "DESCENDING")
)  # fmt: skip
WORDS = {
    "PARAMETER": ("a placeholder", "Write its value."),
    "LAMBDA": ("a function of its own (`lambda`, or a list comprehension)", "Use `unnest`."),
    "SHOW_REF": ("SHOW, DESCRIBE or SUMMARIZE", "Ask with SELECT."),
    "PIVOT": ("PIVOT or UNPIVOT", "Use `count(*) filter (where …)`."),
}
LIKES = frozenset(("~~", "!~~", "like_escape", "not_like_escape"))
ILIKES = frozenset(("~~*", "!~~*", "ilike_escape", "not_ilike_escape"))
PLAIN_NAME = re.compile(r"^[^\W\d]\w*$")
SCHEMAS = ("", "main")
Node = Mapping[str, Any]


class QueryRefused(GraspError):
    """A query that may not run; the message says what in it, where, and what to do."""


def check_query(cursor: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Let `sql` pass where it can only read the store's tables.

    Raises:
        QueryRefused: it is no single SELECT, or names what a query may not.
    """
    node = _parsed(cursor, sql)
    rows = cursor.execute("select table_name, internal from duckdb_tables() union all "
                          "select view_name, internal from duckdb_views()").fetchall()  # fmt: skip
    own = frozenset(name.lower() for name, internal in rows if not internal)
    reserved = frozenset(name.lower() for name, internal in rows if internal)
    _Check(sql, own, reserved).visit(node, frozenset())
    if growth_of(node) > MOST:
        raise QueryRefused(
            f"The query could make texts more than {MOST:.0f} times as long as they are. Join "
            "fewer texts, or replace by shorter ones that are written out."
        )


def _parsed(cursor: duckdb.DuckDBPyConnection, sql: str) -> Node:
    if not sql.strip():
        raise QueryRefused("The query is empty. Write, for example, `select * from run`.")
    if len(sql) > LONGEST:
        raise QueryRefused(f"The query has {len(sql)} characters; {LONGEST} are allowed.")
    if "\0" in sql or any("\ud800" <= character <= "\udfff" for character in sql):
        raise QueryRefused("The query holds a character that is no text. Take it out.")
    try:
        row = cursor.execute("select json_serialize_sql(?::varchar)", [sql]).fetchone()
    except duckdb.Error as error:
        raise QueryRefused(f"The query cannot be read: {_first_line(error)}") from error
    read = json.loads(row[0] if row else "{}")
    if read.get("error"):
        raise QueryRefused(_not_read(sql, read))
    if len(read["statements"]) != 1:
        found = len(read["statements"])
        raise QueryRefused(f"Expected one SELECT, found {found} statements. Write one.")
    statement: Node = read["statements"][0]["node"]
    return statement


def _not_read(sql: str, read: Node) -> str:
    message = str(read.get("error_message"))
    if read.get("error_type") == "not implemented":
        first = (sql.split(maxsplit=1) or [""])[0][:20]
        return f"Only SELECT can be run here, and this begins with '{first}'. Nothing was changed."
    position = read.get("position")
    return f"The query cannot be read{_place(sql, position)}: {message}."


def _place(sql: str, position: object) -> str:
    """Where a byte of the query stands, as people count lines."""
    try:
        before = sql.encode()[: int(str(position))].decode(errors="ignore")
    except ValueError:
        return ""
    if len(before) >= len(sql):
        return ""
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return f" at line {line}, character {column}"


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0]


class _Check:
    """Visits every node; `scope` are the names of the common tables that can be seen there."""

    def __init__(self, sql: str, own: Set[str], reserved: Set[str]) -> None:
        self.sql = sql
        self.own = own
        self.reserved = reserved

    def visit(self, node: Any, scope: Set[str]) -> None:
        if isinstance(node, list):
            for part in node:
                self.visit(part, scope)
        elif isinstance(node, dict):
            self._visit_one(node, scope)

    def _visit_one(self, node: Node, scope: Set[str]) -> None:
        if "cte_map" in node:
            scope = self._with_names(node["cte_map"]["map"], scope)
        skipped: tuple[str, ...] = ()
        if "class" in node:
            skipped = self._expression(node)
        elif isinstance(node.get("type"), str):
            self._node(node, scope)
            skipped = ("function",) if node["type"] == "TABLE_FUNCTION" else ()
        for key, part in node.items():
            if key not in skipped:
                self.visit(part, scope)

    def _with_names(self, entries: list[Node], scope: Set[str]) -> Set[str]:
        names = frozenset(entry["key"].lower() for entry in entries)
        for name in names:
            # Where such a name is not seen, it must not mean a file or a table of the system.
            if not PLAIN_NAME.match(name) or name in self.reserved:
                raise QueryRefused(f"A common table cannot be named '{name}'. Rename it.")
        return scope | names

    def _expression(self, node: Node) -> tuple[str, ...]:
        """Check an expression; what comes back are keys that need no visit."""
        kind = node["class"]
        if kind not in EXPRESSIONS:
            self._refuse_kind(kind, node)
        if kind in ("FUNCTION", "WINDOW"):
            self._function(node, FUNCTIONS)
            self._pattern(node)
        if kind == "TYPE" and (node["catalog"] or node["schema"] not in SCHEMAS):
            self._refuse(f"the type '{node['schema']}.{node['type_name']}'", node)
        return ("value",) if kind == "CONSTANT" else ()

    def _node(self, node: Node, scope: Set[str]) -> None:
        kind = node["type"]
        if kind not in NODES and not kind.endswith("_TYPE_INFO"):
            self._refuse_kind(kind, node)
        if kind == "UNBOUND_TYPE_INFO" and (node["catalog"] or node["schema"] not in SCHEMAS):
            self._refuse(f"the type '{node['schema']}.{node['name']}'", node)
        if kind == "BASE_TABLE":
            self._table(node, scope)
        elif kind == "TABLE_FUNCTION":
            function = node["function"]
            self._function(function, TABLE_FUNCTIONS)
            self.visit(function["children"], scope)

    def _table(self, node: Node, scope: Set[str]) -> None:
        name, schema = node["table_name"].lower(), node["schema_name"].lower()
        is_plain = not node["catalog_name"] and schema in SCHEMAS and node.get("at_clause") is None
        if is_plain and (name in self.own or (name in scope and not schema)):
            return
        full = ".".join(filter(None, (node["catalog_name"], schema, node["table_name"])))
        tables = ", ".join(sorted(self.own))
        self._refuse(f"the table '{full}'", node, f"The store has {tables}.")

    def _function(self, node: Node, allowed: Set[str]) -> None:
        name = node["function_name"].lower()
        is_built_in = node["schema"] in SCHEMAS and node["catalog"] in ("", "system")
        if name not in allowed or not is_built_in:
            hint = HINTS.get(name, "docs/sources.md says which functions there are.")
            self._refuse(f"the function '{name}'", node, hint)

    def _pattern(self, node: Node) -> None:
        """Hold patterns to what DuckDB matches in linear time."""
        name = node["function_name"].lower()
        if name not in LIKES | ILIKES:
            return
        literal = node["children"][1]
        text = literal["value"].get("value") if literal["class"] == "CONSTANT" else None
        inner = text.strip("%") if isinstance(text, str) else "%"
        is_slow = name in ILIKES or not isinstance(text, str) or "_" in text
        if is_slow and "%" in inner:
            self._refuse(
                "this pattern, which takes exponential time: beside `_` and with ILIKE `%` can "
                "stand at its ends only, and the pattern must be written out",
                node,
                "Use `contains` or `regexp_matches`.",
            )

    def _refuse_kind(self, kind: str, node: Node) -> None:
        what, fix = WORDS.get(kind, (kind.lower().replace("_", " "), "Take it out."))
        self._refuse(what, node, fix)

    def _refuse(self, what: str, node: Node, fix: str = "Take it out.") -> None:
        place = _place(self.sql, node.get("query_location"))
        raise QueryRefused(f"A query may not use {what}{place and f', found{place}'}. {fix}")
