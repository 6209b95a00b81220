"""What a form must know of a config's field: words, meaning, type and limits."""

from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from grasp_ui.model.fields import Meaning


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a config model, as a form sees it.

    `meaning` is the name of the field's meaning, else that of its plain type: `text`, `whole`,
    `number`, `switch`, `choice`, `lines`, `json`. `default` is as it would stand in a file.
    """

    name: str
    title: str
    help: str
    meaning: str
    options: tuple[Any, ...] = ()
    default: Any = None
    is_required: bool = False
    is_optional: bool = False
    minimum: float | None = None
    maximum: float | None = None


def fields_of(config: type[BaseModel]) -> list[FormField]:
    """The fields of `config`, in the order in which it names them."""
    return [_field(name, info) for name, info in config.model_fields.items()]


def plain(value: Any) -> Any:
    """`value` as it would stand in a file: lists, dicts, numbers and texts."""
    match value:
        case BaseModel():
            return plain(value.model_dump(mode="json"))
        case dict():
            return {str(key): plain(part) for key, part in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(part) for part in value]
        case _:
            return value


def _field(name: str, info: FieldInfo) -> FormField:
    bare, is_optional = _without_none(info.annotation)
    meant = next((m.name for m in info.metadata if isinstance(m, Meaning)), None)
    return FormField(
        name=name,
        title=info.title or name.replace("_", " ").capitalize(),
        help=info.description or "",
        meaning=meant or _inner_meaning(info.annotation) or _type_name(bare),
        options=get_args(bare) if get_origin(bare) is Literal else (),
        default=None if info.is_required() else plain(info.get_default(call_default_factory=True)),
        is_required=info.is_required(),
        is_optional=is_optional,
        minimum=_limit(info, "ge"),
        maximum=_limit(info, "le"),
    )


def _limit(info: FieldInfo, name: str) -> float | None:
    limits = (getattr(note, name, None) for note in info.metadata)
    return next((float(limit) for limit in limits if limit is not None), None)


def _without_none(annotation: Any) -> tuple[Any, bool]:
    """The type itself, and whether it may also be nothing."""
    if get_origin(annotation) not in (Union, UnionType):
        return _bare(annotation), False
    parts = [part for part in get_args(annotation) if part is not NoneType]
    is_optional = len(parts) < len(get_args(annotation))
    if all(get_origin(part) is Literal for part in parts):
        choices = tuple(choice for part in parts for choice in get_args(part))
        return Literal[choices], is_optional
    return (_bare(parts[0]) if len(parts) == 1 else Any), is_optional


def _bare(annotation: Any) -> Any:
    return annotation.__origin__ if hasattr(annotation, "__metadata__") else annotation


def _inner_meaning(annotation: Any) -> str | None:
    """The meaning inside of `Annotated[…] | None`."""
    for part in (annotation, *get_args(annotation)):
        for note in getattr(part, "__metadata__", ()):
            if isinstance(note, Meaning):
                return note.name
    return None


def _type_name(bare: Any) -> str:
    if get_origin(bare) is Literal:
        return "choice"
    if get_origin(bare) in (tuple, list) and get_args(bare)[:1] == (str,):
        return "lines"
    return {str: "text", int: "whole", float: "number", bool: "switch"}.get(bare, "json")
