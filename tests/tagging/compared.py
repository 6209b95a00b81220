"""Running one preference rule with its default config, for the tests of the rules."""

from collections.abc import Sequence

from grasp_ui.model.preference import Preference
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag
from grasp_ui.tagging.heuristic import Finding
from grasp_ui.tagging.preference import PREFERENCE_RULES
from tests.builders import answered, tagged
from tests.interchange.samples import prefers
from tests.tagging.firing import load_rules


def found_in(rule: str, told: TaggedConversation, **config: object) -> list[Finding]:
    """What `rule` finds in a conversation with its preferences."""
    load_rules()
    part = PREFERENCE_RULES[rule]
    return list(part.deed(part.config.model_validate(config), told))


def two(better: str, worse: str, *tags: Tag, margin: float = 0.5) -> TaggedConversation:
    """A question with two answers, the first preferred."""
    pair = prefers("m1", "m2", margin)
    return tagged(
        answered("How deep do I plant garlic?", better, worse), tags=tags, preferences=[pair]
    )


def many(preferences: Sequence[Preference], count: int = 6) -> TaggedConversation:
    """A question with `count` answers that differ, and preferences among them."""
    texts = [f"Answer number {n} says its own thing." for n in range(count)]
    return tagged(answered("How deep do I plant garlic?", *texts), preferences=preferences)
