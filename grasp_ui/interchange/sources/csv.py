"""Rows from a table in a text file."""

import csv as tables
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.seed_source import Rows, SetAside, seed_source
from grasp_ui.interchange.text_file import NOT_UTF8, found_file, is_text, opened_text
from grasp_ui.model.value import JsonObject, Value
from grasp_ui.registry import Look

DELIMITERS = {",": "','", ";": "';'", "\t": "a tab", "|": "'|'"}
LONGEST_FIELD = 64 * 1024 * 1024


class CsvConfig(Value):
    """Which file to read, and what stands between its values."""

    path: Annotated[
        str,
        Field(
            title="File",
            description="A table whose first line names the columns, UTF-8. "
            "Relative to the graph's folder.",
            min_length=1,
        ),
    ] = "seeds.csv"
    delimiter: Annotated[
        str,
        Field(
            title="Delimiter",
            description="What stands between two values: one character.",
            min_length=1,
            max_length=1,
            pattern=r'^[^"\r\n]$',
        ),
    ] = ","


LOOK = Look("CSV file", "A table whose first line names the columns.", icon="table")


@seed_source("csv", config=CsvConfig, look=LOOK)
def csv(config: CsvConfig, folder: Path) -> Rows:
    """One row for each line below the header, empty ones aside; all values are text.

    Raises:
        UnreadableFile: no such file, an empty one, or a header that does not name columns.
    """
    return Rows(_read(found_file(folder, config.path), config), config.path)


def _read(file: Path, config: CsvConfig) -> Iterator[JsonObject | SetAside]:
    # The limit is the process's, not the reader's; its default would refuse a long document.
    tables.field_size_limit(LONGEST_FIELD)
    with opened_text(file) as text:
        lines = tables.reader(text, delimiter=config.delimiter, strict=True)
        header = _header(lines, config)
        while True:
            start = lines.line_num + 1
            try:
                values = next(lines)
            except StopIteration:
                return
            except tables.Error as error:
                yield SetAside(start, f"not a line of a table ({error})")
                continue
            if values:
                yield _row(start, header, values)


def _header(lines: Iterator[list[str]], config: CsvConfig) -> list[str]:
    try:
        names = next((values for values in lines if any(values)), [])
    except tables.Error as error:
        raise UnreadableFile(
            f"The first line of {config.path} does not name columns ({error})."
        ) from error
    if not is_text("".join(names)):
        raise UnreadableFile(f"{config.path}, line 1: {NOT_UTF8}. Save the file as UTF-8.")
    names = [name.strip() for name in names]
    fault = _wrong_delimiter(names, config.delimiter) or _wrong_names(names)
    if fault:
        raise UnreadableFile(f"{config.path}, line 1: {fault}")
    return names


def _wrong_delimiter(names: Sequence[str], delimiter: str) -> str:
    if len(names) != 1:
        return ""
    counts = {other: names[0].count(other) for other in DELIMITERS if other != delimiter}
    likely = max(counts, key=lambda other: counts[other])
    if not counts[likely]:
        return ""
    shown = DELIMITERS.get(delimiter, delimiter)
    return (
        f"one column, {names[0]!r}, was found with the delimiter {shown}. "
        f"Set the delimiter to {DELIMITERS[likely]}."
    )


def _wrong_names(names: Sequence[str]) -> str:
    if "" in names:
        return f"column {names.index('') + 1} has no name. Give every column a name."
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        return f"two columns are named '{twice[0]}'. Rename one of them."
    return ""


def _row(number: int, header: Sequence[str], values: Sequence[str]) -> JsonObject | SetAside:
    if len(values) != len(header):
        found = f"{len(values)} value{'s' * (len(values) != 1)}"
        return SetAside(number, f"{found} for {len(header)} columns")
    if not is_text("".join(values)):
        return SetAside(number, NOT_UTF8)
    return dict(zip(header, values, strict=True))
