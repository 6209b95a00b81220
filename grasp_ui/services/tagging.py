"""Tagging again: stage one over stored conversations; what people said stays."""

from collections.abc import Callable, Iterator

from grasp_ui.errors import NotFound
from grasp_ui.model.selection import Selection
from grasp_ui.model.tag import Tag
from grasp_ui.services.dataset_tagging import Comparing, keep_tags
from grasp_ui.services.parts import load_heuristics
from grasp_ui.services.planning import all_profiles
from grasp_ui.services.stage_one import DEFAULT
from grasp_ui.services.workspace import Workspace, bundle
from grasp_ui.store import conversations
from grasp_ui.tagging.profile import Profile
from grasp_ui.tagging.stages import tag_conversation, tag_preferences


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
    return keep_tags(
        workspace.database, _found(workspace, selection, profiles[profile], on_progress)
    )


def _found(
    workspace: Workspace,
    selection: Selection,
    profile: Profile,
    on_progress: Callable[[int, int], None] | None,
) -> Iterator[Tag]:
    """What is new: rules of conversations first, then of preferences, then of the dataset."""
    comparing = Comparing(workspace.database, workspace.home, profile)
    until = selection.as_of or comparing.until
    selection = selection.model_copy(update={"as_of": min(until, comparing.until)})
    total = conversations.count(workspace.database, selection)
    stream = comparing.ahead(conversations.stream(workspace.database, selection))
    for done, tagged in enumerate(stream, start=1):
        found = tag_conversation(profile, tagged.conversation, known=tagged.tags)
        yield from found
        yield from tag_preferences(profile, tagged, found)
        yield from comparing.tags(tagged)
        if on_progress is not None:
            on_progress(done, total)
