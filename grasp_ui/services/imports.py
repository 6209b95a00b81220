"""Imports: what a file is, what it would become, and taking it in."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from pydantic import BaseModel

from grasp_ui.errors import GraspError, NotFound, UnreadableFile
from grasp_ui.interchange.import_format import (
    IMPORT_FORMATS,
    Imported,
    Intake,
    recognised,
)
from grasp_ui.interchange.jsonfile import items_in
from grasp_ui.interchange.rows import SetAside
from grasp_ui.interchange.text_file import FoundFile, found_text_files
from grasp_ui.model.event import RecordResult
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import JsonObject, identity
from grasp_ui.registry import Look
from grasp_ui.services.parts import load_heuristics, load_parts
from grasp_ui.services.planning import all_profiles
from grasp_ui.services.stage_one import DEFAULT, NONE
from grasp_ui.services.workspace import Workspace, bundle
from grasp_ui.store import conversations
from grasp_ui.store.loading import tagged
from grasp_ui.tagging.profile import Profile
from grasp_ui.tagging.stages import tag_conversation

BATCH = 200
PREVIEWED_ITEMS = 500
UPLOADS = "uploads"
KEPT_SECONDS = 86_400
TOLD = 1_000
"""Of what is set aside the first so many are told one by one; all are counted."""


class ImportBusy(GraspError):
    """Another file is being imported into this workspace."""


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


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What to import and how; the profile's rules tag it, unless it is `none`."""

    path: Path
    format: str = ""
    config: JsonObject = field(default_factory=dict)
    profile: str = DEFAULT


@dataclass
class ImportReport:
    """What became of every message of a file.

    `read` is the sum of stored, already there, repeated and set aside.
    `set_aside` has the first 1,000 of `set_aside_count`, each with line and reason.
    `passed_over` counts labels and the like that could not be understood, by reason.
    """

    file: str
    format: str
    read: int = 0
    stored: int = 0
    already_there: int = 0
    repeated: int = 0
    set_aside_count: int = 0
    conversations: int = 0
    conversations_already_there: int = 0
    tags: int = 0
    preferences: int = 0
    rule_tags: int = 0
    layouts: Mapping[str, int] = field(default_factory=dict)
    passed_over: Mapping[str, int] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)

    def put_aside(self, what: SetAside, *, messages: int = 1) -> None:
        """Count what is not taken in, and tell it while there is room."""
        self.set_aside_count += messages
        if len(self.set_aside) < TOLD:
            self.set_aside.append(what)


def detect(path: Path, name: str = "") -> Detected:
    """What the file at `path` is, by its first items; or that it is the format `name`.

    Raises:
        UnreadableFile: it is missing, empty, or of no known format.
        UnknownName: there is no format `name`.
    """
    load_parts()
    file = _file(path)
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
    items, part = items_in(_file(path), limit=PREVIEWED_ITEMS), IMPORT_FORMATS[found.format]
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


def import_file(
    workspace: Workspace,
    request: ImportRequest,
    on_progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Take a file in; what is in the store already stays as it is, and is counted.

    A line that cannot be used is set aside and never stops the others. `on_progress` hears
    (read, all) messages.

    Raises:
        UnreadableFile: the file is missing, empty, of no known format, or damaged further on
            (what was read before is stored then).
        NotFound: there is no such profile.
        ImportBusy: another file is being imported.
    """
    found, profile = detect(request.path, request.format), _profile(workspace, request.profile)
    part, intake = IMPORT_FORMATS[found.format], Intake()
    config = part.config.model_validate(request.config)
    report = ImportReport(request.path.name, found.format)
    with _alone(workspace):
        workspace.database.settle()
        reading = part.deed(config, items_in(_file(request.path)), intake)
        for batch in _batches(reading, report):
            _store(workspace, batch, profile, report)
            if on_progress is not None:
                on_progress(intake.read, intake.expected)
        workspace.database.settle()
    report.read, report.repeated = intake.read, intake.repeated
    report.layouts, report.passed_over = dict(intake.layouts), dict(intake.passed_over)
    return report


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


def profile_names(workspace: Workspace) -> list[str]:
    """The profiles whose rules can tag what is imported, the default first; `none` last."""
    names = sorted(all_profiles(workspace.home, bundle()), key=lambda name: (name != DEFAULT, name))
    return [*names, NONE]


def _file(path: Path) -> FoundFile:
    (file,) = found_text_files(path.parent, path.name)
    return file


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


def _profile(workspace: Workspace, name: str) -> Profile | None:
    if name == NONE:
        return None
    profiles = all_profiles(workspace.home, bundle())
    if name not in profiles:
        known = ", ".join(sorted(profiles))
        raise NotFound(f"There is no tagging profile named '{name}'. Known: {known}, {NONE}.")
    load_heuristics()
    return profiles[name]


@contextmanager
def _alone(workspace: Workspace) -> Iterator[None]:
    if not workspace.importing.acquire(blocking=False):
        raise ImportBusy("Another file is being imported. Wait until it is done, then try again.")
    try:
        yield
    finally:
        workspace.importing.release()


def _batches(
    reading: Iterator[Imported | SetAside], report: ImportReport
) -> Iterator[list[Imported]]:
    batch: list[Imported] = []
    for one in reading:
        if isinstance(one, SetAside):
            report.put_aside(one)
            continue
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _store(
    workspace: Workspace, batch: Sequence[Imported], profile: Profile | None, report: ImportReport
) -> None:
    """Store what of `batch` is new."""
    named = [one.result.conversation.id for one in batch]
    there = conversations.contents_of(workspace.database, named)
    fresh: list[RecordResult] = []
    for one in batch:
        conversation = one.result.conversation
        if conversation.id not in there:
            fresh.append(_tagged(one.result, profile))
            _count(report, fresh[-1], rule_tags=len(fresh[-1].tags) - len(one.result.tags))
        elif there[conversation.id] == conversation.record_id:
            report.conversations_already_there += 1
            report.already_there += len(conversation.messages)
        else:
            size = len(conversation.messages)
            why = f"a tree of {size} messages is in the store with others; that one stays"
            report.put_aside(SetAside(one.line, why), messages=size)
    conversations.add_conversations(workspace.database, fresh)


def _tagged(result: RecordResult, profile: Profile | None) -> RecordResult:
    if profile is None:
        return result
    found = tag_conversation(profile, result.conversation, known=result.tags)
    return result._replace(tags=(*result.tags, *found))


def _count(report: ImportReport, result: RecordResult, *, rule_tags: int) -> None:
    report.conversations += 1
    report.stored += len(result.conversation.messages)
    report.tags += len(result.tags) - rule_tags
    report.rule_tags += rule_tags
    report.preferences += len(result.preferences)


def _as_it_will_be(result: RecordResult) -> TaggedConversation:
    return tagged(result.conversation, tags=result.tags, reviews=(), preferences=result.preferences)
