"""Preference rules: what is wrong with saying that an answer is better."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from grasp_ui.model.comparison import by_prompt, counted
from grasp_ui.model.conversation import Message
from grasp_ui.model.effective import EffectiveTag
from grasp_ui.model.preference import Preference
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Target
from grasp_ui.registry import Look, Registry
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig

GROUP = "Preferences"
PreferenceRule = Callable[[Any, TaggedConversation], Iterable[Finding]]
PREFERENCE_RULES: Registry[PreferenceRule] = Registry("preference rule")


def preference_rule(
    name: str, *, config: type[HeuristicConfig], look: Look
) -> Callable[[PreferenceRule], PreferenceRule]:
    """Register a pure `rule(config, tagged)`; it sees what counts."""
    return PREFERENCE_RULES.part(name, config=config, look=look)


class Pair(NamedTuple):
    """A preference with both of its answers."""

    preference: Preference
    better: Message
    worse: Message


def pairs(tagged: TaggedConversation) -> Iterator[Pair]:
    """The preferences whose two answers are there, in order."""
    by_id = {message.id: message for message in tagged.conversation.messages}
    for one in tagged.preferences:
        better, worse = by_id.get(one.better_id), by_id.get(one.worse_id)
        if better is not None and worse is not None:
            yield Pair(one, better, worse)


def words_by_prompt(tagged: TaggedConversation) -> Iterator[list[Preference]]:
    """What counts of the preferences under each prompt."""
    for told in by_prompt(tagged.preferences).values():
        yield counted(told)


def tags_on(message: Message, tagged: TaggedConversation) -> list[EffectiveTag]:
    """What counts of what was said of `message`."""
    return [tag for tag in tagged.effective if tag.target.id == message.id]


def on_preference(preference: Preference) -> Target:
    """The target of a finding on `preference`."""
    return Target(conversation_id=preference.conversation_id, kind="preference", id=preference.id)
