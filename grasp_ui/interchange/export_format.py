"""Export formats: what one conversation becomes in the file of one trainer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import JsonObject, Value
from grasp_ui.registry import Look, Registry


class ExportConfig(Value):
    """What every format's config is; `usage` is code for the card that loads it."""

    usage: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Made:
    """What one conversation became: its rows, and why the rest of it was left out.

    Without rows the first reason is why the conversation was dropped. `figures` names what is
    counted of the rows, once for each.
    """

    rows: tuple[JsonObject, ...] = ()
    left_out: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


Format = Callable[[Any, TaggedConversation], Made]
EXPORT_FORMATS: Registry[Format] = Registry("export format")


def export_format(
    name: str, *, config: type[ExportConfig], look: Look
) -> Callable[[Format], Format]:
    """Register a pure function: `format(config, tagged)` gives a conversation's rows.

    It returns rows, or the reason why there are none; `export.py` streams, counts and writes.
    """
    return EXPORT_FORMATS.part(name, config=config, look=look)


def in_words(reasons: tuple[str, ...]) -> str:
    """A verdict's reasons without the names of people: they end up in published files.

    Example:
        >>> in_words(("repetition", "rejected by Ann"))
        'repetition, rejected by a person'
    """
    said = {
        "rejected by": "rejected by a person",
        "split:": "reviewers are split",
    }
    plain = [
        next((words for begin, words in said.items() if reason.startswith(begin)), reason)
        for reason in reasons
    ]
    return ", ".join(dict.fromkeys(plain))
