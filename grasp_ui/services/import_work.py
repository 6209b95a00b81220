"""The work of an import: conversations of a file into the store, each once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any

from grasp_ui.errors import NotFound
from grasp_ui.interchange.import_format import (
    IMPORT_FORMATS,
    Imported,
    Intake,
)
from grasp_ui.interchange.jsonfile import Gauge, Items, items_in
from grasp_ui.interchange.rows import SetAside
from grasp_ui.model.event import RecordResult
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import JsonObject
from grasp_ui.services.import_look import detect, file_at
from grasp_ui.services.learned_tags import learned_tags, models_at_work
from grasp_ui.services.parts import load_heuristics
from grasp_ui.services.planning import all_profiles
from grasp_ui.services.stage_one import DEFAULT, NONE, tags_for
from grasp_ui.services.workspace import Workspace, bundle
from grasp_ui.store import conversations
from grasp_ui.store.loading import tagged
from grasp_ui.tagging.learned import LearnedModel
from grasp_ui.tagging.profile import Profile

BATCH = 50
TOLD = 1_000
"""Of what is set aside the first so many are told one by one; all are counted."""


class ImportCancelled(Exception):
    """Somebody asked the import to stop."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What to import and how; the profile's rules tag it, unless it is `none`.

    So do models that were learned here, where they are switched on.
    """

    path: Path
    format: str = ""
    config: JsonObject = field(default_factory=dict)
    profile: str = DEFAULT


@dataclass
class ImportReport:
    """What became of every message of a file.

    `read` is the sum of stored, already there, repeated, set aside and unfinished: those that
    were read, but not taken in before the import was broken off; 0 where it came to its end.
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
    unfinished: int = 0
    conversations: int = 0
    conversations_already_there: int = 0
    tags: int = 0
    preferences: int = 0
    rule_tags: int = 0
    learned_tags: int = 0
    layouts: Mapping[str, int] = field(default_factory=dict)
    passed_over: Mapping[str, int] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)

    def put_aside(self, what: SetAside, *, messages: int = 1) -> None:
        """Count what is not taken in, and tell it while there is room."""
        self.set_aside_count += messages
        if len(self.set_aside) < TOLD:
            self.set_aside.append(what)


@dataclass
class Course:
    """How far an import is; `stopped` asks it to stop.

    Kept by the thread that imports, read by others.
    """

    report: ImportReport
    size: int = 0
    intake: Intake = field(default_factory=Intake)
    gauge: Gauge = field(default_factory=Gauge)
    stopped: Event = field(default_factory=Event)

    def until_stopped(self, items: Items) -> Items:
        """The same items; none after somebody has asked to stop.

        Raises:
            ImportCancelled: when the next one would be read.
        """

        def each() -> Iterator[tuple[int, Any]]:
            for one in items():
                if self.stopped.is_set():
                    raise ImportCancelled
                yield one

        return each

    def tell(self) -> ImportReport:
        """The report as it is now, with what the reader has counted."""
        report, intake = self.report, self.intake
        there = report.stored + report.already_there + intake.repeated + report.set_aside_count
        return replace(
            report,
            read=intake.read,
            repeated=intake.repeated,
            unfinished=max(0, intake.read - there),
            layouts=dict(intake.layouts),
            passed_over=dict(intake.passed_over),
            set_aside=list(report.set_aside),
        )


def take_in(
    workspace: Workspace,
    request: ImportRequest,
    course: Course,
    on_progress: Callable[[int, int], None] | None = None,
) -> None:
    """Take a file in, telling `course` how far it is.

    `on_progress` hears (read, all) messages.

    Raises:
        ImportCancelled: somebody asked it to stop; what was stored before stays.
        UnreadableFile: as `import_file` says.
        NotFound: there is no such profile.
    """
    found, taggers = detect(request.path, request.format), _taggers(workspace, request.profile)
    part, report = IMPORT_FORMATS[found.format], course.report
    config = part.config.model_validate(request.config)
    report.format, course.size = found.format, found.size
    workspace.database.settle()
    items = course.until_stopped(items_in(file_at(request.path), gauge=course.gauge))
    try:
        for batch in _batches(part.deed(config, items, course.intake), report):
            _store(workspace, batch, taggers, report)
            if on_progress is not None:
                on_progress(course.intake.read, course.intake.expected)
    finally:
        workspace.database.settle()


@dataclass(frozen=True, slots=True)
class _Taggers:
    """What tags an import: a profile's rules, and models that were learned here."""

    profile: Profile
    models: tuple[LearnedModel, ...]


def _taggers(workspace: Workspace, name: str) -> _Taggers | None:
    if name == NONE:
        return None
    profiles = all_profiles(workspace.home, bundle())
    if name not in profiles:
        known = ", ".join(sorted(profiles))
        raise NotFound(f"There is no tagging profile named '{name}'. Known: {known}, {NONE}.")
    load_heuristics()
    return _Taggers(profiles[name], models_at_work(workspace.home))


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
    workspace: Workspace, batch: Sequence[Imported], taggers: _Taggers | None, report: ImportReport
) -> None:
    """Store what of `batch` is new."""
    named = [one.result.conversation.id for one in batch]
    there = conversations.contents_of(workspace.database, named)
    fresh: list[RecordResult] = []
    for one in batch:
        conversation = one.result.conversation
        if conversation.id not in there:
            fresh.append(_tagged(one.result, taggers))
            _count(report, one.result, fresh[-1].tags[len(one.result.tags) :])
        elif there[conversation.id] == conversation.record_id:
            report.conversations_already_there += 1
            report.already_there += len(conversation.messages)
        else:
            size = len(conversation.messages)
            why = f"a tree of {size} messages is in the store with others; that one stays"
            report.put_aside(SetAside(one.line, why), messages=size)
    conversations.add_conversations(workspace.database, fresh)


def _tagged(result: RecordResult, taggers: _Taggers | None) -> RecordResult:
    if taggers is None:
        return result
    tags = (*result.tags, *tags_for(taggers.profile, result))
    if taggers.models:
        seen = tagged(result.conversation, tags=tags, reviews=(), preferences=result.preferences)
        tags = (*tags, *learned_tags(taggers.models, seen))
    return result._replace(tags=tags)


def _count(report: ImportReport, result: RecordResult, added: Sequence[Tag]) -> None:
    learned = sum(tag.source == "learned" for tag in added)
    report.conversations += 1
    report.stored += len(result.conversation.messages)
    report.tags += len(result.tags)
    report.rule_tags += len(added) - learned
    report.learned_tags += learned
    report.preferences += len(result.preferences)
