"""Tagging again: stage one over stored conversations; what people said stays."""

from collections.abc import Callable

from grasp_ui.model.edits import with_edits
from grasp_ui.model.selection import Selection
from grasp_ui.model.tag import Tag
from grasp_ui.services.parts import load_heuristics
from grasp_ui.services.stage_one import DEFAULT
from grasp_ui.services.stage_two import find_profile
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import conversations
from grasp_ui.store.tags import add_tags
from grasp_ui.tagging.changes import Changed
from grasp_ui.tagging.stages import tag_conversation

BATCH = 1000


def tag_again(
    workspace: Workspace,
    selection: Selection,
    *,
    profile: str = DEFAULT,
    on_progress: Callable[[int, int], None] | None = None,
) -> Changed:
    """Run stage one over the selected conversations; appends only what is new.

    Rules see texts as people left them.

    Returns:
        What was appended. `on_progress` hears (done, all) conversations.

    Raises:
        NotFound: there is no such profile.
    """
    rules = find_profile(workspace, profile)
    load_heuristics()
    total = conversations.count(workspace.database, selection)
    changed, waiting = Changed(), list[Tag]()
    for done, tagged in enumerate(conversations.stream(workspace.database, selection), start=1):
        conversation = with_edits(tagged.conversation, tagged.reviews)
        added = tag_conversation(rules, conversation, known=tagged.tags)
        changed = changed.plus(added, tagged.tags)
        waiting.extend(added)
        if len(waiting) >= BATCH:
            add_tags(workspace.database, waiting)
            waiting = []
        if on_progress is not None:
            on_progress(done, total)
    add_tags(workspace.database, waiting)
    workspace.database.settle()
    return changed
