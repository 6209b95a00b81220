"""Applying a tagging profile to what is stored, and telling what that changed."""

from collections.abc import Callable
from dataclasses import dataclass

from grasp_ui.model.selection import Selection
from grasp_ui.services.tagging import tag_again
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import conversations, tags
from grasp_ui.tagging.changes import Changed


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying a profile did: tags by name and action, kept before and after.

    A tag with the action `pass` took an older one back.
    """

    profile: str
    changed: Changed
    by_name: tuple[tuple[str, str, int], ...]
    conversations: int
    kept_before: int
    kept_after: int


def apply_profile(
    workspace: Workspace,
    name: str,
    selection: Selection,
    *,
    on_progress: Callable[[int, int], None] | None = None,
) -> Applied:
    """Tag the selected conversations by the profile `name`; what people said stays.

    Raises:
        NotFound: there is no such profile.
    """
    database = workspace.database
    database.settle()
    newest, before = tags.last_seq(database), _kept(workspace, selection)
    changed = tag_again(workspace, selection, profile=name, on_progress=on_progress)
    database.settle()
    return Applied(
        profile=name,
        changed=changed,
        by_name=tuple(tags.said_since(database, newest)),
        conversations=conversations.count(database, selection),
        kept_before=before,
        kept_after=_kept(workspace, selection),
    )


def _kept(workspace: Workspace, selection: Selection) -> int:
    kept = selection.model_copy(update={"verdict": "keep"})
    return conversations.count(workspace.database, kept)
