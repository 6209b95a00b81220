"""Rubrics of a workspace: presets, which stay as they are, and own ones."""

import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError

from grasp_ui.errors import GraspError, NameTaken, NotFound, UnreadableFile
from grasp_ui.judging.rubric import load_rubrics, read_rubric
from grasp_ui.judging.rubric_text import rubric_text
from grasp_ui.model.rubric import Rubric
from grasp_ui.model.value import JsonObject
from grasp_ui.services.planning import RUBRICS, all_rubrics
from grasp_ui.services.workspace import Workspace

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class WrongRubric(GraspError):
    """What was written is not a rubric yet; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class RubricEntry:
    """A rubric that a workspace knows; presets are read-only."""

    rubric: Rubric
    is_own: bool


def list_rubrics(workspace: Workspace) -> dict[str, RubricEntry]:
    """All rubrics by name: presets first, then own ones.

    Raises:
        UnreadableFile: a file is no rubric.
        NameTaken: an own file has a preset's name.
    """
    presets = load_rubrics()
    found = all_rubrics(workspace.home)
    return {name: RubricEntry(rubric, name not in presets) for name, rubric in found.items()}


def rubric_from(name: str, said: JsonObject) -> Rubric:
    """The rubric that `said` (as it would stand in a file) describes, complete.

    Raises:
        WrongRubric: something is missing or does not fit; the message says what.
    """
    try:
        rubric = Rubric.model_validate({**said, "name": name})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise WrongRubric(f"{'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
    for dimension in rubric.dimensions:
        if not dimension.name.strip():
            raise WrongRubric("A dimension has no name. Give it one, or remove it.")
        blank = [level for level, text in dimension.levels.items() if not text.strip()]
        if blank:
            raise WrongRubric(
                f"The dimension '{dimension.name}' has no sentence for level {blank[0]}. Say what "
                "an answer of that level is like."
            )
    with TemporaryDirectory() as folder:
        return _read(Path(folder) / f"{name}.yaml", rubric)


def save_rubric(workspace: Workspace, rubric: Rubric) -> None:
    """Write an own rubric; graphs and profiles that name it use it from now on.

    What stood there before goes to `rubrics/history/`.

    Raises:
        NameTaken: a preset has its name.
        WrongRubric: it is not complete, or its name cannot be a file's.
    """
    if not NAME.fullmatch(rubric.name):
        raise WrongRubric(
            f"'{rubric.name}' cannot name a rubric. Use lower-case letters, digits and _, "
            "at most 40 of them, with a letter first."
        )
    if rubric.name in load_rubrics():
        raise NameTaken(f"'{rubric.name}' is a preset and stays as it is. Copy it.")
    complete = rubric_from(rubric.name, rubric.model_dump(mode="json", exclude={"name"}))
    file = workspace.home / RUBRICS / f"{rubric.name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        _keep(file)
    fresh = file.with_suffix(".yaml.new")
    fresh.write_text(rubric_text(complete), encoding="utf-8")
    fresh.replace(file)


def copy_rubric(workspace: Workspace, rubric: Rubric, new_name: str) -> Rubric:
    """An own rubric with what `rubric` has, under another name.

    Raises:
        NameTaken: there is one of that name.
        WrongRubric: the name cannot be a file's.
    """
    if new_name in list_rubrics(workspace):
        raise NameTaken(f"A rubric is named '{new_name}' already. Choose another name.")
    copied = rubric.model_copy(update={"name": new_name, "title": f"{rubric.title} (copy)"})
    save_rubric(workspace, copied)
    return copied


def delete_rubric(workspace: Workspace, name: str) -> None:
    """Take an own rubric away, to `rubrics/history/`; tags that it gave stay.

    Raises:
        NotFound: no own rubric is named so.
    """
    file = workspace.home / RUBRICS / f"{name}.yaml"
    if not file.exists():
        raise NotFound(f"There is no rubric of your own named '{name}'.")
    _keep(file)
    file.unlink()


def _keep(file: Path) -> None:
    """Put what a file holds beside its earlier versions."""
    version = read_rubric(file).version
    kept = file.parent / "history" / file.stem / f"{version}.yaml"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(file.read_bytes())


def _read(file: Path, rubric: Rubric) -> Rubric:
    file.write_text(rubric_text(rubric), encoding="utf-8")
    try:
        return read_rubric(file)
    except UnreadableFile as error:
        told = str(error).replace(f"{file}: ", "").replace(str(file), f"'{rubric.name}'")
        raise WrongRubric(told) from error
