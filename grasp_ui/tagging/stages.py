"""Stage one: what the rules of a profile say of a conversation, as tags to append."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Any

from grasp_ui.model.conversation import Conversation
from grasp_ui.model.effective import effective_tags
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import RunId
from grasp_ui.registry import Registry
from grasp_ui.tagging.arming import SAID, ArmedRule, Key, armed, newest, news, tags_of
from grasp_ui.tagging.dataset import DATASET_RULES, Earlier
from grasp_ui.tagging.heuristic import HEURISTICS
from grasp_ui.tagging.preference import PREFERENCE_RULES
from grasp_ui.tagging.profile import Profile

__all__ = [
    "SAID",
    "ArmedRule",
    "armed_rules",
    "held_to",
    "tag_conversation",
    "tag_in_dataset",
    "tag_preferences",
    "uses_dataset",
]  # fmt: skip
# What a tag says that a profile's minimum turned into a reject: the minimum, and what it was.
FLOOR = "minimum_score"
BEFORE = "action_before"
# Where in the order of all that was said stands what is said now.
NOW = 2**62


def tag_conversation(
    profile: Profile, conversation: Conversation, known: Sequence[Tag] = ()
) -> tuple[Tag, ...]:
    """The tags that stage one adds to those that are `known`.

    Every rule that `profile` enables is run, but for those that look at the dataset
    (`tag_in_dataset`) or at preferences (`tag_preferences`). What a rule says for the first
    time, or says differently, is a new tag; what it said already is not said again. A rule that
    fired and fires no more (also because it was switched off) leaves a tag with the action
    `pass`. Judges' tags are repeated with another action where the profile's minimum changed it.

    Raises:
        UnreadableFile: the profile names an unknown rule, or gives one a wrong config.
    """
    said = newest(known)
    fired = _fired(profile, HEURISTICS, conversation.run_id, conversation)
    return (
        *news(armed_rules(profile), fired, said, HEURISTICS),
        *_regraded(profile.minimum_judge_score, said.values()),
    )


def tag_preferences(
    profile: Profile, tagged: TaggedConversation, fresh: Sequence[Tag] = ()
) -> tuple[Tag, ...]:
    """The tags that the preference rules of `profile` add to those of `tagged`.

    They go by what counts, so whatever looks at the answers comes first: `fresh` are the tags
    that were just added.

    Raises:
        UnreadableFile: the profile names an unknown rule, or gives one a wrong config.
    """
    if not tagged.preferences:
        return ()
    said = (*tagged.tags, *(tag.model_copy(update={"seq": NOW}) for tag in fresh))
    seen = tagged.model_copy(
        update={"tags": said, "effective": effective_tags(said, tagged.reviews)}
    )
    fired = _fired(profile, PREFERENCE_RULES, tagged.conversation.run_id, seen)
    rules = armed(profile, PREFERENCE_RULES)
    return tuple(news(rules, fired, newest(tagged.tags), PREFERENCE_RULES))


def tag_in_dataset(
    profile: Profile,
    conversation: Conversation,
    earlier: Earlier | None,
    known: Sequence[Tag] = (),
) -> tuple[Tag, ...]:
    """The tags that the dataset rules of `profile` add, beside what stands before.

    Without any such rule `earlier` is not needed: what one said before is then taken back.

    Raises:
        UnreadableFile: the profile names an unknown rule, or gives one a wrong config.
    """
    fired = _fired(profile, DATASET_RULES, conversation.run_id, conversation, earlier)
    rules = armed(profile, DATASET_RULES)
    return tuple(news(rules, fired, newest(known), DATASET_RULES))


def uses_dataset(profile: Profile) -> bool:
    """Whether a rule is on that looks at the dataset.

    Raises:
        UnreadableFile: the profile names an unknown rule, or gives one a wrong config.
    """
    return bool(armed(profile, DATASET_RULES))


def armed_rules(profile: Profile) -> tuple[ArmedRule, ...]:
    """The enabled rules of `profile` that look at one conversation, in its order.

    Raises:
        UnreadableFile: it names an unknown rule, or gives one a wrong config.
    """
    return armed(profile, HEURISTICS)


def _fired(
    profile: Profile, family: Registry[Any], run_id: RunId | None, *seen: object
) -> dict[Key, Tag]:
    """What the rules of one family say of what they see."""
    fired: dict[Key, Tag] = {}
    for rule in armed(profile, family):
        # Most rules find nothing in most conversations.
        if found := tuple(rule.part.deed(rule.config, *seen)):
            fired.update(tags_of(rule, found, run_id))
    return fired


def _regraded(minimum: float | None, newest: Iterable[Tag]) -> Iterator[Tag]:
    """Judges' tags whose action the profile's minimum changes, with the same value."""
    judged = [tag for tag in newest if tag.source == "judge" and tag.score is not None]
    panels: dict[tuple[Target, str, str], list[float]] = defaultdict(list)
    for tag in judged:
        panels[tag.target, tag.name, tag.version].append(tag.score or 0.0)
    for tag in judged:
        held = held_to(minimum, tag, median(panels[tag.target, tag.name, tag.version]))
        if held is not tag:
            yield held.model_copy(update={"seq": 0})


def held_to(minimum: float | None, tag: Tag, score: float) -> Tag:
    """A judge's `tag` as the profile's minimum has it; itself if unchanged.

    `score` is that of the panel that the judge belongs to.
    """
    own = {name: said for name, said in tag.evidence.items() if name not in (FLOOR, BEFORE)}
    action, evidence = tag.evidence.get(BEFORE, tag.action), own
    if minimum is not None and score < minimum:
        evidence = {**own, FLOOR: minimum, BEFORE: action}
        action = "reject"
    if (action, evidence) == (tag.action, tag.evidence):
        return tag
    return tag.model_copy(update={"action": action, "evidence": evidence})
