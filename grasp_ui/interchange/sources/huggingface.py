"""Rows of a data set on the Hugging Face hub, or of a folder laid out like one."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Annotated, Any

from pydantic import Field

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.seed_source import ColumnsUnknown, Place, Rows, SourceConfig, seed_source
from grasp_ui.model.jsonvalue import json_value
from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Look

INSTALL = "pip install datasets"


class HuggingFaceConfig(SourceConfig):
    """Which data set, and what of it."""

    name: Annotated[
        str,
        Field(
            title="Data set",
            description="OWNER/NAME on the hub, or a folder of data files relative to the "
            "graph's. A name of the hub is fetched over the network when a run begins.",
            min_length=1,
        ),
    ] = "HuggingFaceH4/no_robots"
    subset: Annotated[
        str, Field(title="Subset", description="Where the data set has several. Empty: its own.")
    ] = ""
    split: Annotated[str, Field(title="Split", min_length=1)] = "train"
    revision: Annotated[
        str, Field(title="Revision", description="A commit or tag, so that it stays the same.")
    ] = ""


LOOK = Look("Hugging Face", "A data set of the hub, by name.", icon="hub")


@seed_source("huggingface", config=HuggingFaceConfig, look=LOOK)
def huggingface(config: HuggingFaceConfig, place: Place) -> Rows:
    """One row for each example of the split, streamed as it is used.

    The columns are not known before a run: finding them out would ask the network at each edit.

    Raises:
        UnreadableFile: `datasets` is not installed, or there is no such data set.
    """
    if find_spec("datasets") is None:
        raise UnreadableFile(
            f"Data sets of Hugging Face need the package `datasets`. Install it: {INSTALL}"
        )
    if place.only_columns:
        raise ColumnsUnknown(f"The columns of {config.name} are known when a run begins.")
    return Rows(_read(config, place), config.name)


def _read(config: HuggingFaceConfig, place: Place) -> Iterator[JsonObject]:
    for example in _loaded(config, place):
        yield json_value(example)


def _loaded(config: HuggingFaceConfig, place: Place) -> Any:
    # Imported late: it takes seconds, and is an optional package.
    import datasets

    local = place.folder / config.name
    try:
        return datasets.load_dataset(
            str(local) if local.is_dir() else config.name,
            config.subset or None,
            split=config.split,
            revision=config.revision or None,
            streaming=True,
        )
    except (OSError, ValueError, datasets.exceptions.DatasetsError) as error:
        reason = str(error).splitlines()[0]
        raise UnreadableFile(
            f"The data set {config.name} (split {config.split}) cannot be read: {reason} "
            "Check name, subset and split, and the network."
        ) from error
