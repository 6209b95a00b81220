"""Edits: a person writes a text anew, and the rules look at it again."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from grasp_ui.errors import GraspError, NotFound, UnreadableFile
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Target
from grasp_ui.model.value import ConversationId, MessageId
from grasp_ui.services.learned_tags import learned_tags, models_at_work
from grasp_ui.services.parts import load_heuristics
from grasp_ui.services.planning import all_profiles
from grasp_ui.services.stage_one import DEFAULT, profile_of
from grasp_ui.services.workspace import Workspace, bundle
from grasp_ui.store import conversations, reviews
from grasp_ui.store.runs import find_run
from grasp_ui.store.tags import add_tags
from grasp_ui.tagging.arming import FAMILIES, armed, newest
from grasp_ui.tagging.profile import Profile
from grasp_ui.tagging.stages import tag_conversation, tag_preferences


class CannotEdit(GraspError):
    """A text cannot be kept in the place of another; the message says why."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What a person writes in the place of a message; `seen` is what they read."""

    message: MessageId
    text: str
    seen: str
    reason: str = ""


def edit_text(
    workspace: Workspace, conversation: ConversationId, rewrite: Rewrite, *, person: str
) -> ReviewEvent:
    """Keep a text in the place of a message's; the first one stays in the store.

    The rules run again over the conversation. What judges said of the old text does not count
    until they are asked again.

    Raises:
        NotFound: there is no such conversation or message.
        CannotEdit: nothing is written, nothing changed, or another person was faster.
    """
    workspace.database.settle()
    tagged = conversations.read_conversation(workspace.database, conversation)
    text = rewrite.text.strip()
    _check(tagged, rewrite, text)
    event = ReviewEvent(
        id=secrets.token_hex(10),
        kind="edit",
        target=Target(conversation_id=conversation, kind="message", id=rewrite.message),
        payload={"content": text, "old": rewrite.seen},
        person=person,
        reason=rewrite.reason,
        at=datetime.now(UTC).replace(tzinfo=None),
    )
    kept = reviews.add_review(workspace.database, event)
    look_again(workspace, conversation)
    return kept


def look_again(workspace: Workspace, conversation: ConversationId) -> int:
    """Run the rules over a conversation as people left it; how many tags are new.

    They are those of the profile that tagged it: the one whose rules said what counts now, else
    its graph's own. Learned models that are switched on speak again too.
    """
    load_heuristics()
    workspace.database.settle()
    tagged = conversations.read_conversation(workspace.database, conversation)
    profile = _profile(workspace, tagged)
    if profile is None:
        return 0
    found = tag_conversation(profile, tagged.conversation, known=tagged.tags)
    models = models_at_work(workspace.home)
    learned = learned_tags(models, tagged) if models else ()
    added = (*found, *tag_preferences(profile, tagged, found), *learned)
    add_tags(workspace.database, added)
    workspace.database.settle()
    return len(added)


def _check(tagged: TaggedConversation, rewrite: Rewrite, text: str) -> None:
    message = next((m for m in tagged.conversation.messages if m.id == rewrite.message), None)
    if message is None:
        raise NotFound(
            f"There is no message '{rewrite.message}' in conversation {tagged.conversation.id}."
        )
    if message.content != rewrite.seen:
        change = tagged.edited.get(message.id)
        who = change.person if change else "Somebody"
        raise CannotEdit(
            f"{who} changed this text since you opened it. Yours is not kept: look at the new one, "
            "then edit that."
        )
    if not text:
        raise CannotEdit("A message cannot be empty. Write a text, or reject the conversation.")
    if text == message.content:
        raise CannotEdit("The text is as it was: there is nothing to keep.")


def _profile(workspace: Workspace, tagged: TaggedConversation) -> Profile | None:
    profiles = all_profiles(workspace.home, bundle())
    own = _own_profile(workspace, tagged, profiles)
    rules = (tag for tag in newest(tagged.tags).values() if tag.source == "rule")
    said = {(tag.name, tag.version) for tag in rules if tag.action != "pass"}
    counts = {name: len(said.intersection(_versions(one))) for name, one in profiles.items()}
    most = max(counts.values(), default=0)
    if own is not None and len(said.intersection(_versions(own))) == most:
        return own
    return next((profiles[name] for name, count in counts.items() if count == most > 0), own)


def _own_profile(
    workspace: Workspace, tagged: TaggedConversation, profiles: dict[str, Profile]
) -> Profile | None:
    """That of the graph as it ran; the default where there is no such run or profile any more."""
    run_id = tagged.conversation.run_id
    if run_id is None:
        return profiles.get(DEFAULT)
    try:
        spec = workspace.runner.graph_of(find_run(workspace.database, run_id))
        return profile_of(spec, profiles)
    except GraspError:
        return profiles.get(DEFAULT)


def _versions(profile: Profile) -> set[tuple[str, str]]:
    """The rules of a profile, by name and version; none of one that cannot run."""
    try:
        rules = [rule for family in FAMILIES for rule in armed(profile, family)]
    except UnreadableFile:
        return set()
    return {(rule.part.name, rule.version) for rule in rules}
