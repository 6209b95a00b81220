"""How a command ends: its exit code, and what it says on the way out."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum

import typer

from grasp_ui.errors import (
    CannotResume,
    CannotTag,
    GraspError,
    InvalidGraph,
    NotFound,
    StoreHeld,
    UnknownName,
    UnreadableFile,
)
from grasp_ui.model.problem import Problem


class Exit(IntEnum):
    """The exit codes; scripts rely on them."""

    FINE = 0
    FAILED = 1
    WRONG_USE = 2
    STORE_HELD = 3
    HALTED = 4
    INTERRUPTED = 130


@contextmanager
def outcome(*, as_json: bool) -> Iterator[None]:
    """Turn what goes wrong inside into a message and an exit code."""
    try:
        yield
    except InvalidGraph as error:
        problems = tuple(p for p in error.problems if isinstance(p, Problem))
        say_problems(problems, as_json=as_json)
        leave(Exit.WRONG_USE)
    except GraspError as error:
        answer({"error": str(error)}, as_json=as_json)
        note(f"Error: {error}")
        leave(code_of(error))
    except KeyboardInterrupt:
        note("Interrupted.")
        leave(Exit.INTERRUPTED)


def code_of(error: GraspError) -> Exit:
    """The exit code that an error means."""
    match error:
        case StoreHeld():
            return Exit.STORE_HELD
        case NotFound() | UnknownName() | UnreadableFile() | CannotResume() | CannotTag():
            return Exit.WRONG_USE
        case _:
            return Exit.FAILED


def leave(code: Exit) -> None:
    """End the command with `code`."""
    raise typer.Exit(int(code))


def note(line: str) -> None:
    """Tell the person, beside the results: on stderr."""
    print(line, file=sys.stderr, flush=True)


def answer(result: Mapping[str, object], *lines: str, as_json: bool) -> None:
    """Give the result on stdout: `result` as one JSON object, or `lines` for people."""
    if as_json:
        print(json.dumps(result, ensure_ascii=False, default=str))
        return
    for line in lines:
        print(line)


def say_problems(problems: tuple[Problem, ...], *, as_json: bool) -> None:
    """Give every problem with its place and its remedy."""
    found = [problem.model_dump() for problem in problems]
    errors = sum(problem.severity == "error" for problem in problems)
    lines = [_told(problem) for problem in problems]
    result = {"ok": errors == 0, "problems": found}
    answer(result, *lines, f"{errors} problem{'' if errors == 1 else 's'}.", as_json=as_json)


def _told(problem: Problem) -> str:
    lines = [
        f"{problem.severity}: {problem.place or 'graph'}",
        f"  {problem.what}",
        f"  {problem.fix}",
    ]
    return "\n".join(line for line in lines if line.strip())
