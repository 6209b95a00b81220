"""`grasp import`: take conversations from elsewhere into the store."""

from dataclasses import asdict
from pathlib import Path

from grasp_ui.cli.lean import look_for_garbage_less_often
from grasp_ui.cli.outcome import Exit, answer, leave
from grasp_ui.cli.progress import progress
from grasp_ui.cli.workspace import opened
from grasp_ui.services.imports import ImportReport, ImportRequest, import_file

SHOWN = 20


def take_in(
    file: Path, format_name: str, profile: str, store: Path | None, *, as_json: bool
) -> None:
    """Import a file; leaves with 1 where none of its messages is stored then."""
    look_for_garbage_less_often()
    request = ImportRequest(file.resolve(), format_name, profile=profile)
    with opened(store) as workspace, progress("Messages") as show:
        report = import_file(workspace, request, lambda done, total: show(done, total, ""))
    told = {**asdict(report), "set_aside": [str(one) for one in report.set_aside]}
    answer(told, *_lines(report), as_json=as_json)
    if not report.stored + report.already_there:
        leave(Exit.FAILED)


def _lines(report: ImportReport) -> list[str]:
    learned = f", learned models {report.learned_tags}" if report.learned_tags else ""
    lines = [
        f"{report.read} messages read from {report.file} ({report.format}): {report.stored} stored "
        f"in {report.conversations} conversations, {report.already_there} already there, "
        f"{report.repeated} repeated, {report.set_aside_count} set aside.",
        f"{report.tags} tags and {report.preferences} preferences came with them; rules added "
        f"{report.rule_tags} tags{learned}.",
    ]
    lines += [f"  {count} times passed over: {why}" for why, count in report.passed_over.items()]
    lines += [f"  set aside: {one}" for one in report.set_aside[:SHOWN]]
    more = len(report.set_aside) - SHOWN
    return [*lines, f"  and {more} more; --json tells them"] if more > 0 else lines
