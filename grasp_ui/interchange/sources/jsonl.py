"""Rows from a file with one JSON object a line."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from grasp_ui.interchange.jsonrow import row_of
from grasp_ui.interchange.seed_source import Place, Rows, SetAside, SourceConfig, seed_source
from grasp_ui.interchange.text_file import FoundFile, found_text_files, named, opened_text
from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Look


class JsonlConfig(SourceConfig):
    """Which file to read."""

    path: Annotated[
        str,
        Field(
            title="File",
            description="One JSON object a line, UTF-8, also packed (.gz). Relative to the graph's "
            "folder; a pattern such as rows/*.jsonl reads all files that match, by name.",
            min_length=1,
        ),
    ] = "seeds.jsonl"


LOOK = Look("JSON lines", "A file with one JSON object a line.", icon="data_object")


@seed_source("jsonl", config=JsonlConfig, look=LOOK)
def jsonl(config: JsonlConfig, place: Place) -> Rows:
    """One row for each line that is a JSON object; empty lines are skipped.

    Raises:
        UnreadableFile: no such file, an empty one, or no line of it is an object.
    """
    return Rows(_read(found_text_files(place.folder, config.path)), config.path)


def _read(files: list[FoundFile]) -> Iterator[JsonObject | SetAside]:
    for file in files:
        with opened_text(file) as text:
            lines = ((number, line) for number, line in enumerate(text, start=1) if line.strip())
            yield from (row_of(line, number, named(files, file)) for number, line in lines)
