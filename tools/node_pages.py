"""Write into the pages of node kinds what their configs say, as forms do.

    .venv/bin/python tools/node_pages.py

What stands between `<!-- table: NAME -->` and `<!-- end -->` in `docs/nodes/*.md` is replaced.
NAME is a kind, `every node`, `calls`, or `kinds` for the list of all. A test holds the pages to it.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from grasp_ui.engine.call_settings import CallSettings
from grasp_ui.engine.kind import NodeConfig, meanings
from grasp_ui.services.node_kinds import node_kinds

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "nodes"
TABLE = re.compile(r"(<!-- table: ([\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
SHARED: dict[str, type[BaseModel]] = {"every node": NodeConfig, "calls": CallSettings}
MEANT = {
    "prompt": "text with `{places}`",
    "passage": "text",
    "model": "model alias",
    "models": "list of model aliases",
    "variable": "variable",
    "reading": "variable, with dots to its parts",
    "options": "list, or keys with weights",
    "schema": "JSON Schema",
    "rubric": "rubric",
    "lines": "list of texts",
    "condition": "condition",
}
TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "keys with values",
}
LIMITS = {"minimum": "at least", "exclusiveMinimum": "above", "maximum": "at most"}


def main() -> None:
    """Bring every page up to date."""
    for path in sorted(FOLDER.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        path.write_text(with_tables(text), encoding="utf-8")


def with_tables(text: str) -> str:
    """A page's text with its tables as the configs have it now."""
    return TABLE.sub(lambda match: f"{match[1]}{made(match[2])}{match[3]}", text)


def made(name: str) -> str:
    """The table called `name`: all kinds, or the fields of one config."""
    if name == "kinds":
        return kinds_table()
    cards = {card.name: card.config for card in node_kinds()}
    return fields_table(SHARED.get(name) or cards[name])


def kinds_table() -> str:
    """Every kind with its group, in the order of the palette."""
    rows = [
        (card.group, f"[`{card.name}`]({card.name}.md)", card.title, card.help)
        for card in node_kinds()
    ]
    return _table(("group", "kind", "in the palette", "what it does"), rows)


def fields_table(config: type[BaseModel]) -> str:
    """The fields of a config, without those that every node or every caller has."""
    hidden = _shared(config)
    rows = [_row(config, name) for name in config.model_fields if name not in hidden]
    if not rows:
        return "It has no fields of its own.\n"
    return _table(("field", "in the form", "takes", "left out", "meaning"), rows)


def _shared(config: type[BaseModel]) -> set[str]:
    models = [m for m in SHARED.values() if issubclass(config, m) and m is not config]
    return {field for model in models for field in model.model_fields}


def _row(config: type[BaseModel], name: str) -> tuple[str, ...]:
    info = config.model_fields[name]
    shape = config.model_json_schema()["properties"][name]
    meaning = dict(meanings(config)).get(name, "")
    taken = MEANT.get(meaning) or " or ".join(dict.fromkeys(_taken(shape)))
    limits = "".join(f", {words} {limit:g}" for words, limit in _limits(shape))
    return f"`{name}`", info.title or "", taken + limits, _default(info), info.description or ""


def _taken(shape: Mapping[str, Any]) -> Iterator[str]:
    if "enum" in shape:
        yield ", ".join(f"`{choice}`" for choice in shape["enum"])
    elif "anyOf" in shape:
        for one in shape["anyOf"]:
            yield from _taken(one) if one.get("type") != "null" else ()
    else:
        yield TYPES.get(str(shape.get("type")), "any value")


def _limits(shape: Mapping[str, Any]) -> list[tuple[str, float]]:
    """The limits of a number, also of one that may be left out."""
    shapes: Sequence[Mapping[str, Any]] = [shape, *shape.get("anyOf", ())]
    return [(words, one[key]) for one in shapes for key, words in LIMITS.items() if key in one]


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "has to be given"
    value = info.get_default(call_default_factory=True)
    if value is None or value in ("", (), {}) or isinstance(value, BaseModel):
        return ""
    return f"`{value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}`"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    main()
