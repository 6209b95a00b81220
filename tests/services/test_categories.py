"""Category by category: what is asked of a conversation hangs on what it is about."""

from pathlib import Path

import pytest

from grasp_ui.judging.category import categories, rubric_for
from grasp_ui.model.tag import Tag
from tests.services.judged import (
    answer,
    asked_and_answered,
    conversation,
    judge,
    judge_tags,
    judging,
    unless,
)

BY_CATEGORY = "rules: {}\njudges: [{rubric: by_category, models: [critic]}]\n"
DESCRIBED = """\
rules: {}
describe: {model: critic, category: true, instruction_tags: true, difficulty: true, intent: true}
"""


def is_about_category(body: object) -> bool:
    """Whether a judge is asked for the category."""
    return "You sort dialogues. What kind of task" in str(body)


def by_name(tags: list[Tag]) -> dict[str, Tag]:
    """The tags by their names."""
    return {tag.name: tag for tag in tags}


@pytest.mark.parametrize("category", categories())
def test_every_category_reaches_its_own_rubric(category: str, tmp_path: Path) -> None:
    with judging(tmp_path, [conversation("c", "Do it.", "Done.")], BY_CATEGORY) as (opened, server):
        server.say = lambda body: answer(body, 4, category=category)
        view = judge(opened)
        tags = by_name(judge_tags(opened))
    assert (view.state, view.calls) == ("done", 2)
    assert set(tags) == {"category", rubric_for(category)}
    assert (tags["category"].value, tags[rubric_for(category)].value) == (category, 4.0)


def test_each_of_many_conversations_has_its_own_category(tmp_path: Path) -> None:
    kinds = categories()
    told = [conversation(f"c{n}", f"Do {kinds[n % 7]} now.", "Done.") for n in range(35)]
    with judging(tmp_path, told, BY_CATEGORY) as (opened, server):
        server.say = lambda body: answer(
            body, 4, category=next(k for k in kinds if f"Do {k} now" in str(body["messages"]))
        )
        judge(opened)
        found = [(t.target.conversation_id, t.name) for t in judge_tags(opened) if t.score]
    assert sorted(found) == sorted((f"c{n}", rubric_for(kinds[n % 7])) for n in range(35))


def test_what_else_is_asked_leaves_tags_that_drop_nothing(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(1), DESCRIBED) as (opened, _):
        view = judge(opened)
        tags = judge_tags(opened)
        again = judge(opened)
    assert {tag.name for tag in tags} == {"category", "instruction_tags", "difficulty", "intent"}
    assert {tag.action for tag in tags} == {"info"}
    assert by_name(tags)["instruction_tags"].element == "small talk"
    assert (view.calls, again.calls, again.changed.all) == (4, 0, 0)


def test_a_category_that_cannot_be_read_asks_no_rubric(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(1), BY_CATEGORY) as (opened, server):
        server.say = unless(is_about_category)
        view = judge(opened)
        [tag] = judge_tags(opened)
    assert (view.state, view.unparsed, view.calls) == ("done", 1, 2)
    assert (tag.name, tag.element, tag.action) == ("unparsed", "category by critic", "warn")


def test_a_category_that_can_be_read_later_takes_the_warning_back(tmp_path: Path) -> None:
    with judging(tmp_path, asked_and_answered(1), BY_CATEGORY) as (opened, server):
        obedient = server.say
        server.say = unless(is_about_category)
        judge(opened)
        server.say = obedient
        view = judge(opened, retries_unparsed=True)
        found = by_name(judge_tags(opened))
    assert (view.changed.new, view.changed.taken_back) == (2, 1)
    assert found["unparsed"].action == "pass"
