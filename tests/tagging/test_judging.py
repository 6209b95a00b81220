"""What judges say of one conversation, without a network: each question has its answer."""

import asyncio
from collections.abc import Callable

import pytest

from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.model.conversation import Conversation
from grasp_ui.model.effective import effective_tags
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag
from grasp_ui.tagging.armed import armed_judges
from grasp_ui.tagging.heuristic import on_message
from grasp_ui.tagging.judging import Judged, judge_conversation
from grasp_ui.tagging.profile import Passing, Scope, read_profile
from grasp_ui.tagging.questions import Outcome, Question
from grasp_ui.tagging.stages import tag_conversation
from grasp_ui.tagging.subjects import passes, subjects_of
from tests.builders import answered, said, tagged

TALK = said("Hello?", "Hello!", "What is tea?", "A drink.")
HELPFUL = "judges: [{rubric: helpfulness, models: [kind, stern], minimum: 3}]"
Answer = Callable[[Question], Outcome | None]


def scored(value: float) -> Outcome:
    """A judge's word on the scale from 1 to 5."""
    return Outcome(value=value, score=(value - 1) / 4)


def judged(text: str, about: TaggedConversation, answer: Answer) -> Judged:
    """What stage two of the profile `text` adds."""
    armed = armed_judges(read_profile("mine", text), load_rubrics(), ("kind", "stern"))

    async def ask(question: Question) -> Outcome | None:
        return answer(question)

    return asyncio.run(judge_conversation(armed, about, ask))


def by_model(**values: float | None) -> Answer:
    """Each model gives its own value; None: its call fails."""
    found = {name: None if value is None else scored(value) for name, value in values.items()}
    return lambda question: found[question.model]


def later(*tags: Tag) -> list[Tag]:
    """`tags` as a store gives them back."""
    return [tag.model_copy(update={"seq": n}) for n, tag in enumerate(tags, start=1)]


def named(conversation: Conversation, name: str, **fields: object) -> Tag:
    """A rule's tag on the last message."""
    tag = Tag(target=on_message(conversation.messages[-1]), name=name, value=True,
               source="rule", author=name)  # fmt: skip
    return tag.model_copy(update=fields)


@pytest.mark.parametrize(
    ("scope", "texts"),
    [("last_answer", ["A drink."]), ("every_answer", ["Hello!", "A drink."]), ("siblings", [])],
)
def test_a_scope_says_which_answers_are_judged(scope: Scope, texts: list[str]) -> None:
    found = [one.answer for group in subjects_of(scope, tagged(TALK)) for one in group]
    assert found == texts


def test_siblings_are_judged_together_each_in_its_own_dialogue() -> None:
    [group] = subjects_of("siblings", tagged(answered("Tea?", "Green.", "Black.")))
    assert [one.dialogue for one in group] == [
        "User: Tea?\nAssistant: Green.",
        "User: Tea?\nAssistant: Black.",
    ]


def test_a_whole_conversation_is_one_subject() -> None:
    [[one]] = subjects_of("conversation", tagged(TALK))
    assert (one.target.kind, one.dialogue.count("\n")) == ("conversation", 3)


@pytest.mark.parametrize(
    ("only", "action", "passing"),
    [
        ("kept", "reject", False), ("kept", "warn", True), ("clean", "warn", False),
        ("clean", "info", True), ("all", "reject", True),
    ],
)  # fmt: skip
def test_what_passes_hangs_on_what_the_rules_said(
    only: Passing, action: str, *, passing: bool
) -> None:
    tag = named(TALK, "repetition", action=action)
    assert passes(only, tagged(TALK, tags=[tag])) is passing


def test_what_a_judge_rejected_still_passes() -> None:
    tag = named(TALK, "helpfulness", action="reject", source="judge")
    assert passes("clean", tagged(TALK, tags=[tag]))


def test_a_panels_action_is_that_of_its_median_with_either_last() -> None:
    found = judged(HELPFUL, tagged(TALK), by_model(kind=5, stern=2))
    assert [tag.action for tag in found.tags] == ["pass", "pass"]
    assert [tag.value for tag in effective_tags(later(*found.tags), ())] == [3.5]


def test_the_rules_stage_leaves_a_panel_under_the_minimum_score_as_it_is() -> None:
    text = HELPFUL.replace("minimum: 3", "minimum: 1") + "\nminimum_judge_score: 0.5\n"
    found = judged(text, tagged(TALK), by_model(kind=4, stern=1))
    assert [tag.action for tag in found.tags] == ["reject", "reject"]
    assert tag_conversation(read_profile("mine", text), TALK, later(*found.tags)) == ()


def test_a_judge_whose_call_failed_says_nothing_and_the_other_does() -> None:
    found = judged(HELPFUL, tagged(TALK), by_model(kind=None, stern=4))
    assert [(tag.author, tag.value) for tag in found.tags] == [("stern", 4.0)]
    assert not found.is_whole


def test_an_unread_member_of_a_panel_does_not_hide_the_others_score() -> None:
    unread = Outcome(fault="not_json", said="Well.")
    found = judged(HELPFUL, tagged(TALK), lambda q: unread if q.model == "kind" else scored(2))
    counted = effective_tags(later(*found.tags), ())
    assert {(tag.name, tag.value, tag.action) for tag in counted} == {
        ("unparsed", "not_json", "warn"),
        ("helpfulness", 2.0, "reject"),
    }


def test_what_does_not_apply_is_no_score_and_no_warning() -> None:
    found = judged(HELPFUL, tagged(TALK), lambda q: Outcome(fault="not_applicable"))
    assert {(tag.name, tag.score, tag.action) for tag in found.tags} == {
        ("not_applicable", None, "info")
    }


def test_a_judge_that_the_profile_names_no_more_drops_nothing() -> None:
    first = judged(HELPFUL, tagged(TALK), by_model(kind=1, stern=1))
    known = tagged(TALK, tags=later(*first.tags))
    other = "judges: [{rubric: mt_bench, models: [kind]}]"
    found = judged(other, known, lambda question: Outcome(value=9, score=0.9))
    assert {(tag.name, tag.action) for tag in found.tags} == {
        ("mt_bench", "info"),
        ("helpfulness", "info"),
    }


def test_the_same_word_is_not_said_again() -> None:
    first = judged(HELPFUL, tagged(TALK), by_model(kind=4, stern=4))
    known = tagged(TALK, tags=later(*first.tags))
    assert judged(HELPFUL, known, by_model()).tags == ()
