"""Generated text made safe to show: nothing runs, loads or leads away.

Markdown reads a link, an image or a tag only where certain marks touch each other. An invisible
word joiner between them breaks every one of these, inside and outside of code, whatever the
parser makes of the rest. Fenced code is given apart, exactly as it is.
"""

import re
from collections.abc import Iterator
from typing import Literal

JOINER = "\u2060"
_MARKS = re.compile(
    r"""
      (?<=\])(?=[(\[:])             # links, images, references, definitions
    | (?<=<)(?=[A-Za-z/!?])         # tags, comments, <scheme:…>
    | (?<=:)(?=//)                  # bare addresses
    | (?<=www)(?=\.)
    | (?<=\S)(?=@\S)                # mail addresses
    | (?<=:)(?=[\w+./-]+[:\[])      # the page's own :icons: and :colour[…]
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})([^`\n]*)$")
_MATH = re.compile(r"(?<![\\$])\$(?![\s$])(?:[^$\n]*[^\s$\\])\$(?![\d$])")
_SURROGATES = re.compile("[\ud800-\udfff]")
Block = tuple[Literal["text", "code"], str, str]


def blocks(text: str) -> Iterator[Block]:
    r"""Split generated `text` into what is drawn as Markdown and what is fenced code.

    Yields:
        `("text", neutral Markdown, "")` or `("code", code as it is, its language)`, in order.

    Example:
        >>> [kind for kind, *_ in blocks("Look:\n```py\nx[0](1)\n```\nDone.")]
        ['text', 'code', 'text']
    """
    lines: list[str] = []
    fence = language = ""
    for line in _SURROGATES.sub("\ufffd", text).split("\n"):
        mark = _FENCE.match(line)
        if not fence and mark:
            yield from _text(lines)
            lines, fence, language = [], mark[1], mark[2].strip().lower()
        elif fence and _closes(line, fence):
            yield "code", "\n".join(lines), language
            lines, fence = [], ""
        else:
            lines.append(line)
    if fence:
        yield "code", "\n".join(lines), language
    else:
        yield from _text(lines)


def neutral(text: str) -> str:
    """`text` as Markdown without links, images, HTML or addresses.

    Example:
        >>> neutral("![x](http://a.b/c.png)").replace(JOINER, "~")
        '![x]~(http:~//a.b/c.png)'
    """
    return _MARKS.sub(JOINER, _plain_dollars(text))


def literal(text: str) -> str:
    r"""`text` in one paragraph, each mark as it is: for titles, names and messages.

    Example:
        >>> literal("*a* [b](c)").replace(JOINER, "~")
        '\\*a\\* \\[b\\]~(c)'
    """
    flat = " ".join(_SURROGATES.sub("\ufffd", text).split())
    return re.sub(r"([\\`*_\[\]#|~$<>])", r"\\\1", _MARKS.sub(JOINER, flat))


def one_line(text: str, limit: int = 120) -> str:
    """The beginning of `text` in one line, for tables and labels."""
    flat = " ".join(_SURROGATES.sub("\ufffd", text).split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1]}…"


def _text(lines: list[str]) -> Iterator[Block]:
    text = "\n".join(lines)
    if text.strip():
        yield "text", neutral(text), ""


def _closes(line: str, fence: str) -> bool:
    stripped = line.strip()
    return len(stripped) >= len(fence) and set(stripped) == {fence[0]}


def _plain_dollars(text: str) -> str:
    parts, at = [], 0
    for formula in _MATH.finditer(text):
        parts += [_escaped(text[at : formula.start()]), formula[0]]
        at = formula.end()
    return "".join([*parts, _escaped(text[at:])])


def _escaped(text: str) -> str:
    return re.sub(r"(?<![\\$])\$(?!\$)", r"\\$", text)
