"""Tagging again: stage one over stored conversations; what people said stays."""

from collections.abc import Callable

from grasp_ui.model.selection import Selection
from grasp_ui.model.tag import Tag
from grasp_ui.services.dataset_tagging import BATCH, Comparing
from grasp_ui.services.parts import load_heuristics
from grasp_ui.services.stage_one import DEFAULT
from grasp_ui.services.stage_two import find_profile
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import conversations
from grasp_ui.store.tags import add_tags
from grasp_ui.tagging.changes import Changed
from grasp_ui.tagging.stages import tag_conversation, tag_preferences


def tag_again(
    workspace: Workspace,
    selection: Selection,
    *,
    profile: str = DEFAULT,
    on_progress: Callable[[int, int], None] | None = None,
) -> Changed:
    """Run stage one over the selected conversations; appends only what is new.

    Rules of conversations come first, then those of preferences, then those of the dataset. All
    see texts as people left them, but for the dataset's, which see them as they were stored.

    Returns:
        What was appended. `on_progress` hears (done, all) conversations.

    Raises:
        NotFound: there is no such profile.
    """
    rules = find_profile(workspace, profile)
    load_heuristics()
    comparing = Comparing(workspace.database, workspace.home, rules)
    until = min(selection.as_of or comparing.until, comparing.until)
    selection = selection.model_copy(update={"as_of": until})
    total = conversations.count(workspace.database, selection)
    changed, waiting = Changed(), list[Tag]()
    stream = comparing.ahead(conversations.stream(workspace.database, selection))
    for done, tagged in enumerate(stream, start=1):
        found = tag_conversation(rules, tagged.conversation, known=tagged.tags)
        added = (*found, *tag_preferences(rules, tagged, found), *comparing.tags(tagged))
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
