"""What a file is before it is imported: its format, and how it begins."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from pydantic import BaseModel

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.import_format import IMPORT_FORMATS, Intake, recognised
from grasp_ui.interchange.jsonfile import items_in
from grasp_ui.interchange.rows import SetAside
from grasp_ui.interchange.text_file import FoundFile, found_text_files
from grasp_ui.model.event import RecordResult
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import identity
from grasp_ui.registry import Look
from grasp_ui.services.parts import load_parts
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.loading import tagged

PREVIEWED_ITEMS = 500
UPLOADS = "uploads"
KEPT_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Detected:
    """What a file was found to be; `layouts` are those of its first items."""

    path: Path
    format: str
    title: str
    layouts: Mapping[str, int]
    size: int
    config: type[BaseModel]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """The first conversations as they will be; `is_whole`: the file has no more."""

    detected: Detected
    conversations: Sequence[TaggedConversation]
    set_aside: Sequence[SetAside]
    is_whole: bool


def detect(path: Path, name: str = "") -> Detected:
    """What the file at `path` is, by its first items; or that it is the format `name`.

    Raises:
        UnreadableFile: it is missing, empty, or of no known format.
        UnknownName: there is no format `name`.
    """
    load_parts()
    file = file_at(path)
    found = recognised(items_in(file))
    if name:
        part = IMPORT_FORMATS[name]
        layouts = found.layouts if found and found.format == name else Counter[str]()
    elif found is not None:
        part, layouts = IMPORT_FORMATS[found.format], found.layouts
    else:
        raise UnreadableFile(_not_recognised(file))
    return Detected(
        file.path, part.name, part.look.title, dict(layouts), path.stat().st_size, part.config
    )


def preview(path: Path, count: int = 5, *, format_name: str = "") -> ImportPreview:
    """The first `count` conversations of a file, from its first 500 items alone.

    Raises:
        UnreadableFile: it is missing, empty, or of no known format.
    """
    found = detect(path, format_name)
    items, part = items_in(file_at(path), limit=PREVIEWED_ITEMS), IMPORT_FORMATS[found.format]
    shown: list[TaggedConversation] = []
    aside: list[SetAside] = []
    more = 0
    for one in part.deed(part.config(), items, Intake()):
        if isinstance(one, SetAside):
            aside.append(one)
        elif len(shown) < count:
            shown.append(_as_it_will_be(one.result))
        else:
            more += 1
    is_whole = not more and len(list(islice(items(), PREVIEWED_ITEMS))) < PREVIEWED_ITEMS
    return ImportPreview(found, shown, aside, is_whole)


def keep_upload(workspace: Workspace, name: str, content: bytes) -> Path:
    """Put an uploaded file where it can be read; those of earlier days are deleted."""
    folder = workspace.home / UPLOADS
    for old in folder.glob("*/*"):
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            old.unlink(missing_ok=True)
    place = folder / identity("upload", name, blake2b(content).hexdigest())
    place.mkdir(parents=True, exist_ok=True)
    path = place / Path(name).name
    path.write_bytes(content)
    return path


def formats() -> list[Look]:
    """What every format is called, and what it reads."""
    load_parts()
    return [part.look for part in IMPORT_FORMATS]


def file_at(path: Path) -> FoundFile:
    """The one file at `path`.

    Raises:
        UnreadableFile: it is missing, empty, or stored as UTF-16; or it is a pattern.
    """
    first, *others = found_text_files(path.parent, path.name)
    if others:
        raise UnreadableFile(f"{path.name} means {1 + len(others)} files. Import one at a time.")
    return first


def _not_recognised(file: FoundFile) -> str:
    known = "; ".join(f"{part.name} ({part.look.help.rstrip('.')})" for part in IMPORT_FORMATS)
    first = next((item for _, item in items_in(file)()), None)
    match first:
        case SetAside():
            begin = f"Its first line is {first.reason}."
        case dict():
            names = ", ".join(repr(name) for name in list(first)[:6])
            begin = f"Its first object has {names or 'no keys'}."
        case _:
            begin = f"It begins with a JSON {type(first).__name__}."
    return (
        f"{file.name} is of no format that can be imported. {begin} Known: {known}. "
        "Choose another file, or convert this one."
    )


def _as_it_will_be(result: RecordResult) -> TaggedConversation:
    return tagged(result.conversation, tags=result.tags, reviews=(), preferences=result.preferences)
