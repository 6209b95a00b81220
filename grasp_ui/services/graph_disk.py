"""A graph's file while it is drawn: a change by another hand is noticed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.value import GraphId
from grasp_ui.services.graph_file import known_graph
from grasp_ui.services.graphs import discard_draft, keep_draft_text, open_graph
from grasp_ui.services.versions import keep_text
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.graphs import keep_graph_version, newest_draft
from grasp_ui.store.snapshots import saved_text

BEFORE = "Drawing before the file was taken"
BY_HAND = "File that was not taken"
Stamp = tuple[int, int]
"""When a file was last written, in nanoseconds, and its size in bytes."""


@dataclass(slots=True)
class WatchedFile:
    """A graph's file as the drawing knows it, and as it was last seen on the disk.

    `known` is the text that the drawing comes from; `found` differs from it where the file
    was changed by another hand.
    """

    workspace: Workspace
    graph_id: GraphId
    path: Path
    known: str
    found: str
    _stamp: Stamp

    @property
    def is_changed(self) -> bool:
        """Whether the file holds, since the last look, what the drawing does not know."""
        return self.found != self.known

    def look(self) -> bool:
        """Look at the file again; it is read only where its time or its size changed.

        A file that is gone, or is no text, is as it was when it was last read.

        Returns:
            Whether it is changed.
        """
        stamp = _stamp(self.path)
        if stamp not in (self._stamp, None):
            self._stamp = stamp or self._stamp
            self.found = _text(self.path, self.found)
        return self.is_changed

    def accept(self) -> None:
        """The drawing knows the file as it is: it was just written, or gone back to."""
        self.look()
        self.known = self.found

    def remember(self) -> None:
        """Store the text that a draft comes from: a change is noticed after a restart too."""
        if saved_text(self.workspace.database, self.graph_id) != self.known:
            self._keep_saved(self.known)

    def take(self) -> GraphSpec:
        """Go over to the file; the drawing as it was is kept as a snapshot of its own."""
        keep_text(self.workspace, self.graph_id, self._mine(), BEFORE)
        discard_draft(self.workspace, self.graph_id)
        self.accept()
        return known_graph(self.known)

    def keep_mine(self) -> None:
        """Stay with the drawing, as a draft; the file's text is kept as a snapshot."""
        mine = self._mine()
        keep_text(self.workspace, self.graph_id, self.found, BY_HAND)
        self._keep_saved(self.found)
        self.known = self.found
        keep_draft_text(self.workspace, self.graph_id, mine)

    def _mine(self) -> str:
        """The drawing as text: its draft, or what the file held before."""
        self.workspace.drafts.settle(self.graph_id)
        draft = newest_draft(self.workspace.database, self.graph_id)
        return self.known if draft is None else draft

    def _keep_saved(self, text: str) -> None:
        spec = known_graph(text)
        keep_graph_version(
            self.workspace.database, self.graph_id, spec.version, spec.title, text,
            draft=False, at=datetime.now(UTC).replace(tzinfo=None),
        )  # fmt: skip


def watched_file(workspace: Workspace, graph_id: GraphId) -> WatchedFile:
    """The file of an own or an example graph, from now on.

    A draft comes from the text that the file had when the draft was begun.

    Raises:
        NotFound: there is no such graph.
        UnreadableFile: its file is not text.
    """
    opened = open_graph(workspace, graph_id)
    path = opened.folder / f"{graph_id.rpartition('/')[2]}.yaml"
    stamp = _stamp(path) or (0, 0)
    found = _text(path, opened.text)
    known = saved_text(workspace.database, graph_id) if opened.is_draft else None
    return WatchedFile(workspace, graph_id, path, found if known is None else known, found, stamp)


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _text(path: Path, otherwise: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return otherwise
