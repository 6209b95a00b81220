"""Rows from a JSON file: a list of objects, alone or under a key."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from grasp_ui.interchange.jsonrow import object_of
from grasp_ui.interchange.jsonstream import items_of_list
from grasp_ui.interchange.seed_source import Place, Rows, SetAside, SourceConfig, seed_source
from grasp_ui.interchange.text_file import FoundFile, found_text_files, named, opened_text
from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Look


class JsonConfig(SourceConfig):
    """Which file to read, and where in it the list is."""

    path: Annotated[
        str,
        Field(
            title="File",
            description="A list of JSON objects, UTF-8, also packed (.gz). Relative to the "
            "graph's folder; a pattern such as rows/*.json reads all files that match, by name.",
            min_length=1,
        ),
    ] = "seeds.json"
    key: Annotated[
        str,
        Field(
            title="Key of the list",
            description="Where the file holds an object: the key of its list, with dots for "
            "inner ones, as in result.rows. Empty: the file is a list.",
        ),
    ] = ""


LOOK = Look("JSON file", "A list of JSON objects, alone or under a key.", icon="data_array")


@seed_source("json", config=JsonConfig, look=LOOK)
def json(config: JsonConfig, place: Place) -> Rows:
    """One row for each object of the list, read one by one; other items are set aside.

    Raises:
        UnreadableFile: no such file, an empty one, or no list is where it should be.
    """
    return Rows(_read(found_text_files(place.folder, config.path), config.key), config.path)


def _read(files: list[FoundFile], key: str) -> Iterator[JsonObject | SetAside]:
    for file in files:
        with opened_text(file) as text:
            for line, item in items_of_list(text, file.name, key):
                yield object_of(item, line, named(files, file))
