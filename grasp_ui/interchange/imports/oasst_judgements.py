"""What people and a classifier said of OASST messages, as tags and preferences."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from grasp_ui.interchange.imports.oasst_messages import Node
from grasp_ui.interchange.imports.oasst_tree import Placed, rank_of
from grasp_ui.model.preference import Preference, preference_id
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import Action, JsonObject, Scalar

PEOPLE = "people"
CLASSIFIER = "detoxify"
EXPORTER = "oasst"
VERSION = "oasst"
GOOD = frozenset(("quality", "helpfulness"))
BAD = frozenset(
    ("spam", "fails_task", "lang_mismatch", "pii", "not_appropriate", "hate_speech",
     "sexual_content", "toxicity", "violence")
)  # fmt: skip
"""Labels by what a 1 means; the others (humor, creativity, …) are neither good nor bad."""


class Word(NamedTuple):
    """One thing that is said of a message."""

    name: str
    value: Scalar
    score: float | None = None
    action: Action = "info"
    author: str = PEOPLE
    evidence: JsonObject | None = None


def tags_of(placed: Placed, passed_over: Counter[str]) -> Iterator[Tag]:
    """A tag for each label, for review and deletion, and for what a classifier found."""
    message = placed.message
    target = Target(conversation_id=message.conversation_id, kind="message", id=message.id)
    for word in _words(placed.node, passed_over):
        yield Tag(
            target=target,
            name=word.name,
            value=word.value,
            score=word.score,
            action=word.action,
            source="imported",
            author=word.author,
            version=VERSION,
            evidence=word.evidence or {},
        )


def preferences_of(siblings: Sequence[Placed]) -> Iterator[Preference]:
    """One for each two answers of different rank, with the difference as margin.

    All pairs and not only neighbours: where an answer was taken out, the next pair is there.
    """
    answers = [(rank_of(one.node), one.message) for one in siblings]
    ranked = sorted(
        ((rank, said) for rank, said in answers if rank is not None and said.role == "assistant"),
        key=lambda one: one[0],
    )
    for (best, better), (worst, worse) in combinations(ranked, 2):
        if best < worst:
            yield Preference(
                id=preference_id(better.id, worse.id, PEOPLE),
                conversation_id=better.conversation_id,
                prompt_id=better.parent_id,
                better_id=better.id,
                worse_id=worse.id,
                margin=worst - best,
                source="imported",
                author=PEOPLE,
                version=VERSION,
            )


def _words(node: Node, passed_over: Counter[str]) -> Iterator[Word]:
    said = node.said
    if said.get("deleted") is True:
        yield Word("deleted", value=True, score=0.0, action="reject")
    if isinstance(result := said.get("review_result"), bool):
        action: Action = "info" if result else "reject"
        votes = {"count": said["review_count"]} if _is_number(said.get("review_count")) else None
        yield Word("review_result", result, float(result), action, evidence=votes)
    for name, value, count in _labels(said.get("labels"), passed_over):
        votes = None if count is None else {"count": count}
        yield Word(name, value, _score(name, value), evidence=votes)
    yield from _thumbs(_counts(said.get("emojis"), passed_over))
    yield from _toxicity(said.get("detoxify"))
    if said.get("synthetic") is True:
        yield Word("synthetic", value=True, author=EXPORTER)
    if said.get("rank") is not None and rank_of(node) is None:
        passed_over["rank is no whole number"] += 1


def _labels(found: Any, passed_over: Counter[str]) -> Iterator[tuple[str, float, int | None]]:
    """Name, mean and number of votes of each label, in any of the three layouts."""
    if found is None:
        return
    if not isinstance(found, dict):
        passed_over["labels are no object"] += 1
        return
    for name, mean, count in _columns(found) if _is_in_columns(found) else _entries(found):
        if _is_number(mean):
            yield name, float(mean), count if isinstance(count, int) else None
        elif mean is not None:
            passed_over["label without a number"] += 1


def _is_in_columns(found: Mapping[str, Any]) -> bool:
    return isinstance(found.get("name"), list) and isinstance(found.get("value"), list)


def _columns(found: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    names, values, counts = found["name"], found["value"], found.get("count")
    counted = counts if isinstance(counts, list) else []
    for place, (name, value) in enumerate(zip(names, values, strict=False)):
        yield str(name), value, counted[place] if place < len(counted) else None


def _entries(found: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name, entry in found.items():
        if isinstance(entry, dict):
            yield name, entry.get("value"), entry.get("count")
        else:
            yield name, entry, None


def _score(name: str, value: float) -> float | None:
    """From 0, bad, to 1, good; None where the label says neither, or is on another scale."""
    if not 0 <= value <= 1:
        return None
    if name in GOOD:
        return value
    return 1 - value if name in BAD else None


def _counts(found: Any, passed_over: Counter[str]) -> dict[str, int]:
    """How often each emoji was given, in either layout."""
    if not isinstance(found, dict):
        if found is not None:
            passed_over["emojis are no object"] += 1
        return {}
    pairs: Any = found.items()
    if isinstance(found.get("name"), list) and isinstance(found.get("count"), list):
        pairs = zip(found["name"], found["count"], strict=False)
    return {str(name): count for name, count in pairs if isinstance(count, int)}


def _thumbs(counts: Mapping[str, int]) -> Iterator[Word]:
    """Thumbs up less thumbs down; the other emojis, skips among them, stand beside it."""
    up, down = counts.get("+1", 0), counts.get("-1", 0)
    if counts:
        score = up / (up + down) if up + down > 0 <= min(up, down) else None
        yield Word("emojis", up - down, score, evidence=dict(counts))


def _toxicity(found: Any) -> Iterator[Word]:
    """The worst that the classifier found; all of it stands beside."""
    if isinstance(found, dict):
        numbers = {str(name): value for name, value in found.items() if _is_number(value)}
        if numbers:
            worst = max(numbers.values())
            score = 1 - worst if 0 <= worst <= 1 else None
            yield Word(CLASSIFIER, worst, score, author=CLASSIFIER, evidence=numbers)


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and math.isfinite(value)
