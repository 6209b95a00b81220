"""Rows from a table in a text file."""

import csv as tables
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.seed_source import Place, Rows, SetAside, SourceConfig, seed_source
from grasp_ui.interchange.text_file import (
    NOT_UTF8,
    FoundFile,
    found_text_files,
    is_text,
    named,
    opened_text,
)
from grasp_ui.model.fields import Lines
from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Look

DELIMITERS = {",": "','", ";": "';'", "\t": "a tab", "|": "'|'"}
LONGEST_FIELD = 64 * 1024 * 1024


class CsvConfig(SourceConfig):
    """Which file to read, and what stands between its values."""

    path: Annotated[
        str,
        Field(
            title="File",
            description="A table whose first line names the columns, UTF-8, also packed (.gz). "
            "Relative to the graph's folder; a pattern such as rows/*.csv reads all files that "
            "match, by name.",
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
    numbers: Annotated[
        Lines,
        Field(
            title="Numbers",
            description="Columns that hold numbers; all others are text. An empty value is "
            "nothing.",
        ),
    ] = ()


LOOK = Look("CSV file", "A table whose first line names the columns.", icon="table")


@seed_source("csv", config=CsvConfig, look=LOOK)
def csv(config: CsvConfig, place: Place) -> Rows:
    """One row for each line below the header, empty ones aside.

    Values are texts, those of the columns in `numbers` numbers.

    Raises:
        UnreadableFile: no such file, an empty one, or a header that does not name columns.
    """
    return Rows(_read_all(found_text_files(place.folder, config.path), config), config.path)


def _read_all(files: list[FoundFile], config: CsvConfig) -> Iterator[JsonObject | SetAside]:
    for file in files:
        for row in _read(file, config):
            if isinstance(row, SetAside):
                yield SetAside(row.line, row.reason, named(files, file))
            else:
                yield row


def _read(file: FoundFile, config: CsvConfig) -> Iterator[JsonObject | SetAside]:
    # The limit is the process's, not the reader's; its default would refuse a long document.
    tables.field_size_limit(LONGEST_FIELD)
    with opened_text(file) as text:
        lines = tables.reader(text, delimiter=config.delimiter, strict=True)
        header = _header(lines, config, file.name)
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
                yield _row(start, header, values, config.numbers)


def _header(lines: Iterator[list[str]], config: CsvConfig, file: str) -> list[str]:
    try:
        names = next((values for values in lines if any(values)), [])
    except tables.Error as error:
        raise UnreadableFile(
            f"The first line of {file} does not name columns ({error})."
        ) from error
    if not is_text("".join(names)):
        raise UnreadableFile(f"{file}, line 1: {NOT_UTF8}. Save the file as UTF-8.")
    names = [name.strip() for name in names]
    fault = (
        _wrong_delimiter(names, config.delimiter)
        or _wrong_names(names)
        or _missing(config.numbers, names)
    )
    if fault:
        raise UnreadableFile(f"{file}, line 1: {fault}")
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


def _missing(numbers: Sequence[str], names: Sequence[str]) -> str:
    strange = next((name for name in numbers if name not in names), None)
    if strange is None:
        return ""
    return f"there is no column '{strange}' for `numbers`; it has {', '.join(names)}."


def _row(
    number: int, header: Sequence[str], values: Sequence[str], numbers: Sequence[str]
) -> JsonObject | SetAside:
    if len(values) != len(header):
        found = f"{len(values)} value{'s' * (len(values) != 1)}"
        return SetAside(number, f"{found} for {len(header)} columns")
    if not is_text("".join(values)):
        return SetAside(number, NOT_UTF8)
    row: JsonObject = dict(zip(header, values, strict=True))
    for name in numbers:
        try:
            row[name] = _number(row[name])
        except ValueError:
            return SetAside(number, f"'{name}' is no number: {row[name]!r}")
    return row


def _number(text: str) -> int | float | None:
    """The number that `text` says; nothing where it is empty."""
    if not text.strip():
        return None
    try:
        return int(text)
    except ValueError:
        value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value
