"""Values from YAML files, with errors that name the place."""

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from grasp_ui.errors import UnreadableFile
from grasp_ui.model.value import Value

Read = TypeVar("Read", bound=Value)


def read_value(path: Path, kind: type[Read]) -> Read:
    """The value of `kind` that a file holds; its name is the file's.

    Raises:
        UnreadableFile: it holds none; the message says where and why.
    """
    try:
        loaded = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        return kind.model_validate({**dict(loaded or {}), "name": path.stem})
    except (OSError, YAMLError, TypeError, ValueError) as error:
        said = _first(error) if isinstance(error, ValidationError) else error
        what = kind.__name__.lower()
        raise UnreadableFile(f"{path} holds no {what}: {said}") from error


def _first(error: ValidationError) -> str:
    found = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, found['loc']))}: {found['msg']}"
