"""What nodes that work on a text have in common: where the text comes from."""

from collections.abc import Callable, Sequence
from typing import Annotated, Literal

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import NodeConfig
from grasp_ui.engine.progress import RecordFailed
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import PromptText

Which = Literal["first", "last", "all"]
Missing = Annotated[
    Literal["fail", "empty"],
    Field(
        title="Where nothing is found",
        description="`fail`: the record fails. `empty`: an empty value is written.",
    ),
]
Fewest = Annotated[
    int,
    Field(ge=0, le=1000, title="Fewest", description="A list with fewer items fails the record."),
]
LONGEST_SHOWN = 80


class TextConfig(NodeConfig):
    """A node that works on one text."""

    text: Annotated[
        PromptText,
        Field(title="Text", description="What it works on. Empty: the last message."),
    ] = ""

    def needs_message(self) -> bool:
        """Whether it reads the last message."""
        return not self.text


def text_reader(config: TextConfig, bench: Bench) -> Callable[[Visit], str]:
    """A function that gives a visit's text: what is written, else the last message.

    It raises `RecordFailed` (`no_message`) where nothing was said yet.
    """
    if config.text:
        written = bench.text(config.text)
        return lambda visit: written(visit.variables)

    def last_message(visit: Visit) -> str:
        if visit.tip is None:
            raise RecordFailed(
                "no_message",
                f"No message was said before '{visit.node.name}' reads the last one. "
                'Put a turn before it, or say what it reads: `text: "{variable}"`.',
            )
        return visit.tip.content

    return last_message


def enough(found: Sequence[object], fewest: int, what: str, text: str) -> None:
    """See to it that there are as many items as are wanted.

    Raises:
        RecordFailed: there are fewer (`too_few`).
    """
    if len(found) < fewest:
        raise RecordFailed(
            "too_few", f"{len(found)} {what} of at least {fewest} were found in {excerpt(text)}."
        )


def excerpt(text: str) -> str:
    r"""`text` as a message shows it: in quotes, on one line, cut off where it is long.

    Example:
        >>> excerpt("a\nb"), len(excerpt("a" * 200))
        ("'a b'", 82)
    """
    line = " ".join(text[: 4 * LONGEST_SHOWN].split())
    return f"'{line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + '…'}'"
