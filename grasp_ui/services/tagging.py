"""Tagging again: stage one over stored conversations; what people said stays."""

from collections.abc import Callable

from grasp_ui.errors import NotFound
from grasp_ui.model.selection import Selection
from grasp_ui.model.tag import Tag
from grasp_ui.services.parts import load_heuristics
from grasp_ui.services.planning import all_profiles
from grasp_ui.services.stage_one import DEFAULT
from grasp_ui.services.workspace import Workspace, bundle
from grasp_ui.store import conversations
from grasp_ui.store.tags import add_tags
from grasp_ui.tagging.stages import tag_conversation

BATCH = 1000


def tag_again(
    workspace: Workspace,
    selection: Selection,
    *,
    profile: str = DEFAULT,
    on_progress: Callable[[int, int], None] | None = None,
) -> int:
    """Run stage one over the selected conversations; appends only what is new.

    Returns:
        The number of tags that were added. `on_progress` hears (done, all) conversations.

    Raises:
        NotFound: there is no such profile.
    """
    profiles = all_profiles(workspace.home, bundle())
    if profile not in profiles:
        known = ", ".join(sorted(profiles))
        raise NotFound(f"There is no tagging profile named '{profile}'. Known: {known}.")
    load_heuristics()
    total = conversations.count(workspace.database, selection)
    added, waiting = 0, list[Tag]()
    for done, tagged in enumerate(conversations.stream(workspace.database, selection), start=1):
        waiting.extend(tag_conversation(profiles[profile], tagged.conversation, known=tagged.tags))
        if len(waiting) >= BATCH:
            add_tags(workspace.database, waiting)
            added, waiting = added + len(waiting), []
        if on_progress is not None:
            on_progress(done, total)
    if waiting:
        add_tags(workspace.database, waiting)
    workspace.database.settle()
    return added + len(waiting)
