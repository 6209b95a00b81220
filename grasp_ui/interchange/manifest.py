"""The manifest: what an export holds and where it came from. It has no clock."""

import json
from importlib.metadata import PackageNotFoundError, version

from pydantic import Field

from grasp_ui.model.value import GraphVersion, JsonObject, RunId, Value


class WrittenFile(Value):
    """One file of the export; `rows` only where it has rows."""

    sha256: str
    bytes: int
    rows: int | None = None


class Manifest(Value):
    """Everything needed to say what an export is, or to make the same one again.

    `as_of` is the number of the last event that counted; None where the caller did not say.
    """

    program: str
    format: str
    config: JsonObject
    selection: JsonObject
    as_of: int | None = None
    graph_versions: tuple[GraphVersion, ...] = ()
    run_ids: tuple[RunId, ...] = ()
    counts: JsonObject
    files: dict[str, WrittenFile] = Field(default_factory=dict)

    def with_file(self, name: str, file: WrittenFile) -> "Manifest":
        """The same manifest with one more file."""
        return self.model_copy(update={"files": {**self.files, name: file}})

    def text(self) -> str:
        """The manifest as it stands in `manifest.json`."""
        told = self.model_dump(mode="json", exclude_none=True)
        return json.dumps(told, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def program_version() -> str:
    """Name and version of this program; without a number where it was never installed."""
    try:
        return f"grasp-ui {version('grasp-ui')}"
    except PackageNotFoundError:
        return "grasp-ui"
