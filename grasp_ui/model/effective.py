"""Which value counts: the one fold over what rules, judges and people said."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import fmean, median
from typing import Literal, NamedTuple

from pydantic import Field

from grasp_ui.model.conversation import Thread
from grasp_ui.model.edits import EDIT, edit_mark, newest_edits
from grasp_ui.model.review import ReviewEvent, standing
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import Action, ConversationId, JsonObject, Scalar, Score, Source, Value

__all__ = ["EffectiveTag", "Verdict", "effective_tags", "standing", "verdict_of"]


class EffectiveTag(Value):
    """The value that counts for one target, name and element, and whose it is."""

    target: Target
    name: str
    element: str | None = None
    value: Scalar
    score: Score | None = None
    action: Action = "info"
    source: Source
    author: str
    version: str = ""
    evidence: JsonObject = Field(default_factory=dict)
    reason: str = ""
    disputed: bool = False


OF_TAG = tuple(name for name in EffectiveTag.model_fields if name in Tag.model_fields)
_BLANK = EffectiveTag(
    target=Target(conversation_id=ConversationId(""), kind="conversation", id=""),
    name="", value=None, source="rule", author="",
)  # fmt: skip


class Verdict(Value):
    """Whether a thread goes into exports, and why not."""

    state: Literal["keep", "drop", "disputed"]
    reasons: tuple[str, ...] = ()
    score: Score | None = None


class _Key(NamedTuple):
    target: Target
    name: str
    element: str | None


def effective_tags(tags: Iterable[Tag], reviews: Iterable[ReviewEvent]) -> tuple[EffectiveTag, ...]:
    """Fold all judgements into those that count (see docs/semantics.md).

    What judges said of a text that a person has edited since does not count.

    Returns:
        One tag for each target, name and element, in order of first appearance. Tags that
        were looked at and found right have the action `pass`.
    """
    reviews = tuple(reviews)
    edits = newest_edits(reviews)
    said: dict[_Key, list[Tag]] = defaultdict(list)
    for tag in sorted(tags, key=lambda tag: tag.seq):
        if tag.source != "judge" or tag.evidence.get(EDIT) == edit_mark(tag.target, edits):
            said[_Key(tag.target, tag.name, tag.element)].append(tag)
    votes: dict[_Key, list[ReviewEvent]] = defaultdict(list)
    for event in standing(reviews):
        if event.kind in ("override", "adjudicate"):
            key = _Key(event.target, str(event.payload["name"]), event.payload.get("element"))
            votes[key].append(event)
    keys = dict.fromkeys([*said, *votes])
    return tuple(_counted(key, said.get(key, []), votes.get(key, [])) for key in keys)


def verdict_of(
    thread: Thread, effective: Iterable[EffectiveTag], reviews: Iterable[ReviewEvent]
) -> Verdict:
    """Whether `thread` is kept: a person's word first, then any effective reject."""
    on_thread = {message.id for message in thread.messages} | {str(thread.conversation_id)}
    tags = [tag for tag in effective if tag.target.id in on_thread]
    decisions = [event for event in standing(reviews) if event.target.id in on_thread]
    score = _thread_score(thread, tags)
    person = _decision(decisions)
    if person is not None:
        return person.model_copy(update={"score": score})
    if any(tag.disputed for tag in tags):
        names = sorted({tag.name for tag in tags if tag.disputed})
        return Verdict(state="disputed", reasons=tuple(names), score=score)
    reasons = tuple(dict.fromkeys(tag.name for tag in tags if tag.action == "reject"))
    return Verdict(state="drop" if reasons else "keep", reasons=reasons, score=score)


def _counted(key: _Key, tags: Sequence[Tag], votes: Sequence[ReviewEvent]) -> EffectiveTag:
    machine = _machine(tags)
    if not votes:
        assert machine is not None  # noqa: S101 - a key comes from a tag or from a vote
        return machine
    chosen, disputed = _elected(votes)
    below = (
        machine.model_dump(exclude={"target", "name", "element"}) if machine else {"value": None}
    )
    said = {
        name: chosen.payload[name]
        for name in ("value", "score", "action")
        if name in chosen.payload
    }
    return EffectiveTag.model_validate(
        {
            **below,
            **said,
            "target": key.target,
            "name": key.name,
            "element": key.element,
            "source": "person",
            "author": chosen.person,
            "version": "",
            "reason": chosen.reason,
            "disputed": disputed,
        }
    )


def _elected(votes: Sequence[ReviewEvent]) -> tuple[ReviewEvent, bool]:
    """The vote that counts, and whether the reviewers are split."""
    for event in reversed(votes):
        if event.kind == "adjudicate":
            return event, False
    newest = {event.person: event for event in votes}
    tally = Counter(_choice(event) for event in newest.values())
    first, *others = tally.most_common(2)
    winners = [event for event in newest.values() if _choice(event) == first[0]]
    return winners[-1], bool(others) and others[0][1] == first[1]


def _choice(event: ReviewEvent) -> str:
    return str([event.payload.get(name) for name in ("value", "score", "action")])


def _machine(tags: Sequence[Tag]) -> EffectiveTag | None:
    """What counts where no person spoke in this program; None without tags."""
    if not tags:
        return None
    newest = tags[0] if len(tags) == 1 else _heard(_in_force(tags))
    # A tag has been validated: to do it again takes most of the time of storing many of them.
    said = newest.__dict__
    return _BLANK.model_copy(update={name: said[name] for name in OF_TAG})


def _heard(tags: Sequence[Tag]) -> Tag:
    """The newest of those that come first; of judges what they say together."""
    best = max(_precedence(tag) for tag in tags)
    heard = [tag for tag in tags if _precedence(tag) == best]
    newest = heard[-1]
    if newest.source == "judge":
        return _panel([tag for tag in heard if tag.version == newest.version])
    return newest


def _in_force(tags: Sequence[Tag]) -> Sequence[Tag]:
    """Without what a learned model said, where it was switched off since: its last word is None."""
    learned = [tag for tag in tags if tag.source == "learned"]
    if not learned or learned[-1].value is not None:
        return tags
    return [tag for tag in tags if tag.source != "learned"] or learned[-1:]


def _precedence(tag: Tag) -> int:
    if tag.source == "imported":
        return 4 if tag.author.startswith("people") else 1
    return {"rule": 0, "judge": 2, "learned": 3, "person": 5}[tag.source]


def _panel(tags: Sequence[Tag]) -> Tag:
    """The median of what each judge said last; a tag of one judge is that tag."""
    newest = {tag.author: tag for tag in tags}
    numbers = [tag.value for tag in newest.values() if isinstance(tag.value, int | float)]
    last = tags[-1]
    if len(newest) == 1 or len(numbers) != len(newest):
        return last
    scores = [tag.score for tag in newest.values() if tag.score is not None]
    return last.model_copy(
        update={
            "value": median(numbers),
            "score": median(scores) if scores else None,
            "author": ", ".join(newest),
            "evidence": {"panel": {tag.author: tag.value for tag in newest.values()}},
        }
    )


def _decision(events: Sequence[ReviewEvent]) -> Verdict | None:
    """What people decided of the thread as a whole, if they did."""
    newest = {e.person: e for e in events if e.kind in ("keep", "reject")}
    kinds = Counter(event.kind for event in newest.values())
    if not kinds:
        return None
    if kinds["keep"] == kinds["reject"]:
        return Verdict(state="disputed", reasons=tuple(f"split: {p}" for p in newest))
    if kinds["keep"] > kinds["reject"]:
        return Verdict(state="keep")
    reasons = tuple(f"rejected by {e.person}" for e in newest.values() if e.kind == "reject")
    return Verdict(state="drop", reasons=reasons)


def _thread_score(thread: Thread, tags: Sequence[EffectiveTag]) -> float:
    """Mean of the judge scores, people's included; else the share of messages without a warning."""
    judged = [t.score for t in tags if t.score is not None and t.source in ("judge", "person")]
    if judged:
        return fmean(judged)
    warned = {tag.target.id for tag in tags if tag.action == "warn"}
    return 1 - len(warned & {m.id for m in thread.messages}) / len(thread.messages)
