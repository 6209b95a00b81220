"""`grasp export`: write training data, and say what was left out and why."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grasp_ui.cli.outcome import Exit, answer, leave
from grasp_ui.cli.progress import progress
from grasp_ui.cli.workspace import opened, selection_of
from grasp_ui.errors import UnknownName
from grasp_ui.interchange.export import InvalidConfig
from grasp_ui.services.exports import ExportReport, ExportRequest, export


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed: a format, a folder, maybe a run, and the format's choices."""

    format: str
    folder: Path
    run_name: str | None
    choices: tuple[str, ...]


def write_files(order: Order, store: Path | None, *, as_json: bool) -> None:
    """Write the export; leaves with 1 where not a single row was left to write."""
    config = dict(_choice(text) for text in order.choices)
    with opened(store) as workspace, progress("Conversations") as show:
        request = ExportRequest(
            format=order.format,
            selection=selection_of(workspace, order.run_name),
            config=config,
            folder=order.folder.resolve(),
        )
        try:
            report = export(workspace, request, lambda done, total: show(done, total, ""))
        except InvalidConfig as error:
            raise UnknownName(f"{error} Look at your --set options.") from error
    answer(_result(order, report), *_lines(report), as_json=as_json)
    if not report.written:
        leave(Exit.FAILED)


def _choice(text: str) -> tuple[str, Any]:
    """`name=value`, the value as JSON where it is JSON, else as text."""
    name, found, value = text.partition("=")
    if not found:
        raise UnknownName(f"--set {text} has no value. Write --set NAME=VALUE.")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


def _result(order: Order, report: ExportReport) -> dict[str, object]:
    return {
        "format": order.format,
        "folder": str(report.folder),
        "files": [str(report.folder / name) for name in report.files],
        "written": report.written,
        "dropped": report.dropped,
    }


def _lines(report: ExportReport) -> list[str]:
    left_out = [f"  {count} left out: {reason}" for reason, count in report.dropped.items()]
    files = ", ".join(map(str, report.files))
    return [f"{report.written} rows written to {report.folder} ({files})", *left_out]
