"""Rubrics from YAML files: those that ship, and those of a folder."""

from functools import cache
from pathlib import Path

from grasp_ui.errors import NameTaken, UnreadableFile
from grasp_ui.judging.yaml_folder import read_value
from grasp_ui.model.rubric import Rubric

SHIPPED = Path(__file__).parent / "rubrics"
MOST_LEVELS = 20
"""As many as the candidates of a token that endpoints give."""


def load_rubrics(folder: Path | None = None) -> dict[str, Rubric]:
    """Every rubric by its file's name: the shipped ones, then those of `folder`.

    Raises:
        UnreadableFile: a file holds no rubric; the message names it and what is wrong.
        NameTaken: `folder` has a rubric of a shipped name.

    Example:
        >>> load_rubrics()["helpfulness"].maximum
        5
    """
    rubrics = dict(_shipped())
    for name, rubric in (_read_folder(folder) if folder else {}).items():
        if name in rubrics:
            raise NameTaken(
                f"The rubric '{name}' of {folder} has the name of a shipped one. Rename its file."
            )
        rubrics[name] = rubric
    return rubrics


def read_rubric(path: Path) -> Rubric:
    """The rubric that a file holds, complete with a sentence for each level.

    Raises:
        UnreadableFile: it holds none; the message says where and why.
    """
    rubric = read_value(path, Rubric)
    _check_levels(path, rubric)
    return rubric


@cache
def _shipped() -> dict[str, Rubric]:
    return _read_folder(SHIPPED)


def _read_folder(folder: Path) -> dict[str, Rubric]:
    return {path.stem: read_rubric(path) for path in sorted(folder.glob("*.yaml"))}


def _check_levels(path: Path, rubric: Rubric) -> None:
    scale = set(range(rubric.minimum, rubric.maximum + 1))
    if len(scale) < 2:
        raise UnreadableFile(f"{path}: maximum must be above minimum.")
    if len(scale) > MOST_LEVELS:
        raise UnreadableFile(f"{path}: a scale has at most {MOST_LEVELS} levels.")
    names = [dimension.name for dimension in rubric.dimensions]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise UnreadableFile(f"{path}: the dimension '{twice}' is there twice. Rename one.")
    if not any(dimension.counts for dimension in rubric.dimensions):
        raise UnreadableFile(f"{path}: at least one dimension has to count.")
    for dimension in rubric.dimensions:
        if set(dimension.levels) != scale:
            raise UnreadableFile(
                f"{path}: the dimension '{dimension.name}' needs one sentence for each level "
                f"from {rubric.minimum} to {rubric.maximum}."
            )
