"""Seed sources: where the rows that a graph starts from are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from grasp_ui.errors import UnreadableFile
from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Look, Registry


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line that could not be read as a row; `line` counts from 1."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass
class Rows(Iterator[JsonObject]):
    """The good rows, one by one; what was set aside so far is in `set_aside`.

    Raises:
        UnreadableFile: at the end, where lines of `place` were set aside and none was good.

    Example:
        >>> rows = Rows(iter([{"topic": "tea"}, SetAside(2, "not JSON")]))
        >>> list(rows), [str(bad) for bad in rows.set_aside]
        ([{'topic': 'tea'}], ['line 2: not JSON'])
    """

    items: Iterator[JsonObject | SetAside]
    place: str = "the rows"
    set_aside: list[SetAside] = field(default_factory=list)
    given: int = 0

    def __next__(self) -> JsonObject:
        for item in self.items:
            if not isinstance(item, SetAside):
                self.given += 1
                return item
            self.set_aside.append(item)
        if self.set_aside and not self.given:
            raise UnreadableFile(
                f"None of the {len(self.set_aside)} lines of {self.place} can be read as a row; "
                f"{self.set_aside[0]}. Mend the file, or choose the source that fits it."
            )
        raise StopIteration


Source = Callable[[Any, Path], Rows]
SEED_SOURCES: Registry[Source] = Registry("seed source")


def seed_source(name: str, *, config: type[BaseModel], look: Look) -> Callable[[Source], Source]:
    """Register a function that reads rows: `source(config, folder) -> Rows`.

    Paths in the config are relative to `folder`. What is wrong with the file as a whole is an
    `UnreadableFile`; what is wrong with one line is set aside.
    """
    return SEED_SOURCES.part(name, config=config, look=look)


def columns(name: str, config: BaseModel, folder: Path) -> tuple[str, ...]:
    """The keys of the first row that source `name` gives; empty where it gives none.

    Raises:
        UnknownName: there is no such source.
        UnreadableFile: the file cannot be read.
    """
    return tuple(next(SEED_SOURCES[name].deed(config, folder), {}))
