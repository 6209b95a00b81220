"""Import formats: how conversations from elsewhere are recognised and read."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from grasp_ui.interchange.jsonfile import Items
from grasp_ui.interchange.rows import SetAside
from grasp_ui.model.event import RecordResult
from grasp_ui.model.value import JsonObject, Value
from grasp_ui.registry import Look, Registry

LOOKED_AT = 100
"""Items at a file's beginning by which its format is recognised."""


class ImportConfig(Value):
    """What every format's config is."""

    @classmethod
    def layout_of(cls, item: JsonObject) -> str:
        """Which layout of the format `item` has; empty where it is none of the format's."""
        return ""


@dataclass
class Intake:
    """What a reader has met so far.

    Attributes:
        expected: how many messages there are in all; 0 until that is known.
        read: messages, and items in which no message was found.
        repeated: messages that were there already, word by word, in the same file.
        layouts: messages by the layout in which they came.
        passed_over: values beside the texts that could not be understood, by reason.
    """

    expected: int = 0
    read: int = 0
    repeated: int = 0
    layouts: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Imported:
    """A whole conversation with what was said of it; `line` is where it begins."""

    result: RecordResult
    line: int


@dataclass(frozen=True, slots=True)
class Recognised:
    """The format of a file, and how many of its first items have which layout."""

    format: str
    layouts: Counter[str]


Reader = Callable[[Any, Items, Intake], Iterator[Imported | SetAside]]
IMPORT_FORMATS: Registry[Reader] = Registry("import format")


def import_format(
    name: str, *, config: type[ImportConfig], look: Look
) -> Callable[[Reader], Reader]:
    """Register a generator: `reader(config, items, intake)` gives conversations.

    `items` may be gone through more than once. Each message that is read is in exactly one
    conversation, set aside with its line and the reason, or counted as repeated. Ids of
    conversations follow from the format and the ids in the file, so that what is imported
    again is known again. `config.layout_of` says what the format recognises as its own.
    """
    return IMPORT_FORMATS.part(name, config=config, look=look)


def recognised(items: Items) -> Recognised | None:
    """The format that knows most of the first items; None where none knows any."""
    first = [item for _, item in islice(items(), LOOKED_AT) if isinstance(item, dict)]
    found = [Recognised(part.name, _layouts(part.config, first)) for part in IMPORT_FORMATS]
    best = max(found, key=lambda one: one.layouts.total(), default=None)
    return best if best and best.layouts else None


def _layouts(config: type[Any], items: list[JsonObject]) -> Counter[str]:
    named = (config.layout_of(item) for item in items)
    return Counter(name for name in named if name)
