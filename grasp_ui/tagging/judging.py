"""Stage two: what a profile's judges say of one conversation, as rows to append."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grasp_ui.judging.pairwise import Judge, preferences_of
from grasp_ui.judging.parse import Judgement
from grasp_ui.llm.together import together
from grasp_ui.model.preference import Preference
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import MessageId
from grasp_ui.tagging.armed import Armed
from grasp_ui.tagging.describing import description_tags
from grasp_ui.tagging.judged import (
    History,
    Said,
    folded,
    known_outcome,
    readable_now,
    released,
    tags_of,
)
from grasp_ui.tagging.pairs import compared_pairs
from grasp_ui.tagging.profile import BY_CATEGORY
from grasp_ui.tagging.questions import Ask, Outcome
from grasp_ui.tagging.rounds import Round, description_of, rounds_of
from grasp_ui.tagging.subjects import Subject, task_of


@dataclass(frozen=True, slots=True)
class Judged:
    """What stage two adds to a conversation; not whole where a call failed."""

    tags: tuple[Tag, ...] = ()
    preferences: tuple[Preference, ...] = ()
    is_whole: bool = True


async def judge_conversation(armed: Armed, tagged: TaggedConversation, ask: Ask) -> Judged:
    """Ask what is due about a conversation, and say what is new.

    What a judge node of the graph said by the same rubric and model is not asked again. What a
    judge says as before is not said again. A judge whose call failed says nothing here; the
    others do.

    Raises:
        RunHalted: no further call may begin; calls in flight have ended.
    """
    history = History(tagged)
    tags, category, is_whole = await _described(armed, tagged, history, ask)
    rounds = [
        one
        for one in rounds_of(armed, tagged, category)
        if category is not None or one.judge.setting.rubric != BY_CATEGORY
    ]
    heard = await together(_round(armed, one, history, ask) for one in rounds)
    tags += [tag for one in heard for tag in one.tags]
    is_whole = is_whole and all(one.is_whole for one in heard)
    if is_whole:
        tags += released(history, {(tag.target, tag.name): None for tag in tags})
    known = {(one.id, one.margin) for one in tagged.preferences}
    preferences = [one for round_ in heard for one in round_.preferences]
    return Judged(
        tuple(history.news(_once(tags))),
        tuple(one for one in preferences if (one.id, one.margin) not in known),
        is_whole,
    )


async def _round(armed: Armed, one: Round, history: History, ask: Ask) -> Judged:
    """What came of a round, also what was said before."""
    if one.judge.pairs:
        found = await compared_pairs(one, history, ask)
        return Judged(found.tags, found.preferences, found.is_whole)
    heard = await _heard(one, history, ask)
    tags = [
        tag
        for subject, words in zip(one.subjects, heard, strict=True)
        for tag in tags_of(armed.profile, one, subject, words, history)
    ]
    is_whole = all(len(words) == len(one.judge.models) for words in heard)
    return Judged(tuple(tags), tuple(_preferences(one, heard)), is_whole)


async def _described(
    armed: Armed, tagged: TaggedConversation, history: History, ask: Ask
) -> tuple[list[Tag], str | None, bool]:
    """Tags of what describes the task, its category if it could be had, and if none failed."""
    asked = description_of(armed, tagged)
    task = task_of(tagged)
    outcomes = await together(ask(question) for question in asked.values())
    tags, category = list[Tag](), None
    for (name, question), outcome in zip(asked.items(), outcomes, strict=True):
        if outcome is None or task is None:
            continue
        run_id = tagged.conversation.run_id
        said = description_tags(name, question, outcome, task)
        tags += [tag.model_copy(update={"run_id": run_id}) for tag in said]
        if not outcome.fault:
            tags += readable_now(history, task.target, question.model, question.name)
        if name == "category" and not outcome.fault:
            category = str(outcome.value)
    return tags, category, None not in outcomes


async def _heard(one: Round, history: History, ask: Ask) -> list[list[Said]]:
    """For each subject of a round what each model said; a model whose calls failed is left out."""
    pairs = [(subject, model) for subject in one.subjects for model in one.judge.models]
    words = await together(_word(one, history, ask, *pair) for pair in pairs)
    width = len(one.judge.models)
    rows = [words[at : at + width] for at in range(0, len(words), width)]
    return [[word for word in row if word is not None] for row in rows]


async def _word(
    one: Round, history: History, ask: Ask, subject: Subject, model: str
) -> Said | None:
    known = known_outcome(history, one, subject, model)
    if known is not None:
        return folded(model, [known])
    answers = await together(ask(question) for question in one.questions(subject, model))
    outcomes: list[Outcome] = [answer for answer in answers if answer is not None]
    # With a sample less the word would change when it is asked again: it waits for all.
    return folded(model, outcomes) if len(outcomes) == len(answers) else None


def _preferences(one: Round, heard: Sequence[Sequence[Said]]) -> Iterator[Preference]:
    """What each judge prefers of siblings, by the scores that it gave them."""
    for model in one.judge.models if len(one.subjects) > 1 else ():
        judged = [
            (MessageId(subject.target.id), _judgement(said))
            for subject, words in zip(one.subjects, heard, strict=True)
            for said in words
            if said.model == model and not said.outcome.fault
        ]
        first = one.subjects[0]
        by = Judge(model, one.exam.version, one.run_id)
        yield from preferences_of(first.target.conversation_id, first.prompt_id, judged, by)


def _judgement(said: Said) -> Judgement:
    return Judgement(float(said.outcome.value or 0), said.outcome.score or 0.0)


def _once(tags: Iterable[Tag]) -> list[Tag]:
    """The first word of each judge on each target, where a profile asks twice."""
    first: dict[tuple[object, ...], Tag] = {}
    for tag in tags:
        first.setdefault((tag.target, tag.name, tag.element, tag.author), tag)
    return list(first.values())
