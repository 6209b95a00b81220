"""Writing an export: streamed, counted, and in its folder all at once."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError

from grasp_ui.errors import GraspError
from grasp_ui.interchange.card import card_of
from grasp_ui.interchange.export_format import EXPORT_FORMATS, ExportConfig
from grasp_ui.interchange.jsonline import line_of
from grasp_ui.interchange.ledger import Ledger
from grasp_ui.interchange.manifest import Manifest, program_version
from grasp_ui.interchange.summed_file import summed_file
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.value import GraphVersion, JsonObject, RunId

ROWS = "data.jsonl"
CARD = "README.md"
MANIFEST = "manifest.json"
# The manifest comes last: until then the old one tells that the files beside it are others.
FILES = (ROWS, CARD, MANIFEST)


class UnwritableFolder(GraspError):
    """An export cannot be written where it was to go."""


class InvalidConfig(GraspError):
    """The settings of an export format are not what it takes."""


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to write: a format, its settings, and what the manifest tells of it.

    `failed` has the records that never became a conversation, by reason: they count as dropped.
    """

    format: str
    config: JsonObject = field(default_factory=dict)
    selection: Selection = field(default_factory=Selection)
    as_of: int | None = None
    failed: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written, where, and what became of everything else."""

    folder: Path
    files: tuple[str, ...]
    ledger: Ledger
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as they would be written, and the counts of the whole export."""

    samples: tuple[JsonObject, ...]
    ledger: Ledger


@dataclass
class _Origin:
    """Where the written conversations come from."""

    graph_versions: set[GraphVersion] = field(default_factory=set)
    run_ids: set[RunId] = field(default_factory=set)

    def note(self, tagged: TaggedConversation) -> None:
        """Remember what one more conversation comes from."""
        if tagged.conversation.graph_version:
            self.graph_versions.add(tagged.conversation.graph_version)
        if tagged.conversation.run_id:
            self.run_ids.add(tagged.conversation.run_id)


def write_export(
    order: ExportOrder, conversations: Iterable[TaggedConversation], *, folder: Path
) -> ExportResult:
    """Write `data.jsonl`, `manifest.json` and `README.md` into `folder`.

    Rows stand in the order of `conversations`, which are read once and never held together.
    The same order and conversations give the same bytes. Nothing in the folder changes before
    everything is written; files of other names in it are left alone.

    Raises:
        UnknownName: there is no such format.
        InvalidConfig: the format does not take these settings.
        UnwritableFolder: the files cannot be written there.
    """
    config = config_of(order)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write(order, config, conversations, folder)
    except OSError as error:
        raise UnwritableFolder(
            f"The export cannot be written to {folder}: {error.strerror or error}. "
            "Choose another folder, or make room."
        ) from error


def preview_rows(
    order: ExportOrder, conversations: Iterable[TaggedConversation], *, samples: int = 5
) -> Preview:
    """What `write_export` would write: the first rows, and every count.

    Raises:
        UnknownName: there is no such format.
        InvalidConfig: the format does not take these settings.
    """
    ledger, first = Ledger(), list[bytes]()
    for _, lines in _lines(order, config_of(order), conversations, ledger):
        first.extend(lines[: samples - len(first)])
    return Preview(tuple(json.loads(line) for line in first), ledger)


def config_of(order: ExportOrder) -> ExportConfig:
    """The settings of `order`, validated and complete.

    Raises:
        UnknownName: there is no such format.
        InvalidConfig: the format does not take these settings.
    """
    part = EXPORT_FORMATS[order.format]
    try:
        config = part.config.model_validate(order.config)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise InvalidConfig(
            f"The export format '{order.format}' was set wrongly: {faults}."
        ) from error
    assert isinstance(config, ExportConfig)  # noqa: S101 - the decorator takes no other
    return config


def _write(
    order: ExportOrder,
    config: ExportConfig,
    conversations: Iterable[TaggedConversation],
    folder: Path,
) -> ExportResult:
    ledger, origin = Ledger(), _Origin()
    with TemporaryDirectory(dir=folder, prefix=".partial-") as temporary:
        partial = Path(temporary)
        with summed_file(partial / ROWS) as rows:
            for tagged, lines in _lines(order, config, conversations, ledger):
                origin.note(tagged)
                rows.write(b"".join(lines))
        manifest = _manifest(order, config, ledger, origin)
        manifest = manifest.with_file(ROWS, rows.told(rows=ledger.rows))
        look = EXPORT_FORMATS[order.format].look
        with summed_file(partial / CARD) as card:
            card.write(card_of(manifest, look, usage=config.usage).encode())
        manifest = manifest.with_file(CARD, card.told())
        (partial / MANIFEST).write_bytes(manifest.text().encode())
        for name in FILES:
            (partial / name).replace(folder / name)
    return ExportResult(folder, FILES, ledger, manifest)


def _lines(
    order: ExportOrder,
    config: ExportConfig,
    conversations: Iterable[TaggedConversation],
    ledger: Ledger,
) -> Iterator[tuple[TaggedConversation, list[bytes]]]:
    """Each conversation that becomes rows, with its lines; `ledger` counts all of them."""
    make = EXPORT_FORMATS[order.format].deed
    ledger.drop_all(order.failed)
    for tagged in conversations:
        made = make(config, tagged)
        if not made.rows:
            ledger.drop(made.left_out[0])
            continue
        encoded = [line_of(row) for row in made.rows]
        ledger.write(
            rows=len(encoded),
            is_repaired=any(mended for _, mended in encoded),
            is_edited=bool(tagged.edited),
        )
        ledger.left_out.update(made.left_out)
        ledger.figures.update(made.figures)
        yield tagged, [line for line, _ in encoded]


def _manifest(
    order: ExportOrder, config: ExportConfig, ledger: Ledger, origin: _Origin
) -> Manifest:
    return Manifest(
        program=program_version(),
        format=order.format,
        config=config.model_dump(mode="json"),
        selection=order.selection.model_dump(mode="json", exclude_none=True),
        as_of=order.as_of,
        graph_versions=tuple(sorted(origin.graph_versions)),
        run_ids=tuple(sorted(origin.run_ids)),
        counts=ledger.counts(),
    )
