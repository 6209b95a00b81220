"""The events of nodes and records that have ended, and why they failed."""

from collections.abc import Mapping
from typing import Literal

from grasp_ui.engine.joins import Ready
from grasp_ui.engine.plan import Arrow
from grasp_ui.engine.progress import Failure, Progress
from grasp_ui.engine.visit import Scope, Visit
from grasp_ui.model.event import NodeEnded, RecordEnded, RecordResult

AT_ITS_END = (1 << 30,)
WHOLE_TEXTS = 200
"""In a run of more records than that, what a node wrote is told shortened: a dialogue that grows
from node to node would be stored again and again."""
SHOWN_CHARACTERS = 240
NOWHERE: dict[str, object] = {"taken": []}
"""What a skipped node that is disabled tells: one that was passed through looks like it else."""


def tell_node(
    visit: Visit,
    started: float,
    *,
    taken: list[Arrow] | None = None,
    failure: Failure | None = None,
) -> None:
    """A node has ended a visit; `taken` are its arrows, where that was decided."""
    if not visit.node.is_told:
        return
    record, is_disabled = visit.record, visit.node.config.disabled
    if record.entered:
        started = record.entered.pop(visit.path, started)
    state: Literal["done", "skipped", "failed"] = "skipped" if is_disabled else "done"
    visit.scope.sink.event(
        NodeEnded(
            record.id, record.index, visit.path, visit.number,
            "failed" if failure else state, _detail(visit, taken),
            started, visit.scope.world.now() - started,
            failure.code if failure else None, failure.message if failure else None,
        )
    )  # fmt: skip


def tell_skipped(scope: Scope, record: Progress, one: Ready) -> None:
    """A node is skipped: no arrow to it was taken."""
    if not one.node.is_told:
        return
    path, now = record.path + one.node.name, scope.world.now()
    detail = NOWHERE if one.node.config.disabled else {}
    scope.sink.event(
        NodeEnded(record.id, record.index, path, one.number, "skipped", detail, now, 0)
    )


def tell_end(scope: Scope, record: Progress, result: RecordResult | None) -> None:
    """A record has ended, with a result or with its first failure."""
    first = min(record.failures, key=lambda one: one.place, default=None)
    failure = first or Failure(AT_ITS_END, None, "", "")
    scope.streak.note(first)
    scope.sink.event(
        RecordEnded(
            record.id, record.index, "done" if result else "failed", record.started,
            scope.world.now() - record.started, failure.node,
            failure.code or None, failure.message or None, result,
        )
    )  # fmt: skip


def failure_of(error: Exception, visit: Visit | None = None) -> Failure:
    """What failed a record at a visit, or outside of any."""
    code = getattr(error, "code", None)
    if not isinstance(code, str):
        name = type(error).__name__
        code = "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
    if visit is None:
        return Failure(AT_ITS_END, None, code, str(error) or code)
    return Failure((*visit.record.place, visit.node.place), visit.path, code, str(error) or code)


def _detail(visit: Visit, taken: list[Arrow] | None) -> dict[str, object]:
    """What a visit wrote and noted, and where it went on, where that was decided."""
    detail: dict[str, object] = {}
    if visit.wrote:
        detail["variables"] = visit.wrote
        if visit.scope.settings.size > WHOLE_TEXTS:
            _shorten(detail, visit.wrote)
    if visit.notes:
        detail["notes"] = visit.notes
    if taken is not None and len(taken) != len(visit.node.arrows) + len(visit.node.back):
        detail["taken"] = [arrow.name for arrow in taken]
    return detail


def _shorten(detail: dict[str, object], wrote: Mapping[str, object]) -> None:
    """Keep the beginning of long texts; `cut` says how many characters each had."""
    cut = {n: len(t) for n, t in wrote.items() if isinstance(t, str) and len(t) > SHOWN_CHARACTERS}
    if cut:
        beginnings = {name: str(wrote[name])[:SHOWN_CHARACTERS] for name in cut}
        detail["variables"] = {**wrote, **beginnings}
        detail["cut"] = cut
