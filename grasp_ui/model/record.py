"""A seed, and the record that it becomes when it passes through a graph."""

from pydantic import Field

from grasp_ui.model.value import JsonObject, RecordId, Value, identity

FORK = "/"
"""Stands between a record's id and the number of its fork."""


def fork_number(record_id: RecordId) -> int:
    """Which fork of its record a record is; 1 is the record itself.

    Example:
        >>> fork_number(RecordId("abc")), fork_number(RecordId("abc/3"))
        (1, 3)
    """
    return int(record_id.partition(FORK)[2] or 1)


class Seed(Value):
    """One row of input values; `index` counts records, not rows (rows are cycled)."""

    index: int
    row: JsonObject = Field(default_factory=dict)

    @property
    def record_id(self) -> RecordId:
        """Hash of row and index, without the run, so that runs can be paired by record."""
        return RecordId(identity("record", self.row, self.index))
