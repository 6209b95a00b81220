"""Answers whose form is broken: fences, formulas, JSON."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from grasp_ui.model.conversation import Thread
from grasp_ui.registry import Look
from grasp_ui.tagging.fences import Block, blocks_of, open_fence
from grasp_ui.tagging.heuristic import (
    Finding,
    HeuristicConfig,
    Measured,
    answers,
    finding,
    heuristic,
)
from grasp_ui.tagging.wording import without_inline_code

GROUP = "Broken form"
LINE_BREAK = re.compile(r"\\\\(?:\[[\d.]+\s*(?:pt|em|ex|mm|cm)\])?")
ESCAPED_BRACE = re.compile(r"\\[{}]")
ENVIRONMENT = re.compile(r"\\(begin|end)\{([a-zA-Z]+\*?)\}")
# \left and \right stretch a bracket; \leftarrow and its kin are signs of their own.
STRETCHED = re.compile(r"\\(left|right)(?![a-zA-Z])")
FORMULA = re.compile(
    r"\$\$(.+?)\$\$|\\\[(.+?)\\\]|\\\((.+?)\\\)|\$([^$\n]*\\[a-zA-Z][^$\n]*)\$", re.S
)
LIKE_TEX = re.compile(r"\\[a-zA-Z]|[\^_]\{?\w|\w\s*=")
# What is left out, or filled in by the reader, is no JSON and need not be.
ELISION = re.compile(r"\.\.\.|…|\{\{|:\s*<[^>\n]+>|^\s*<[^>\n]+>\s*,?$|\$\{", re.M)
JSON_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|(?://|#)[^\n]*|/\*.*?\*/', re.S)


class BrokenFormConfig(HeuristicConfig):
    """These rules have no thresholds."""


def _look(title: str, help_text: str) -> Look:
    return Look(title, help_text, group=GROUP, icon="broken_image")


@heuristic(
    "code_fence_odd",
    config=BrokenFormConfig,
    look=_look("Open code fence", "A code fence is never closed."),
)
def code_fence_odd(config: BrokenFormConfig, thread: Thread) -> Iterator[Finding]:
    """Each answer with an odd number of code fences, of which one is left open.

    A fence begins a line (in a list or a quotation too) with three or more backticks or tildes,
    and is closed by at least as many (CommonMark 0.31, section 4.5). What stands in a longer
    fence is not a fence.
    """
    for _, answer in answers(thread):
        fence = open_fence(answer.content)
        if fence is not None:
            yield finding(answer, Measured("code fences left open", 1, 0, fence))


@heuristic(
    "latex_unbalanced",
    config=BrokenFormConfig,
    look=_look("Broken formula", "A formula is not closed, or its braces do not match."),
)
def latex_unbalanced(config: BrokenFormConfig, thread: Thread) -> Iterator[Finding]:
    r"""Each answer with TeX that does not close what it opens; code does not count.

    In this order: `\[ \]`, `\( \)`, `\begin \end` by name, `\left \right`, an odd `$$` with a
    formula behind it, and braces within a formula. A single `$` is mostly money.
    """
    for _, answer in answers(thread):
        if "\\" in answer.content or "$$" in answer.content:
            broken = next(_unbalanced(without_inline_code(answer.content)), None)
            if broken is not None:
                yield finding(answer, broken)


def _unbalanced(text: str) -> Iterator[Measured]:
    text = LINE_BREAK.sub(lambda found: " " * len(found.group()), text)
    for opening, closing in (("\\[", "\\]"), ("\\(", "\\)")):
        number = text.count(opening) - text.count(closing)
        yield from _odd(text, opening if number > 0 else closing, number)
    environments = Counter[str]()
    for kind, name in ENVIRONMENT.findall(text):
        environments[name] += 1 if kind == "begin" else -1
    for name, open_ones in environments.items():
        yield from _odd(text, f"{{{name}}}", open_ones)
    sides = Counter(STRETCHED.findall(text))
    number = sides["left"] - sides["right"]
    yield from _odd(text, "\\left" if number > 0 else "\\right", number)
    last = text.rfind("$$")
    if text.count("$$") % 2 and LIKE_TEX.search(text[last:]):
        yield from _odd(text, "$$", 1)
    yield from _braces(text)


def _odd(text: str, sign: str, number: int) -> Iterator[Measured]:
    if number:
        place = text.rfind(sign)
        yield Measured(f"unmatched {sign}", abs(number), 0, (place, place + len(sign)))


def _braces(text: str) -> Iterator[Measured]:
    for found in FORMULA.finditer(text):
        formula = ESCAPED_BRACE.sub("", found.group())
        number = formula.count("{") - formula.count("}")
        if number:
            yield Measured("unmatched braces in a formula", abs(number), 0, found.span())


@heuristic(
    "json_block_invalid",
    config=BrokenFormConfig,
    look=_look("Broken JSON", "A block of JSON cannot be read as JSON."),
)
def json_block_invalid(config: BrokenFormConfig, thread: Thread) -> Iterator[Finding]:
    """Each answer with a fenced block called `json` that is none.

    JSON Lines, several values in a row and parts of an object (`"id": 7,`) are let pass, and so
    are comments, and blocks that leave something out (`...`) or to the reader (`<your id>`).
    """
    for _, answer in answers(thread):
        for block in blocks_of(answer.content, ("json", "jsonl")):
            place = _faulty_json_at(block)
            if place is not None:
                span = (block.start + place, block.start + place + 1)
                yield finding(answer, Measured("faulty blocks of JSON", 1, 0, span))
                break


@lru_cache(maxsize=256)
def _faulty_json_at(block: Block) -> int | None:
    text = JSON_COMMENT.sub(lambda m: m[1] or " " * len(m[0]), block.text)
    if not text.strip() or ELISION.search(text):
        return None
    try:
        _read_values(text)
    except json.JSONDecodeError as error:
        return None if _is_part(text) else error.pos
    except RecursionError:
        return None
    return None


def _read_values(text: str) -> None:
    """Read one value after the other.

    Raises:
        json.JSONDecodeError: what stands somewhere is no value.
    """
    decoder, place = json.JSONDecoder(), len(text) - len(text.lstrip())
    while place < len(text):
        _, place = decoder.raw_decode(text, place)
        place += len(text[place:]) - len(text[place:].lstrip())


def _is_part(text: str) -> bool:
    """Whether `text` is what stands in an object: a name, a colon, a value, and so on."""
    inner = text.strip()
    if not inner.startswith('"'):
        return False
    try:
        json.loads(f"{{{inner.removesuffix(',')}}}")
    except (json.JSONDecodeError, RecursionError):
        return False
    return True
