"""The part of the graph format that a model drafts in: small and plain."""

from collections.abc import Mapping
from typing import Any

from grasp_ui.model.value import JsonObject
from grasp_ui.services.graph_schema import graph_schema
from grasp_ui.services.node_kinds import KindCard, node_kinds

LEFT_OUT_KINDS = ("map", "subgraph")
"""They name other graphs' files, which a draft cannot know."""
LEFT_OUT_FIELDS = frozenset(
    ("note", "disabled", "extra", "grammar", "seeded", "top_p", "stop", "jinja")
)
PLAIN_PARTS = ("title", "notes", "system", "output")
WORDS_ABOUT = frozenset(("title", "description", "default", "pattern", "$schema"))
"""What says nothing about a value, or what endpoints read in different ways."""
TYPE_NAMES = {"string": "text", "object": "mapping", "array": "list", "boolean": "true or false"}


def drafted_kinds() -> list[KindCard]:
    """The node kinds that a draft may have, in the order of the palette."""
    return [card for card in node_kinds() if card.name not in LEFT_OUT_KINDS]


def draft_schema() -> JsonObject:
    """The JSON Schema of a draft: inline seeds, no layout, no other graphs.

    It is a part of `graph_schema()`: what fits it fits that one too.
    """
    whole = graph_schema()
    shapes, top = whole["$defs"], whole["properties"]
    nodes = {"anyOf": [_node(card, shapes) for card in drafted_kinds()]}
    rows = {"type": "array", "items": {"type": "object"}}
    return {
        "type": "object",
        "properties": {
            "grasp": {"const": 1},
            **{name: _bare(_followed(top[name], shapes)) for name in PLAIN_PARTS},
            "models": {"type": "object", "additionalProperties": _alias(top, shapes)},
            "seeds": _closed({"kind": {"const": "inline"}, "rows": rows}, ["kind", "rows"]),
            "nodes": {"type": "object", "additionalProperties": nodes},
            "edges": _edges(top["edges"]["items"]["anyOf"][1]),
        },
        "required": ["grasp", "title", "models", "nodes", "edges"],
        "additionalProperties": False,
    }


def kind_lines() -> list[str]:
    """Each kind with its help and its own fields, a line each, for a prompt."""
    shapes = graph_schema()["$defs"]
    return [_line(card, shapes[card.config.__name__]) for card in drafted_kinds()]


def _line(card: KindCard, shape: Mapping[str, Any]) -> str:
    fields = _fields(shape)
    said = "; ".join(
        f"{name} ({_type(field)}{', required' if name in shape.get('required', ()) else ''})"
        f"{_said(field)}"
        for name, field in fields.items()
        if name not in ("title", "temperature", "max_tokens")
    )
    return f"- {card.name}: {card.help} {said}".rstrip()


def _said(field: Mapping[str, Any]) -> str:
    words = str(field.get("description", "")).rstrip(".")
    return f": {words}" if words else ""


def _type(field: Mapping[str, Any]) -> str:
    """The type of a field in a word or two."""
    if "enum" in field:
        return " | ".join(map(str, field["enum"]))
    if "anyOf" in field:
        return " or ".join(_type(one) for one in field["anyOf"] if one.get("type") != "null")
    name = field.get("type", "any")
    return TYPE_NAMES.get(name, name) if isinstance(name, str) else "text"


def _fields(shape: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: field
        for name, field in shape.get("properties", {}).items()
        if name not in LEFT_OUT_FIELDS and name != "kind"
    }


def _node(card: KindCard, shapes: Mapping[str, Any]) -> JsonObject:
    shape = shapes[card.config.__name__]
    fields = {name: _bare(_followed(one, shapes)) for name, one in _fields(shape).items()}
    required = ["kind", *(name for name in shape.get("required", ()) if name in fields)]
    return _closed({"kind": {"const": card.name}, **fields}, required)


def _alias(top: Mapping[str, Any], shapes: Mapping[str, Any]) -> JsonObject:
    shape = _followed(top["models"]["additionalProperties"], shapes)
    fields = {name: _bare(field) for name, field in _fields(shape).items()}
    return _closed(fields, ["model"])


def _edges(arrow: Mapping[str, Any]) -> JsonObject:
    return {"type": "array", "items": {"anyOf": [{"type": "string"}, _bare(arrow)]}}


def _closed(properties: JsonObject, required: list[str]) -> JsonObject:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _followed(shape: Any, shapes: Mapping[str, Any]) -> Any:
    """`shape` with references replaced by what they name."""
    if isinstance(shape, Mapping):
        if "$ref" in shape:
            return _followed(shapes[shape["$ref"].rpartition("/")[2]], shapes)
        return {key: _followed(value, shapes) for key, value in shape.items()}
    if isinstance(shape, list):
        return [_followed(one, shapes) for one in shape]
    return shape


def _bare(shape: Any, *, is_names: bool = False) -> Any:
    """`shape` without words for people; `is_names` where the keys are names of fields."""
    if isinstance(shape, Mapping):
        return {
            key: _bare(value, is_names=key == "properties" and not is_names)
            for key, value in shape.items()
            if is_names or key not in WORDS_ABOUT
        }
    if isinstance(shape, list):
        return [_bare(one) for one in shape]
    return shape
