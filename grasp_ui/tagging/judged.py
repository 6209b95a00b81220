"""From what judges said of one conversation to tags and preferences to append."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from grasp_ui.model.edits import EDIT
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import Action, JsonObject
from grasp_ui.tagging.changes import TAKEN_BACK
from grasp_ui.tagging.profile import Profile
from grasp_ui.tagging.questions import NOT_APPLICABLE, UNPARSED, Outcome, Question
from grasp_ui.tagging.rounds import Round
from grasp_ui.tagging.stages import BEFORE, FLOOR, SAID, held_to
from grasp_ui.tagging.subjects import Subject

MINIMUM = "minimum"
READABLE = "its reply can be read now"
OWN = (FLOOR, BEFORE, MINIMUM, "panel", "samples", "spread", "unread", EDIT, "reason", "method")
"""What a profile adds to the evidence that a judge gave."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one model said of a subject; `values` are those of its samples."""

    model: str
    outcome: Outcome
    values: tuple[float, ...] = ()
    unread: int = 0


class History:
    """The newest word of each judge on each target, before this tagging."""

    def __init__(self, tagged: TaggedConversation) -> None:
        judged = (tag for tag in tagged.tags if tag.source == "judge")
        self._newest = {_key(tag): tag for tag in judged}

    def news(self, tags: Iterable[Tag]) -> Iterator[Tag]:
        """Those of `tags` that say something else than before."""
        for tag in tags:
            known = self._newest.get(_key(tag))
            if known is None or any(getattr(tag, name) != getattr(known, name) for name in SAID):
                yield tag

    def word(
        self, target: Target, name: str, author: str, element: str | None = None
    ) -> Tag | None:
        """What `author` said last."""
        return self._newest.get((target, name, element, author))

    def others(self, tag: Tag, panel: Sequence[str]) -> list[Tag]:
        """What judges outside of `panel` said by the same rubric of the same text."""
        same = (tag.target, tag.name, tag.version, tag.evidence.get(EDIT))
        return [
            one
            for one in self._newest.values()
            if (one.target, one.name, one.version, one.evidence.get(EDIT)) == same
            and one.author not in panel
        ]

    def all(self) -> Iterable[Tag]:
        """Everything that judges said last."""
        return self._newest.values()


def known_outcome(history: History, rounds: Round, subject: Subject, model: str) -> Outcome | None:
    """What a judge of the graph said of the same text by the same rubric."""
    if subject.is_edited or rounds.judge.setting.samples > 1:
        return None
    tag = history.word(subject.target, rounds.exam.rubric.name, model)
    if tag is None or tag.version != rounds.exam.version:
        return None
    if "samples" in tag.evidence or tag.evidence.get(EDIT) != subject.mark:
        return None
    evidence = {name: said for name, said in tag.evidence.items() if name not in OWN}
    reason = str(tag.evidence.get("reason", ""))
    return Outcome(value=tag.value, score=tag.score, reason=reason, evidence=evidence)


def due_questions(one: Round, tagged: TaggedConversation) -> Iterator[Question]:
    """What a round asks without what the graph's own judges said already."""
    if one.judge.pairs:
        yield from one.all_questions()
        return
    history = History(tagged)
    for subject in one.subjects:
        for model in one.judge.models:
            if known_outcome(history, one, subject, model) is None:
                yield from one.questions(subject, model)


def folded(model: str, outcomes: Sequence[Outcome]) -> Said:
    """A model's samples as one word: the median of those that can be read."""
    read = [one for one in outcomes if not one.fault]
    if not read:
        return Said(model, outcomes[0], unread=len(outcomes))
    values = [float(one.value) for one in read if isinstance(one.value, int | float)]
    middle = min(read, key=lambda one: abs(float(one.value or 0) - median(values)))
    scores = [one.score for one in read if one.score is not None]
    outcome = middle.model_copy(update={"value": median(values), "score": median(scores)})
    return Said(model, outcome, tuple(values), len(outcomes) - len(read))


def tags_of(
    profile: Profile, rounds: Round, subject: Subject, said: Sequence[Said], history: History
) -> Iterator[Tag]:
    """The tags of one subject: for each judge a score, or that there is none."""
    drafts = [_score(rounds, subject, one) for one in said if not one.outcome.fault]
    if drafts:
        yield from _graded(profile, rounds, drafts, history)
    for one in said:
        yield from _unread(rounds, subject, one, history)


def _graded(
    profile: Profile, rounds: Round, drafts: Sequence[Tag], history: History
) -> Iterator[Tag]:
    """`drafts` with the action that the panel's median means, the same on each of them."""
    setting = rounds.judge.setting
    panel = [*drafts, *history.others(drafts[0], [draft.author for draft in drafts])]
    values = [float(tag.value) for tag in panel if isinstance(tag.value, int | float)]
    score = median([tag.score for tag in panel if tag.score is not None])
    more: JsonObject = {}
    if setting.minimum is not None:
        more[MINIMUM] = setting.minimum
    if len(panel) > 1:
        more["panel"] = {"median": median(values), "spread": round(max(values) - min(values), 6)}
    for draft in drafts:
        action = _action(rounds, median(values), history, draft)
        tag = draft.model_copy(update={"action": action, "evidence": draft.evidence | more})
        yield held_to(profile.minimum_judge_score, tag, score)


def _action(rounds: Round, value: float, history: History, draft: Tag) -> Action:
    setting = rounds.judge.setting
    if setting.minimum is not None:
        return setting.action if value < setting.minimum else "pass"
    known = history.word(draft.target, draft.name, draft.author)
    if known is not None and _is_the_graphs(known, draft):
        # A graph's own judge said what its score means; a profile without a minimum leaves it.
        before: Action = known.evidence.get(BEFORE, known.action)
        return before
    return "info"


def _is_the_graphs(known: Tag, draft: Tag) -> bool:
    same = known.version == draft.version and known.evidence.get(EDIT) == draft.evidence.get(EDIT)
    return same and MINIMUM not in known.evidence


def _score(rounds: Round, subject: Subject, said: Said) -> Tag:
    outcome = said.outcome
    evidence: JsonObject = {"reason": outcome.reason} if outcome.reason else {}
    evidence |= {**outcome.evidence, "method": rounds.exam.method}
    if rounds.judge.setting.samples > 1:
        spread = round(max(said.values) - min(said.values), 6)
        evidence |= {"samples": list(said.values), "spread": spread, "unread": said.unread}
    if subject.mark:
        evidence[EDIT] = subject.mark
    return _tag(
        rounds, subject, said, name=rounds.exam.rubric.name, value=outcome.value,
        score=outcome.score, evidence=evidence,
    )  # fmt: skip


def readable_now(history: History, target: Target, author: str, element: str) -> Iterator[Tag]:
    """What takes back that a reply could not be read, where that still stands."""
    known = history.word(target, UNPARSED, author, element)
    if known is not None and known.action != "pass":
        mark = {EDIT: known.evidence[EDIT]} if EDIT in known.evidence else {}
        evidence: JsonObject = {TAKEN_BACK: READABLE, **mark}
        changes = {"value": False, "action": "pass", "evidence": evidence, "seq": 0}
        yield known.model_copy(update=changes)


def _unread(rounds: Round, subject: Subject, said: Said, history: History) -> Iterator[Tag]:
    """That a reply held no score; taken back where the same judge gave one since."""
    fault = said.outcome.fault
    element = f"{rounds.exam.rubric.name} by {said.model}"
    for name, action in ((UNPARSED, "warn"), (NOT_APPLICABLE, "info")):
        known = history.word(subject.target, name, said.model, element)
        is_so = bool(fault) and (fault == NOT_APPLICABLE) == (name == NOT_APPLICABLE)
        mark: JsonObject = {EDIT: subject.mark} if subject.mark else {}
        if is_so:
            evidence = {"fault": fault, "said": said.outcome.said, "method": rounds.exam.method}
            yield _tag(rounds, subject, said, name=name, element=element, value=fault,
                       action=action, evidence=evidence | mark)  # fmt: skip
        elif _stands(known, subject):
            why = {TAKEN_BACK: READABLE}
            yield _tag(rounds, subject, said, name=name, element=element, value=False,
                       action="pass", evidence=why | mark)  # fmt: skip


def _stands(known: Tag | None, subject: Subject) -> bool:
    return known is not None and known.action != "pass" and known.evidence.get(EDIT) == subject.mark


def _tag(rounds: Round, subject: Subject, said: Said, **more: Any) -> Tag:
    return Tag(
        target=subject.target,
        source="judge",
        author=said.model,
        version=rounds.exam.version,
        run_id=rounds.run_id,
        **more,
    )


def released(history: History, asked: Mapping[tuple[Target, str], object]) -> Iterator[Tag]:
    """Rejects by judges that the profile names no more: they only inform now."""
    for tag in history.all():
        if MINIMUM in tag.evidence and (tag.target, tag.name) not in asked:
            own = {name: said for name, said in tag.evidence.items()
                   if name not in (MINIMUM, FLOOR, BEFORE)}  # fmt: skip
            if tag.action != "info":
                yield tag.model_copy(update={"action": "info", "evidence": own, "seq": 0})


def _key(tag: Tag) -> tuple[Target, str, str | None, str]:
    return tag.target, tag.name, tag.element, tag.author
