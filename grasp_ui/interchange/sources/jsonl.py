"""Rows from a file with one JSON object a line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NoReturn

from pydantic import Field

from grasp_ui.interchange.seed_source import Rows, SetAside, seed_source
from grasp_ui.interchange.text_file import NOT_UTF8, found_file, is_text, opened_text
from grasp_ui.model.value import JsonObject, Value
from grasp_ui.registry import Look


class JsonlConfig(Value):
    """Which file to read."""

    path: Annotated[
        str,
        Field(
            title="File",
            description="One JSON object a line, UTF-8. Relative to the graph's folder.",
            min_length=1,
        ),
    ] = "seeds.jsonl"


LOOK = Look("JSON lines", "A file with one JSON object a line.", icon="data_object")


@seed_source("jsonl", config=JsonlConfig, look=LOOK)
def jsonl(config: JsonlConfig, folder: Path) -> Rows:
    """One row for each line that is a JSON object; empty lines are skipped.

    Raises:
        UnreadableFile: no such file, an empty one, or no line of it is an object.
    """
    return Rows(_read(found_file(folder, config.path)), config.path)


def _read(file: Path) -> Iterator[JsonObject | SetAside]:
    with opened_text(file) as text:
        for number, line in enumerate(text, start=1):
            if line.strip():
                yield _row(number, line)


def _row(number: int, line: str) -> JsonObject | SetAside:
    if not is_text(line):
        return SetAside(number, NOT_UTF8)
    try:
        row = json.loads(line, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        return SetAside(number, f"not JSON ({error.msg} at character {error.pos + 1})")
    except (ValueError, RecursionError) as error:
        return SetAside(number, f"not JSON ({error})")
    if not isinstance(row, dict):
        return SetAside(number, f"a JSON {_kind(row)}, not an object")
    if not is_text(json.dumps(row, ensure_ascii=False)):
        return SetAside(number, "it holds half of a surrogate pair")
    return row


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _kind(found: object) -> str:
    names = {list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(found), "number")
