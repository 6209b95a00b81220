"""Answers with Python that is none."""

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from textwrap import dedent, indent

from grasp_ui.model.conversation import Thread
from grasp_ui.registry import Look
from grasp_ui.tagging.fences import blocks_of
from grasp_ui.tagging.heuristic import (
    Finding,
    HeuristicConfig,
    Measured,
    answers,
    finding,
    heuristic,
)

PROMPT = re.compile(r"^\s*(?:>>>|\.\.\.)(?: |$)")
# Lines for a notebook or a shell.
MAGIC = re.compile(r"^(\s*)(?:[%!?$].*|pip3? install .*|python3? [\w./-]+\.py.*|\w+\?\??)$", re.M)
BRANCH = re.compile(r"\s*(?:elif|else|except|finally|case)\b")
# What stands for something else: code that was left out, a name to be filled in.
ELISION = re.compile(r"\.\.\.|…|<[a-zA-Z][\w \-]*>|\{\{")
OLD_PRINT = re.compile(
    r"^(\s*|.*[:;]\s*)print\s+(?![=(])(?:>>\s*\w[\w.]*,\s*)?(.+?),?[ \t]*$", re.M
)
OLD_EXCEPT = re.compile(r"^(\s*except\s+(?:[\w.]+|\([\w., ]+\)))\s*,\s*(\w+)\s*:", re.M)
OLD_RAISE = re.compile(r"^(\s*raise\s+[\w.]+)\s*,\s*(.+)$", re.M)
OLD_EXEC = re.compile(r"^(\s*)exec\s+(?!\()(.+)$", re.M)
OLD_NUMBER = re.compile(r"\b0([0-7]+)\b|\b(\d+)[lL]\b")
OLD_TEXT = re.compile(r"\b[uU][rR](?=[\"'])")


class PythonBlockConfig(HeuristicConfig):
    """It has no thresholds."""


LOOK = Look(
    "Broken Python",
    "A block of Python cannot be read as Python.",
    group="Broken form",
    icon="broken_image",
)


@heuristic("python_block_invalid", config=PythonBlockConfig, look=LOOK)
def python_block_invalid(config: PythonBlockConfig, thread: Thread) -> Iterator[Finding]:
    """Each answer with a fenced block of Python that `ast.parse` does not read.

    Before it counts as faulty it is read as what people also write in such blocks: a session
    with `>>>`, lines for a notebook or a shell, an indented or headless part of a program, a
    head without a body, Python 2. A fault in a line that leaves something out (`...`, `<name>`)
    is none, and neither is an f-string that a newer Python reads.
    """
    for _, answer in answers(thread):
        for block in blocks_of(answer.content, ("python", "py", "python3", "pycon")):
            line = _faulty_line(block.text)
            if line is not None:
                start = block.start + sum(len(x) + 1 for x in block.text.split("\n")[:line])
                end = start + len(block.text.split("\n")[line])
                yield finding(answer, Measured("faulty blocks of Python", 1, 0, (start, end)))
                break


@lru_cache(maxsize=256)
def _faulty_line(text: str) -> int | None:
    """The number of the line, from 0, at which `text` is not Python; None where it is."""
    lines = text.split("\n")
    if any(PROMPT.match(line) and ">>>" in line for line in lines):
        # A session shows what was typed, and what came out of it: that is no Python.
        lines = [_typed(line) for line in lines]
    plain = MAGIC.sub(r"\1pass", "\n".join(lines).expandtabs(4))
    first = _fault(plain)
    if first is None or any(_fault(read(plain)) is None for read in READINGS):
        return None
    line = min(max((first.lineno or 1) - 1, 0), len(lines) - 1)
    is_left_out = bool(ELISION.search(lines[line])) or "f-string" in str(first.msg)
    return None if is_left_out else line


def _typed(line: str) -> str:
    found = PROMPT.match(line)
    return line[found.end() :] if found else ""


def _fault(text: str) -> SyntaxError | None:
    with warnings.catch_warnings():
        # An escape such as "\d" warns; it is no fault.
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except SyntaxError as error:
            return error
        except (ValueError, RecursionError, MemoryError):
            return SyntaxError("it holds what no Python has")
    return None


def _headless(text: str) -> str:
    """A part that begins with `else:` or its kin, under a head of its own."""
    plain = dedent(text).strip("\n")
    is_caught = plain.startswith(("except", "finally"))
    head = "try" if is_caught else "match x" if plain.startswith("case") else "if x"
    if head == "match x":
        return f"match x:\n{indent(plain, '    ')}"
    return f"{head}:\n    pass\n{plain}"


def _bodiless(text: str) -> str:
    """A part that ends with a head, given a body."""
    plain = dedent(text).rstrip()
    last = plain.split("\n")[-1]
    body = " " * (len(last) - len(last.lstrip()) + 4) + "pass"
    is_signature = plain.startswith(("def ", "class ", "async def "))
    colon = ":" if is_signature and not plain.endswith(":") else ""
    return f"{plain}{colon}\n{body}"


def _first_line_out(text: str) -> str:
    """A part whose first line lost its indentation on the way."""
    first, *rest = text.strip("\n").split("\n")
    return dedent(first) + "\n" + dedent("\n".join(rest))


def _python_2(text: str) -> str:
    """Python 2 in the words of Python 3."""
    text = OLD_PRINT.sub(r"\1print(\2)", dedent(text))
    text = OLD_EXCEPT.sub(r"\1 as \2:", text)
    text = OLD_RAISE.sub(r"\1(\2)", text)
    text = OLD_EXEC.sub(r"\1exec(\2)", text)
    text = OLD_NUMBER.sub(lambda m: f"0o{m[1]}" if m[1] else m[2], text)
    return OLD_TEXT.sub("r", text).replace("<>", "!=")


READINGS: tuple[Callable[[str], str], ...] = (
    dedent,
    _headless,
    _bodiless,
    _first_line_out,
    _python_2,
)
