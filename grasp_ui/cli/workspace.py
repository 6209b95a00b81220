"""The workspace as commands open it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grasp_ui.cli.outcome import note
from grasp_ui.model.selection import Selection
from grasp_ui.model.value import RunId
from grasp_ui.services.settings import home_folder
from grasp_ui.services.stored_rows import IMPORTED
from grasp_ui.services.workspace import STORE, Workspace, open_workspace
from grasp_ui.store.database import open_database
from grasp_ui.store.runs import find_run


@contextmanager
def opened(store: Path | None) -> Iterator[Workspace]:
    """The workspace on `store`, closed afterwards; says what had to be repaired."""
    workspace = open_workspace(store_file=store)
    try:
        for line in workspace.notices:
            note(line)
        yield workspace
    finally:
        workspace.close()


@contextmanager
def storeless() -> Iterator[Workspace]:
    """A workspace that leaves the store's file alone: the app may have it open."""
    home = home_folder()
    workspace = Workspace(home, home / STORE, open_database(None))
    try:
        yield workspace
    finally:
        workspace.close()


def selection_of(workspace: Workspace, run_name: str | None) -> Selection:
    """The conversations of one run, those that were imported (`imported`), or all.

    Raises:
        NotFound: there is no such run.
    """
    if run_name is None:
        return Selection()
    if run_name == IMPORTED:
        return Selection(origin="imported")
    return Selection(run_id=find_run(workspace.database, RunId(run_name)).id)
