"""Siblings compared in pairs: what each judge prefers, and how it came to that."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from grasp_ui.judging.compare import Compared, Preferred, Winner
from grasp_ui.judging.inquiry import Heard
from grasp_ui.judging.pairwise import Judge, Siblings, preference_of
from grasp_ui.llm.together import together
from grasp_ui.model.preference import Preference
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import MessageId
from grasp_ui.tagging.judged import History, readable_now
from grasp_ui.tagging.questions import UNPARSED, Ask, Outcome, Question
from grasp_ui.tagging.rounds import Round
from grasp_ui.tagging.subjects import Subject


@dataclass(frozen=True, slots=True)
class Preferring:
    """What came of a round of comparisons; not whole where a call failed."""

    tags: tuple[Tag, ...]
    preferences: tuple[Preference, ...]
    is_whole: bool


async def compared_pairs(one: Round, history: History, ask: Ask) -> Preferring:
    """Let every judge of a round compare all pairs of its siblings.

    Raises:
        RunHalted: no further call may begin.
    """
    asked = [
        (first, second, one.comparison(first, second, model))
        for model in one.judge.models
        for first, second in combinations(one.subjects, 2)
    ]
    outcomes = await together(ask(question) for *_, question in asked)
    tags, preferences = list[Tag](), list[Preference]()
    for (first, second, question), outcome in zip(asked, outcomes, strict=True):
        if outcome is None:
            continue
        if outcome.fault:
            tags.append(_unread(one, (first, second), question, outcome))
            continue
        about = _conversation(first)
        tags += readable_now(history, about, question.model, _element(one, first, second, question))
        found = preference_of(_siblings(first, second), _compared(outcome), _judge(one, question))
        if found is not None:
            preferences.append(found[0])
            tags.append(found[1])
    return Preferring(tuple(tags), tuple(preferences), None not in outcomes)


def _siblings(first: Subject, second: Subject) -> Siblings:
    ids = MessageId(first.target.id), MessageId(second.target.id)
    return Siblings(first.target.conversation_id, first.prompt_id, *ids)


def _judge(one: Round, question: Question) -> Judge:
    return Judge(question.model, question.version, one.run_id)


def _compared(outcome: Outcome) -> Compared:
    orders = outcome.evidence["orders"]
    winner: Any = outcome.value
    return Compared(winner, _heard(orders["asked"]), _heard(orders["swapped"]))


def _heard(said: dict[str, Any]) -> Heard[Preferred]:
    winner: Winner = said["winner"]
    return Heard(Preferred(winner, said["reason"]))


def _conversation(subject: Subject) -> Target:
    about = subject.target.conversation_id
    return Target(conversation_id=about, kind="conversation", id=about)


def _element(one: Round, first: Subject, second: Subject, question: Question) -> str:
    places = [one.subjects.index(subject) + 1 for subject in (first, second)]
    return f"{question.name}, {places[0]} and {places[1]}"


def _unread(one: Round, pair: Sequence[Subject], question: Question, outcome: Outcome) -> Tag:
    evidence = {
        "fault": outcome.fault,
        "said": outcome.said,
        "pair": [subject.target.id for subject in pair],
    }
    return Tag(
        target=_conversation(pair[0]),
        name=UNPARSED,
        element=_element(one, pair[0], pair[1], question),
        value=outcome.fault,
        action="warn",
        source="judge",
        author=question.model,
        version=question.version,
        evidence=evidence,
        run_id=one.run_id,
    )
