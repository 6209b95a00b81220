"""Code in fences: the blocks that are closed, and the fence that is not."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from grasp_ui.tagging.wording import has_fence

FENCE_LINE = re.compile(r"(?:[ \t>]|[-*+] |\d{1,3}[.)] )*(`{3,}|~{3,})([^\n]*)")
BLOCK = re.compile(
    r"^(?P<before>(?:[ \t>]|[-*+] |\d{1,3}[.)] )*)(?P<sign>`{3,}"
    r"|~{3,})[ \t]*(?P<called>[\w+-]*)[^\n`]*\n"
    r"(?P<text>.*?)^[ \t>]*(?P=sign)",
    re.M | re.S,
)
FENCE_SIGN = re.compile(r"`{3,}|~{3,}")


class Block(NamedTuple):
    """A fenced block: what stands in it, and where that begins."""

    text: str
    start: int


def blocks_of(text: str, names: tuple[str, ...]) -> Iterator[Block]:
    r"""The closed blocks of `text` that are called one of `names`, in whatever case.

    Example:
        >>> list(blocks_of("So:\n```py\nprint()\n```", ("py",)))
        [Block(text='print()\n', start=10)]
    """
    if not has_fence(text):
        return
    low = text.lower()
    if not any(f"`{name}" in low or f"~{name}" in low for name in names):
        return
    for found in BLOCK.finditer(text):
        if found["called"].lower() in names:
            yield Block(found["text"], found.start("text"))


def open_fence(text: str) -> tuple[int, int] | None:
    r"""Where the code fence stands that is never closed; None where all are closed.

    An odd number of fences is asked for too: a fence that is closed in an untidy way is not open.

    Example:
        >>> open_fence("So:\n```\nprint()"), open_fence("```\na\n``` So.")
        ((4, 7), None)
    """
    if not has_fence(text):
        return None
    is_odd = len(FENCE_SIGN.findall(text)) % 2
    return _last_open(text) if is_odd else None


def _last_open(text: str) -> tuple[int, int] | None:
    sign, place, start = "", (0, 0), 0
    for line in text.split("\n"):
        found = FENCE_LINE.match(line)
        if found and not sign and found[1][0] not in found[2]:
            sign, place = found[1], (start + found.start(1), start + found.end(1))
        elif found and sign and found[1].startswith(sign) and not found[2].strip():
            sign = ""
        start += len(line) + 1
    return place if sign else None
