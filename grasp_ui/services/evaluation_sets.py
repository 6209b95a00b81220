"""The evaluation sets of a workspace, read for what must not be trained on."""

from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from grasp_ui.errors import NotFound, UnreadableFile
from grasp_ui.text.evaluation import EvaluationRuns

FOLDER = "evaluation"
ENDINGS = (".jsonl", ".txt")


def evaluation_sets(home: Path) -> Callable[[Sequence[str]], EvaluationRuns]:
    """A reader of the files in `home/evaluation`; each choice of files is read once."""

    @cache
    def read(names: tuple[str, ...]) -> EvaluationRuns:
        return EvaluationRuns(
            text for file in _files(home / FOLDER, names) for text in _texts(file)
        )

    return lambda names: read(tuple(names))


def _files(folder: Path, names: Sequence[str]) -> list[Path]:
    """The files that are meant, by name; all where none is named.

    Raises:
        NotFound: a name or pattern means no file.
    """
    there = sorted(path for path in folder.glob("*") if path.suffix in ENDINGS)
    for name in names:
        if not any(fnmatch(path.name, name) for path in there):
            known = ", ".join(path.name for path in there) or "none"
            raise NotFound(
                f"There is no evaluation set '{name}' in {folder}. There: {known}. "
                "Put the file there, or take the name out of the rule 'contamination'."
            )
    return [path for path in there if not names or any(fnmatch(path.name, n) for n in names)]


def _texts(file: Path) -> Iterator[tuple[str, str]]:
    """The texts of a file, each with its name and line.

    Raises:
        UnreadableFile: it cannot be read, or a line is no JSON.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"The evaluation set {file.name} cannot be read: {error}") from error
    if file.suffix == ".txt":
        yield file.name, text
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{file.name}:{number}"
            yield from ((place, one) for one in _strings(_row(place, line)))


def _row(place: str, line: str) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(f"The evaluation set, {place}, is no JSON: {error}.") from error


def _strings(value: Any) -> Iterator[str]:
    """Every text in a JSON value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
