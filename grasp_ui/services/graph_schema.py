"""The JSON Schema of graph files, made from the configs, for editors."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from grasp_ui.engine.call_settings import AliasSettings
from grasp_ui.engine.kind import KINDS, meanings
from grasp_ui.engine.output import OutputSettings
from grasp_ui.interchange.seed_source import SEED_SOURCES
from grasp_ui.interchange.seed_transform import SEED_TRANSFORMS
from grasp_ui.model.graph import FORMAT, NOTE_COLORS
from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Part
from grasp_ui.services.parts import load_parts

Refs = dict[Any, JsonObject]
"""Where the shape of a config model stands."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: JsonObject = {"type": "string"}
LIST: JsonObject = {"type": "array", "items": {"type": ["string", "number", "boolean"]}}
CHAIN: JsonObject = {
    "type": "string",
    "pattern": r"^[^>]*[^\s>][^>]*->",
    "description": "A chain of arrows: `ask -> answer -> critique`.",
}
ARROW: JsonObject = {
    "type": "object",
    "description": "One arrow, with what it takes.",
    "properties": {
        "from": TEXT,
        "to": TEXT,
        "when": {**TEXT, "description": "A condition, such as `critique.score < 4`."},
        "max_visits": {
            "type": "integer",
            "minimum": 1,
            "description": "How often a record may take an arrow back.",
        },
    },
    "required": ["from", "to"],
    "additionalProperties": False,
}
TAGGING: JsonObject = {
    "description": "`none`, or a tagging profile.",
    "anyOf": [
        {"const": "none"},
        {"type": "object", "properties": {"profile": TEXT}, "additionalProperties": False},
    ],
}
PLACE: JsonObject = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
STICKY: JsonObject = {
    "type": "object",
    "description": "A note on the canvas, for people; no model sees it.",
    "properties": {"text": TEXT, "at": PLACE, "size": PLACE, "color": {"enum": [*NOTE_COLORS]}},
    "additionalProperties": False,
}


def graph_schema() -> JsonObject:
    """The schema of a whole graph file (JSON Schema, draft 2020-12).

    It holds keys, types, limits and kinds. What hangs on other parts of the graph (names of
    nodes, models, variables) is left to `grasp check`.
    """
    load_parts()
    nodes: list[Part[Any]] = list(KINDS)
    sources: list[Part[Any]] = list(SEED_SOURCES)
    steps: list[Part[Any]] = list(SEED_TRANSFORMS)
    configs = [part.config for part in (*nodes, *sources, *steps)]
    models: list[type[BaseModel]] = [*configs, AliasSettings, OutputSettings]
    refs, made = models_json_schema(
        [(model, "validation") for model in dict.fromkeys(models)], ref_template="#/$defs/{model}"
    )
    where: Refs = {model: ref for (model, _), ref in refs.items()}
    shapes: dict[str, Any] = made.get("$defs", {})
    for part in (*nodes, *sources):
        _name_kind(_shape(shapes, where[part.config]), part)
    shapes["Step"] = _one_of(steps, where)
    for model in models:
        _let_short_forms_pass(_shape(shapes, where[model]), model)
    return {
        "$schema": DIALECT,
        "title": "GraSP UI graph",
        "type": "object",
        "properties": _parts(
            nodes={"type": "object", "additionalProperties": _by_kind(nodes, where)},
            seeds=_by_kind(sources, where),
            models={"type": "object", "additionalProperties": where[AliasSettings]},
            output=where[OutputSettings],
        ),
        "required": ["grasp", "nodes"],
        "additionalProperties": False,
        "$defs": shapes,
    }


def _parts(**made: JsonObject) -> JsonObject:
    """The top of a file: what is made from configs, and what the format itself says."""
    return {
        "grasp": {"const": FORMAT, "description": "The version of the format."},
        "title": TEXT,
        "notes": {**TEXT, "description": "For people; no model sees them."},
        "system": {**TEXT, "description": "The system message that belongs to the data."},
        **made,
        "edges": {"type": "array", "items": {"anyOf": [CHAIN, ARROW]}},
        "tagging": TAGGING,
        "layout": {"type": "object", "additionalProperties": PLACE},
        "sticky_notes": {"type": "object", "additionalProperties": STICKY},
    }


def _by_kind(parts: Iterable[Part[Any]], where: Refs) -> JsonObject:
    """An object whose `kind` says which of the parts' configs it is."""
    named = list(parts)
    return {
        "type": "object",
        "properties": {"kind": {"enum": [part.name for part in named]}},
        "required": ["kind"],
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": part.name}}, "required": ["kind"]},
                "then": where[part.config],
            }
            for part in named
        ],
    }


def _one_of(steps: Iterable[Part[Any]], where: Refs) -> JsonObject:
    """An object with one key, which names a transform of seeds; many have a short form."""
    short = {"type": ["string", "number"]}
    return {
        "type": "object",
        "properties": {
            part.name: {"description": part.look.help, "anyOf": [where[part.config], short]}
            for part in steps
        },
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }


def _shape(shapes: dict[str, Any], ref: JsonObject) -> JsonObject:
    shape: JsonObject = shapes[ref["$ref"].rpartition("/")[2]]
    return shape


def _name_kind(shape: JsonObject, part: Part[Any]) -> None:
    fields = shape.get("properties", {})
    kinds = [*fields.get("kind", {}).get("enum", ()), part.name]
    shape["properties"] = {**fields, "kind": {"enum": kinds, "description": part.look.help}}


def _let_short_forms_pass(shape: JsonObject, model: type[BaseModel]) -> None:
    """Options may be a list of names; one stop may stand without a list."""
    for field, meaning in meanings(model):
        if meaning == "options" or field == "stop":
            long = shape["properties"][field]
            words = {key: long.pop(key) for key in ("title", "description") if key in long}
            short = LIST if meaning == "options" else TEXT
            shape["properties"][field] = {**words, "anyOf": [short, long]}
