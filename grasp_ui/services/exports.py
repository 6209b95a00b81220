"""Exports: what would be written, then one click that writes it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from pydantic import BaseModel

from grasp_ui.interchange.export import ExportOrder, preview_rows, write_export
from grasp_ui.interchange.export_format import EXPORT_FORMATS
from grasp_ui.interchange.ledger import Ledger
from grasp_ui.interchange.length_bias import length_bias
from grasp_ui.interchange.manifest import Manifest
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.value import JsonObject
from grasp_ui.services.parts import load_parts
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import conversations
from grasp_ui.store.ends import failures_of
from grasp_ui.store.runs import recent_runs

ALL_RUNS = 100_000
FOLDER = "exports"


@dataclass(frozen=True, slots=True)
class FormatCard:
    """An export format as it is chosen, and the config that a form draws."""

    name: str
    title: str
    help: str
    group: str
    icon: str
    config: type[BaseModel]


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to export in which form; without a folder, into a new one of the workspace."""

    format: str
    selection: Selection = field(default_factory=Selection)
    config: JsonObject = field(default_factory=dict)
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """What an export would give: rows, what is dropped by reason, and the first rows.

    `remark` says what the rows as a whole are like, where the format looks at that.
    """

    written: int
    dropped: Mapping[str, int]
    samples: Sequence[JsonObject]
    repaired: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written where; `files` are names in `folder`."""

    folder: Path
    files: Sequence[str]
    written: int
    dropped: Mapping[str, int]
    repaired: int
    manifest: Manifest
    remark: str = ""


def formats() -> list[FormatCard]:
    """Every export format, in the order of the page."""
    load_parts()
    return [
        FormatCard(
            name=part.name,
            title=part.look.title,
            help=part.look.help,
            group=part.look.group,
            icon=part.look.icon,
            config=part.config,
        )
        for part in EXPORT_FORMATS
    ]


def preview(workspace: Workspace, request: ExportRequest) -> ExportPreview:
    """What `export` would write now, without writing it.

    Raises:
        GraspError: there is no such format, or its settings are wrong.
    """
    order = _order(workspace, request)
    found = preview_rows(order, conversations.stream(workspace.database, order.selection))
    ledger = found.ledger
    remark = length_bias(ledger.figures)
    return ExportPreview(ledger.rows, _dropped(ledger), found.samples, ledger.repaired, remark)


def export(
    workspace: Workspace,
    request: ExportRequest,
    on_progress: Callable[[int, int], None] | None = None,
) -> ExportReport:
    """Write data, manifest and card into one folder; `on_progress` hears (done, all).

    The same selection and `as_of` give the same bytes, also while a run goes on.

    Raises:
        GraspError: the format's settings are wrong, or the folder cannot be written.
    """
    order = _order(workspace, request)
    total = conversations.count(workspace.database, order.selection)
    folder = request.folder or _free_folder(workspace, request.format)
    stream = conversations.stream(workspace.database, order.selection)
    result = write_export(order, _told(stream, total, on_progress), folder=folder)
    return ExportReport(
        folder=result.folder,
        files=result.files,
        written=result.ledger.rows,
        dropped=_dropped(result.ledger),
        repaired=result.ledger.repaired,
        manifest=result.manifest,
        remark=length_bias(result.ledger.figures),
    )


def _order(workspace: Workspace, request: ExportRequest) -> ExportOrder:
    load_parts()
    workspace.database.settle()
    seq = request.selection.as_of or workspace.database.loaded_seq
    selection = request.selection.model_copy(update={"as_of": seq, "order": "oldest"})
    return ExportOrder(
        format=request.format,
        config=request.config,
        selection=selection,
        as_of=seq,
        failed=_failed(workspace, request.selection),
    )


def _failed(workspace: Workspace, selection: Selection) -> dict[str, int]:
    """Records of the selected runs that never became a conversation, by reason.

    A selection that asks for anything of a conversation means none of them.
    """
    asked = selection.model_dump(exclude={"run_id", "order", "as_of"}, exclude_defaults=True)
    if asked:
        return {}
    everything = recent_runs(workspace.database, ALL_RUNS)
    run_ids = [selection.run_id] if selection.run_id else [run.id for run in everything]
    reasons = Counter[str]()
    for run_id in run_ids:
        for failure in failures_of(workspace.database, run_id):
            reasons[f"record failed: {failure.error_code}"] += failure.count
    return dict(reasons)


def _dropped(ledger: Ledger) -> dict[str, int]:
    """Everything that was left out, the most frequent reason first."""
    return dict((ledger.dropped + ledger.left_out).most_common())


def _told(
    stream: Iterator[TaggedConversation],
    total: int,
    on_progress: Callable[[int, int], None] | None,
) -> Iterator[TaggedConversation]:
    for done, tagged in enumerate(stream, start=1):
        yield tagged
        if on_progress is not None and (done % 100 == 0 or done == total):
            on_progress(done, total)


def _free_folder(workspace: Workspace, name: str) -> Path:
    folder = workspace.home / FOLDER
    free = (folder / f"{name}-{number:03}" for number in count(1))
    return next(path for path in free if not path.exists())
