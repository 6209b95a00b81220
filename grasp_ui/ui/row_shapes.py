"""Values as rows of cells: what can be shown so, and read again.

A shape turns a raw value into rows of texts and back. What it cannot show in full it refuses, and
the field is shown as JSON; so nothing that stands in a file is ever lost by looking at it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grasp_ui.text.json_text import path_steps

Row = tuple[str, ...]
ROLES = ("system", "user", "assistant")
TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "whole number": {"type": "integer"},
    "number": {"type": "number"},
    "yes or no": {"type": "boolean"},
    "list of texts": {"type": "array", "items": {"type": "string"}},
}
CHOICE = "one of"
PARTS = {"node": "nodes", "model": "models"}


@dataclass(frozen=True, slots=True)
class Column:
    """One cell of a row: its label, what stands there in grey, what can be chosen.

    Where `options` are empty they may come with the form; without any it is a text. `tall` takes
    several lines; `begins_line` puts it below the cells before it.
    """

    label: str
    placeholder: str = ""
    options: tuple[str, ...] = ()
    tall: bool = False
    begins_line: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows of `columns`; `rows` raises ValueError where they cannot say a value.

    The first `keys` cells together name a row: two rows cannot have the same.
    """

    columns: tuple[Column, ...]
    rows: Callable[[Any], list[Row]]
    value: Callable[[Sequence[Row]], Any]
    add: str
    keys: int = 1
    nothing: str = ""

    def shows(self, value: Any) -> bool:
        """Whether rows say all that `value` says."""
        try:
            found = self.rows(value)
        except (ValueError, TypeError, AttributeError):
            return False
        return self.rows(self.value(found)) == found

    def fault(self, rows: Sequence[Row], number: int) -> str:
        """Why a row is not taken over; "" where it is, and where it is empty."""
        row = rows[number]
        if not any(row):
            return ""
        named = row[: self.keys]
        for column, cell in zip(self.columns, named, strict=False):
            if not cell.strip():
                return f"{column.label}: write something, then the row counts."
        twice = self.keys and named in [other[: self.keys] for other in rows[:number]]
        return f"'{' · '.join(named)}' is there already: this row does not count." if twice else ""

    def good(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that count."""
        return [row for n, row in enumerate(rows) if any(row) and not self.fault(rows, n)]


def text_of(value: Any) -> str:
    """A JSON value as a cell has it: a text as it is, if it is read as one again.

    Example:
        >>> text_of("tea"), text_of(5), text_of("5"), text_of(["a"])
        ('tea', '5', '"5"', '["a"]')
    """
    if isinstance(value, str) and value == value.strip() and value_of(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False)


def value_of(text: str) -> Any:
    """What a cell says: JSON where it is JSON, else the text.

    Example:
        >>> value_of("0.5"), value_of("true"), value_of("{topic}"), value_of('"5"')
        (0.5, True, '{topic}', '5')
    """
    try:
        return json.loads(text, parse_constant=_refuse)
    except ValueError:
        return text


def _refuse(word: str) -> Any:
    raise ValueError(word)


def _pairs(value: Any) -> list[Row]:
    """Name and text of each item; a name alone stands for itself."""
    if value is None:
        return []
    if isinstance(value, list | tuple):
        return [(_text(name), "") for name in value]
    return [(_text(name), "" if part == name else _text(part)) for name, part in value.items()]


def _named(rows: Sequence[Row]) -> dict[str, str]:
    return {name: text or name for name, text in rows}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _paths(value: Any) -> list[Row]:
    if isinstance(value, list | tuple):
        named = [((path_steps(_text(path)) or ("",))[-1], path) for path in value]
        return [(name, "" if path == name else path) for name, path in named]
    return _pairs(value)


def _roles(value: Any) -> list[Row]:
    rows: list[Row] = [(_text(name), _text(role)) for name, role in (value or {}).items()]
    if any(row[1] not in ROLES for row in rows):
        raise ValueError("a role is none of the three")
    return rows


def _words(value: Any) -> list[Row]:
    if isinstance(value, list | tuple):
        return [(_text(option), "") for option in value]
    return [(_text(option), _joined(words)) for option, words in (value or {}).items()]


def _joined(words: Any) -> str:
    parts = [words] if isinstance(words, str) else list(words or ())
    if any("," in part or part != part.strip() or not part for part in parts):
        raise ValueError("a word has a comma")
    return ", ".join(parts)


def _split(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _values(value: Any) -> list[Row]:
    return [(_text(name), text_of(part)) for name, part in (value or {}).items()]


def _changes(value: Any) -> list[Row]:
    """Each changed field: what it is of, its name, its value."""
    parts = {word: (value or {}).get(family) or {} for word, family in PARTS.items()}
    return [
        (f"{word} {_text(name)}", _text(field), text_of(part))
        for word, items in parts.items()
        for name, fields in items.items()
        for field, part in fields.items()
    ]


def _changed(rows: Sequence[Row]) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {"nodes": {}, "models": {}}
    for where, field, text in rows:
        word, _, name = where.partition(" ")
        family = PARTS.get(word, "nodes")
        found[family].setdefault(name or word, {})[field] = value_of(text)
    return {family: items for family, items in found.items() if items}


def _properties(value: Any) -> list[Row]:
    schema = value or {}
    properties = schema.get("properties", {})
    plain = {"type": "object", "properties": properties, "required": list(properties)}
    if schema and schema != plain:
        raise ValueError("the schema says more than its properties")
    return [(_text(name), *_property(part)) for name, part in properties.items()]


def _property(part: Mapping[str, Any]) -> tuple[str, str]:
    bare = {key: said for key, said in part.items() if key != "description"}
    if set(part) in ({"enum"}, {"type", "enum"}) and part.get("type", "string") == "string":
        return CHOICE, _joined(part["enum"])
    word = next((word for word, schema in TYPES.items() if schema == bare), None)
    if word is None:
        raise ValueError("a property is not a plain one")
    return word, part.get("description", "")


def _schema(rows: Sequence[Row]) -> dict[str, Any]:
    if not rows:
        return {}
    properties = {name: _typed(word, note) for name, word, note in rows}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _typed(word: str, note: str) -> dict[str, Any]:
    if word == CHOICE:
        return {"type": "string", "enum": _split(note)}
    described = {"description": note} if note else {}
    return {**TYPES.get(word, TYPES["text"]), **described}


def _messages(value: Any) -> list[Row]:
    rows: list[Row] = []
    for message in value or ():
        if set(message) != {"role", "content"} or message["role"] not in ROLES:
            raise ValueError("a message has a name")
        rows.append((message["role"], _text(message["content"])))
    return rows


_NAME = Column("Variable", "name")
SHAPES: dict[str, Shape] = {
    "inputs": Shape(
        (Column("Inside", "name inside"), Column("Outside", "same name")),
        _pairs, _named, "Add an input",
    ),
    "outputs": Shape(
        (Column("Inside", "name inside"), Column("Outside", "same name")),
        _pairs, _named, "Add an output", nothing="Nothing that it writes can be read outside yet.",
    ),
    "changes": Shape(
        (Column("Of", "node critique"), Column("Field", "rubric"),
         Column("Value", "value", begins_line=True)),
        _changes, _changed, "Add an override", keys=2,
    ),
    "paths": Shape(
        (_NAME, Column("Path", "items.0.name")), _paths, _named, "Add a field",
    ),
    "roles": Shape(
        (Column("Speaker", "customer"), Column("Role", options=ROLES)),
        _roles, _named, "Add a speaker",
    ),
    "words": Shape(
        (Column("Option", "yes"), Column("Other words for it", "yeah, sure")),
        _words, lambda rows: {option: _split(words) for option, words in rows}, "Add an option",
    ),
    "values": Shape(
        (_NAME, Column("Value", "text, {name}, 5, true")),
        _values, lambda rows: {name: value_of(text) for name, text in rows}, "Add a variable",
    ),
    "parameters": Shape(
        (Column("Name", "top_k"), Column("Value", "40")),
        _values, lambda rows: {name: value_of(text) for name, text in rows}, "Add a parameter",
    ),
    "schema": Shape(
        (Column("Name", "answer"), Column("Type", options=(*TYPES, CHOICE)),
         Column("What it is (choices: a, b, c)", "what it is", begins_line=True)),
        _properties, _schema, "Add a property",
    ),
    "messages": Shape(
        (Column("Role", options=("user", "assistant", "system")),
         Column("Text", "{question}", tall=True, begins_line=True)),
        _messages, lambda rows: [{"role": role, "content": text} for role, text in rows],
        "Add a message", keys=0,
    ),
}  # fmt: skip
"""The shapes by what a field means."""
