"""What judges, people and rules said of the same things, read from the store."""

import pytest

from grasp_ui.model.tag import Tag
from grasp_ui.store.conversations import add_conversations
from grasp_ui.store.database import Database
from grasp_ui.store.judgements import (
    conversations_with_labels,
    firing_counts,
    judged_by_people,
    ratings_of_judges,
    rule_firings,
    standing_votes,
)
from grasp_ui.store.reviews import add_review
from grasp_ui.store.tags import add_tags
from tests.store import samples


def judged(about: str, value: int, judge: str = "critic") -> Tag:
    """What a judge says on a scale from 1 to 5."""
    said = samples.tag(about, "help", source="judge", value=value, score=(value - 1) / 4)
    return said.model_copy(update={"author": judge, "action": "info"})


@pytest.fixture
def store(memory: Database) -> Database:
    """Two conversations, `a` of 13 letters, judged by critic and by other."""
    tags = {
        "a": [judged("a", 4), judged("a", 2, "other"), samples.tag("a", action="reject")],
        "b": [judged("b", 5), samples.tag("b")],
    }
    add_conversations(memory, [samples.result(name, tags=said) for name, said in tags.items()])
    memory.settle()
    return memory


def say(store: Database, name: str, about: str, **payload: object) -> None:
    """An override by Ada."""
    said = {"name": "help", "action": "info", **payload}
    add_review(store, samples.deed(name, "override", said, about=about))
    store.settle()


def test_without_a_persons_word_there_is_no_pair(store: Database) -> None:
    assert judged_by_people(store) == []


def test_an_override_is_a_pair_for_each_judge(store: Database) -> None:
    say(store, "1", "a", value=1, score=0.0)
    pairs = {p.judge: (p.by_judge.value, p.by_people.value) for p in judged_by_people(store)}
    assert pairs == {"critic": (4, 1), "other": (2, 1)}


def test_an_override_that_leaves_the_value_alone_agrees_with_the_judge(store: Database) -> None:
    say(store, "1", "b", action="pass")
    [pair] = judged_by_people(store)
    assert (pair.by_judge.value, pair.by_people.value, pair.by_people.action) == (5, 5, "pass")


def test_what_was_undone_is_no_pair(store: Database) -> None:
    say(store, "1", "b", value=1, score=0.0)
    add_review(store, samples.deed("2", "undo", {"undoes": "1"}, about="b"))
    store.settle()
    assert judged_by_people(store) == []


def test_imported_labels_of_people_are_pairs_and_those_of_models_are_not(store: Database) -> None:
    by = {"source": "imported", "value": 3, "score": 0.5, "name": "help", "run_id": None}
    people, model = (judged(about, 3).model_copy(update={**by, "author": author})
                     for about, author in (("a", "people:oasst"), ("b", "detoxify")))  # fmt: skip
    add_tags(store, [people, model])
    store.settle()
    assert {pair.conversation_id for pair in judged_by_people(store)} == {"a"}


def test_a_judges_newest_word_counts(store: Database) -> None:
    add_tags(store, [judged("b", 2)])
    say(store, "1", "b", value=1, score=0.0)
    assert [pair.by_judge.value for pair in judged_by_people(store)] == [2]


def test_a_pair_knows_how_long_the_text_is(store: Database) -> None:
    say(store, "1", "b", value=1, score=0.0)
    assert [pair.length for pair in judged_by_people(store)] == [len("hello") + len("hi there")]


def test_ratings_are_of_what_two_judges_judged(store: Database) -> None:
    found = ratings_of_judges(store)
    assert {(r.target_id, r.rater, r.said.value) for r in found} == {
        ("a", "critic", 4),
        ("a", "other", 2),
    }


def test_votes_are_those_that_stand(store: Database) -> None:
    add_review(store, samples.deed("1", "keep", about="a"))
    add_review(store, samples.deed("2", "reject", about="b"))
    add_review(store, samples.deed("3", "undo", {"undoes": "1"}, about="a"))
    assert [(vote.kind, vote.target.id) for vote in standing_votes(store)] == [("reject", "b")]


def test_firings_are_of_conversations_that_people_decided_about(store: Database) -> None:
    assert rule_firings(store) == []
    add_review(store, samples.deed("1", "keep", about="a"))
    [firing] = rule_firings(store)
    assert (firing.rule, firing.action, firing.people) == ("short", "reject", None)


def test_a_firing_says_what_a_person_made_of_it(store: Database) -> None:
    add_review(store, samples.deed("1", "override", {"name": "short", "action": "pass"}, about="a"))
    assert [firing.people for firing in rule_firings(store)] == ["pass"]


def test_every_rules_firings_are_counted(store: Database) -> None:
    assert firing_counts(store) == {"short": 2}


def test_conversations_that_people_labelled_are_given_and_no_more_than_asked_for(
    store: Database,
) -> None:
    assert list(conversations_with_labels(store, most=9)) == []
    add_review(store, samples.deed("1", "keep", about="a"))
    say(store, "2", "b", value=1, score=0.0)
    assert {t.conversation.id for t in conversations_with_labels(store, most=9)} == {"a", "b"}
    assert len(list(conversations_with_labels(store, most=1))) == 1
