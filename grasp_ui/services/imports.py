"""Imports as jobs, one at a time, that screens look at and cancel."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Literal

from grasp_ui.errors import GraspError
from grasp_ui.services.import_work import (
    Course,
    ImportCancelled,
    ImportReport,
    ImportRequest,
    take_in,
)
from grasp_ui.services.planning import all_profiles
from grasp_ui.services.stage_one import DEFAULT, NONE
from grasp_ui.services.workspace import Workspace, bundle

__all__ = ["ImportJob", "ImportReport", "ImportRequest", "ImportView", "import_file",
           "newest_import", "profile_names", "start_import"]  # fmt: skip
ImportState = Literal["running", "done", "cancelled", "failed"]
OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import at one moment.

    The file is gone through once to know how much there is (`is_counting`) and once to take it
    in; `line` and `bytes_read` are where it is, of `size` bytes. `reason` says why it failed.
    """

    path: Path
    report: ImportReport
    state: ImportState
    reason: str
    line: int
    bytes_read: int
    size: int
    seconds: float

    @property
    def is_running(self) -> bool:
        """Whether it still goes on."""
        return self.state == "running"

    @property
    def is_counting(self) -> bool:
        """Whether nothing was taken in yet."""
        return not self.report.read

    @property
    def share(self) -> float:
        """How much of the file it has gone through this time, from 0 to 1."""
        return min(1.0, self.bytes_read / max(1, self.size))


@dataclass(slots=True)
class ImportJob:
    """One import; `view` and `cancel` are for any thread."""

    workspace: Workspace
    request: ImportRequest
    on_progress: OnProgress | None = None
    over: Event = field(default_factory=Event)
    _course: Course = field(init=False)
    _ended: tuple[ImportState, str, float] | None = None
    _began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        """Nothing is known yet but the file's name."""
        self._course = Course(ImportReport(self.request.path.name, self.request.format))

    @property
    def name(self) -> str:
        """What is at work, for people."""
        return f"The import of {self.request.path.name}"

    def view(self) -> ImportView:
        """How it stands."""
        course = self._course
        state, reason, seconds = self._ended or ("running", "", time.monotonic() - self._began)
        return ImportView(
            path=self.request.path,
            report=course.tell(),
            state=state,
            reason=reason,
            line=course.gauge.line,
            bytes_read=course.gauge.bytes_read,
            size=course.size,
            seconds=seconds,
        )

    def wait(self, timeout_seconds: float | None = None) -> ImportView:
        """How it ended, or stands when the time is up."""
        self.over.wait(timeout_seconds)
        return self.view()

    def cancel(self) -> None:
        """Ask it to stop before the next line; what was stored stays."""
        self._course.stopped.set()

    def begin(self) -> None:
        """Go to work in a thread of its own; the turn is taken already."""
        Thread(target=self._go_quietly, name="import", daemon=True).start()

    def go(self) -> ImportReport:
        """Take the file in; gives the turn back.

        Raises:
            ImportCancelled: somebody asked it to stop.
            GraspError: what `import_file` raises.
        """
        state: ImportState = "failed"
        reason = "The import was broken off."
        try:
            take_in(self.workspace, self.request, self._course, self.on_progress)
            state, reason = "done", ""
        except ImportCancelled:
            state, reason = "cancelled", ""
            raise
        except (GraspError, OSError) as error:
            reason = str(error)
            raise
        finally:
            self._ended = state, reason, time.monotonic() - self._began
            self.workspace.importing.give_back(self)
            self.over.set()
        return self._course.tell()

    def _go_quietly(self) -> None:
        try:
            self.go()
        except (ImportCancelled, GraspError, OSError):
            return  # the view says so


def start_import(
    workspace: Workspace, request: ImportRequest, on_progress: OnProgress | None = None
) -> ImportJob:
    """Begin an import in the background.

    What is wrong with the file is told by the job's view.

    Raises:
        ImportBusy: another file is being imported.
    """
    job = ImportJob(workspace, request, on_progress)
    workspace.importing.take(job)
    job.begin()
    return job


def newest_import(workspace: Workspace) -> ImportJob | None:
    """The import that is at work, or was last, in this process."""
    last = workspace.importing.last
    return last if isinstance(last, ImportJob) else None


def import_file(
    workspace: Workspace, request: ImportRequest, on_progress: OnProgress | None = None
) -> ImportReport:
    """Take a file in; what is in the store already stays as it is, and is counted.

    A line that cannot be used is set aside and never stops the others. `on_progress` hears
    (read, all) messages.

    Raises:
        UnreadableFile: the file is missing, empty, of no known format, or damaged further on
            (what was read before is stored then); or the learned models cannot be read.
        NotFound: there is no such profile.
        ImportBusy: another file is being imported.
    """
    job = ImportJob(workspace, request, on_progress)
    workspace.importing.take(job)
    return job.go()


def profile_names(workspace: Workspace) -> list[str]:
    """The profiles whose rules can tag an import, the default first; `none` last."""
    names = sorted(all_profiles(workspace.home, bundle()), key=lambda name: (name != DEFAULT, name))
    return [*names, NONE]
