"""How much longer a query can make texts, found without running it.

DuckDB computes two thousand values at a time and cannot be interrupted in between, so a query
that doubles a text thirty times would take the machine's memory before any limit is seen.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

MOST = 64.0
"""How many times as long as what it reads a value may become."""
_UNKNOWN = 1e9
_LITERAL = 200
JOINING = frozenset(
    ("||", "concat", "concat_ws", "list_value", "list_pack", "list_concat", "list_cat",
     "list_append", "list_prepend", "array_to_string", "struct_pack", "row", "map", "json_array",
     "json_object")
)  # fmt: skip
"""What comes of these is as long as all that goes in, together."""
FACTORS = {
    "hex": 2.0, "to_hex": 2.0, "base64": 2.0, "to_base64": 2.0, "url_encode": 3.0,
    "regexp_escape": 2.0, "json_quote": 2.0, "to_json": 2.0, "json_object": 2.0,
    "json_array": 2.0, "json_pretty": 4.0, "row_to_json": 2.0, "array_to_json": 2.0,
    "translate": 4.0,
}  # fmt: skip
Node = Mapping[str, Any]
Names = Mapping[str, float]


def growth_of(query: Node, tables: Names | None = None, *, around: float = 1.0) -> float:
    """How many times as long as one value that it reads a value of `query` can be.

    Args:
        query: a query node of DuckDB's own parser.
        tables: the growth of the common tables that it can see, by name.
        around: the growth of the columns of the queries around it.
    """
    known = dict(tables or {})
    for entry in query["cte_map"]["map"]:
        inner = entry["value"]["query"]["node"]
        known[entry["key"].lower()] = growth_of(inner, known, around=around)
    if query["type"] == "SELECT_NODE":
        return _Select(known, around).growth(query)
    sides = [query.get("left"), query.get("right"), *(query.get("children") or ())]
    return max(growth_of(side, known, around=around) for side in sides if side)


class _Select:
    """One `select`: an alias can be used by what stands behind it."""

    def __init__(self, tables: Names, around: float) -> None:
        self.tables = tables
        self.aliases: dict[str, float] = {}
        self.read = around

    def growth(self, query: Node) -> float:
        self.read = max(self.read, self.table(query["from_table"]))
        found = self.read
        for item in query["select_list"]:
            size = self.value(item)
            self.aliases[item.get("alias", "").lower()] = size
            found = max(found, size)
        done = ("select_list", "cte_map", "from_table")
        return max(found, self.inside([part for key, part in query.items() if key not in done]))

    def table(self, table: Node) -> float:
        match table["type"]:
            case "BASE_TABLE":
                return self.tables.get(table["table_name"].lower(), 1.0)
            case "SUBQUERY":
                return growth_of(table["subquery"]["node"], self.tables, around=self.read)
            case "JOIN":
                self.read = max(self.read, self.table(table["left"]))
                self.read = max(self.read, self.table(table["right"]))
                return max(self.read, self.inside([table["condition"]]))
            case "TABLE_FUNCTION":
                return self.inside([table["function"]["children"]])
        return self.inside([table.get("values")])

    def value(self, item: Node) -> float:
        match item["class"]:
            case "CONSTANT":
                text = item["value"].get("value")
                return len(text) / _LITERAL if isinstance(text, str) else 0.0
            case "COLUMN_REF":
                return max(self.read, self.aliases.get(item["column_names"][-1].lower(), 1.0))
            case "SUBQUERY":
                below = [item.get("child")]
                inner = growth_of(item["subquery"]["node"], self.tables, around=self.read)
                return max(inner, self.inside(below))
            case "FUNCTION" | "WINDOW":
                return max(self._call(item), self.inside([item.get("filter")]))
            case "STAR":
                return max(self.read, self.inside([item["replace_list"], item["expr"]]))
        return self.inside(item.values())

    def inside(self, parts: Iterable[Any]) -> float:
        """The largest growth of an expression at any depth of `parts`, at least 1."""
        found = 1.0
        for part in parts:
            if isinstance(part, list):
                found = max(found, self.inside(part))
            elif isinstance(part, dict):
                found = max(
                    found, self.value(part) if "class" in part else self.inside(part.values())
                )
        return found

    def _call(self, item: Node) -> float:
        name, children = item["function_name"].lower(), item["children"]
        sizes = [self.value(child) for child in children]
        if name in ("replace", "regexp_replace"):
            return max(sizes[:1], default=1.0) * _replaced(name, children[1:])
        size = sum(sizes) if name in JOINING else max(sizes, default=1.0)
        return max(size, 1.0) * FACTORS.get(name, 1.0)


def _replaced(name: str, arguments: list[Node]) -> float:
    """How much longer a text becomes when a needle is replaced, which must be written out."""
    found = [child["value"].get("value") for child in arguments if child["class"] == "CONSTANT"]
    texts = [text for text in found if isinstance(text, str)]
    if len(texts) != len(arguments) or len(texts) < 2:
        return _UNKNOWN
    needle, new = texts[:2]
    if name == "replace":
        return max(1.0, len(new) / max(1, len(needle)))
    return max(1.0, len(new) + len(re.findall(r"\\\d", new)) + _can_be_empty(needle))


def _can_be_empty(pattern: str) -> bool:
    try:
        return re.search(pattern, "") is not None
    except re.error:
        return True
