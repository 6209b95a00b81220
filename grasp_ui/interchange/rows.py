"""Rows as they are read: the good ones in a stream, what was no row set aside."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from grasp_ui.errors import UnreadableFile
from grasp_ui.model.value import JsonObject


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line or row that could not be used; `line` counts from 1, in `place` if named."""

    line: int
    reason: str
    place: str = ""
    unit: Literal["line", "row"] = "line"

    def __str__(self) -> str:
        place = f"{self.place}, " if self.place else ""
        return f"{place}{self.unit} {self.line}: {self.reason}"


@dataclass
class Rows(Iterator[JsonObject]):
    """The good rows, one by one; `set_aside` are those set aside and not yet told.

    Raises:
        UnreadableFile: at the end, where something of `place` was set aside and no row was good.

    Example:
        >>> rows = Rows(iter([{"topic": "tea"}, SetAside(2, "not JSON")]))
        >>> list(rows), [str(bad) for bad in rows.set_aside]
        ([{'topic': 'tea'}], ['line 2: not JSON'])
    """

    items: Iterator[JsonObject | SetAside]
    place: str = "the rows"
    set_aside: list[SetAside] = field(default_factory=list)
    given: int = 0
    refused: int = 0
    first_refused: SetAside | None = None

    def __next__(self) -> JsonObject:
        for item in self.items:
            if not isinstance(item, SetAside):
                self.given += 1
                return item
            self.refused += 1
            self.first_refused = self.first_refused or item
            self.set_aside.append(item)
        if self.first_refused and not self.given:
            raise UnreadableFile(self._none_is_good(self.first_refused))
        raise StopIteration

    def newly_set_aside(self) -> list[SetAside]:
        """What was set aside since this was last asked; it is forgotten then."""
        told = list(self.set_aside)
        self.set_aside.clear()
        return told

    def _none_is_good(self, first: SetAside) -> str:
        counted = f"None of the {self.refused} {first.unit}s of {self.place}"
        if first.unit == "row":
            return f"{counted} can be used; {first}. Mend the rows, or the `transform`."
        return (
            f"{counted} can be read as a row; {first}. "
            "Mend the file, or choose the source that fits it."
        )
