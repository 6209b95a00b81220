"""Rows from Parquet files, a piece of a row group at a time."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.seed_source import Place, Rows, SourceConfig, seed_source
from grasp_ui.interchange.text_file import FoundFile, found_files
from grasp_ui.model.fields import Lines
from grasp_ui.model.jsonvalue import json_value
from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Look

_AT_ONCE = 256
_BUFFER = 1024 * 1024


class ParquetConfig(SourceConfig):
    """Which file to read, and which of its columns."""

    path: Annotated[
        str,
        Field(
            title="File",
            description="A Parquet file. Relative to the graph's folder; a pattern such as "
            "rows/*.parquet reads all files that match, by name.",
            min_length=1,
        ),
    ] = "seeds.parquet"
    columns: Annotated[
        Lines, Field(title="Columns", description="Only these are read. Empty: all.")
    ] = ()


LOOK = Look("Parquet", "Columns of Parquet files; nested ones become objects.", icon="table_chart")


@seed_source("parquet", config=ParquetConfig, look=LOOK)
def parquet(config: ParquetConfig, place: Place) -> Rows:
    """One row for each row of the table, nested columns and times as JSON has them.

    Raises:
        UnreadableFile: no such file, it is no Parquet, or lacks a column that is asked for.
    """
    files = found_files(place.folder, config.path)
    return Rows(_read(files, list(config.columns)), config.path)


def _read(files: list[FoundFile], columns: list[str]) -> Iterator[JsonObject]:
    # Imported late: every graph loads this part, and few read Parquet.
    import pyarrow as pa

    for file in files:
        try:
            yield from _rows_of(file, columns)
        except (pa.ArrowException, OSError) as error:
            reason = str(error).splitlines()[0]
            raise UnreadableFile(
                f"{file.name} cannot be read as Parquet: {reason} Check that it is whole."
            ) from error


def _rows_of(file: FoundFile, columns: list[str]) -> Iterator[JsonObject]:
    # Imported late, as above.
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    with ParquetFile(file.path, buffer_size=_BUFFER, pre_buffer=False) as table:
        names = table.schema_arrow.names
        strange = next((name for name in columns if name not in names), None)
        if strange is not None:
            raise UnreadableFile(
                f"{file.name} has no column '{strange}'; it has {', '.join(names)}."
            )
        batches = table.iter_batches(_AT_ONCE, columns=columns or None, use_threads=False)
        for batch in batches:
            for row in _readable(batch, pa).to_pylist(maps_as_pydicts="lossy"):
                yield json_value(row)


def _readable(batch: Any, pa: Any) -> Any:
    """`batch` in types that have a Python value: nanoseconds are rounded off."""
    for place, kind in enumerate(batch.schema):
        if pa.types.is_timestamp(kind.type) and kind.type.unit == "ns":
            coarse = batch.column(place).cast(pa.timestamp("us", tz=kind.type.tz), safe=False)
            batch = batch.set_column(place, kind.name, coarse)
    return batch
