"""What a selection finds, how it is ordered, and how it was at an earlier time."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grasp_ui.errors import NotFound
from grasp_ui.model.conversation import Conversation
from grasp_ui.model.event import RecordResult
from grasp_ui.model.selection import Selection
from grasp_ui.model.value import ConversationId, RunId
from grasp_ui.store.conversations import (
    add_conversations,
    count,
    find,
    read_conversation,
    stream,
)
from grasp_ui.store.database import Database, open_database
from grasp_ui.store.reviews import add_review
from grasp_ui.store.tags import add_tags, tag_names
from tests.store import samples


@pytest.fixture(scope="module")
def store() -> Iterator[Database]:
    """Five conversations: plain, warned, dropped, judged low and high; then two were reviewed."""
    database = open_database(None)
    judged = [samples.tag("low", "good", source="judge", score=0.2)]
    praised = [samples.tag("high", "good", source="judge", score=0.9, action="info")]
    add_conversations(
        database,
        [
            samples.result("plain", "Tomatoes on a BALCONY", "water them"),
            samples.result("warned", tags=[samples.tag("warned")]),
            samples.result("dropped", tags=[samples.tag("dropped", action="reject")]),
            samples.result("low", tags=judged),
            samples.result("high", tags=praised),
        ],
    )
    override = {"name": "short", "action": "pass"}
    add_review(database, samples.deed("1", "override", override, about="warned"))
    add_review(database, samples.deed("2", "reject", about="plain"))
    add_review(database, samples.deed("3", "note", {"text": "look"}, about="low"))
    yield database
    database.close()


def names(database: Database, selection: Selection) -> list[str]:
    return [row.conversation.id for row in find(database, selection)]


CASES = [
    (Selection(), "high low dropped warned plain"),
    (Selection(order="oldest"), "plain warned dropped low high"),
    (Selection(order="lowest score"), "low high plain warned dropped"),
    (Selection(order="highest score"), "plain warned dropped high low"),
    (Selection(run_id=RunId("another")), ""),
    (Selection(run_id=samples.RUN, text="balcony"), "plain"),
    (Selection(text="100%"), ""),
    (Selection(tag="short"), "dropped"),
    (Selection(tag="short", action="pass"), "warned"),
    (Selection(tag="short", source="person"), "warned"),
    (Selection(source="judge"), "high low"),
    (Selection(action="info"), "high"),
    (Selection(verdict="drop"), "dropped plain"),
    (Selection(verdict="keep", source="judge"), "high low"),
    (Selection(reviewed=True), "warned plain"),
    (Selection(reviewed=False), "high low dropped"),
    (Selection(minimum_score=0.5, maximum_score=0.95), "high"),
    (Selection(tag="good", maximum_score=0.5), "low"),
]


@pytest.mark.parametrize(("selection", "expected"), CASES)
def test_a_selection_finds_what_it_says(
    store: Database, selection: Selection, expected: str
) -> None:
    assert names(store, selection) == expected.split()
    assert count(store, selection) == len(expected.split())


@pytest.mark.parametrize(("selection", "expected"), CASES)
def test_a_stream_gives_the_same_in_the_order_of_time(
    store: Database, selection: Selection, expected: str
) -> None:
    found = [row.conversation.id for row in stream(store, selection)]
    assert found == [
        name for name in names(store, Selection(order="oldest")) if name in expected.split()
    ]


def test_what_a_person_typed_is_never_part_of_the_question(store: Database) -> None:
    assert names(store, Selection(text="'; drop table message; --")) == []
    assert count(store, Selection(text="water")) == 1


def before_the_reviews(database: Database) -> int:
    [reviewed] = find(database, Selection(text="balcony"))
    return reviewed.reviews[0].seq - 2


def test_an_earlier_time_knows_nothing_of_later_reviews(store: Database) -> None:
    earlier = before_the_reviews(store)
    assert names(store, Selection(verdict="drop", as_of=earlier)) == ["dropped"]
    assert names(store, Selection(tag="short", as_of=earlier)) == ["dropped", "warned"]
    [then] = find(store, Selection(text="balcony", as_of=earlier))
    assert then.reviews == ()
    assert [verdict.state for verdict in then.verdicts.values()] == ["keep"]


def test_an_earlier_time_knows_no_later_conversation(store: Database) -> None:
    [warned] = find(store, Selection(tag="short", source="person"))
    earlier = warned.tags[0].seq
    assert names(store, Selection(as_of=earlier)) == ["warned", "plain"]
    assert [row.conversation.id for row in stream(store, Selection(as_of=earlier))] == [
        "plain",
        "warned",
    ]


def test_the_names_of_tags_are_those_that_count(store: Database) -> None:
    assert tag_names(store) == ["good", "short"]
    assert tag_names(store, RunId("another")) == []


def test_an_unknown_conversation_is_not_found(store: Database) -> None:
    with pytest.raises(NotFound, match="no conversation 'x'"):
        read_conversation(store, ConversationId("x"))


def test_a_conversation_without_messages_is_found(memory: Database) -> None:
    empty = Conversation(id=ConversationId("empty"))
    add_conversations(memory, [RecordResult(empty)])
    memory.settle()
    assert names(memory, Selection()) == ["empty"]
    assert names(memory, Selection(verdict="keep")) == []


def test_a_stream_does_not_see_what_comes_while_it_is_read(memory: Database) -> None:
    add_conversations(memory, [samples.result("a"), samples.result("b")])
    read = stream(memory, Selection())
    first = next(read)
    add_conversations(memory, [samples.result("c")])
    add_tags(memory, [samples.tag("b")])
    memory.settle()
    [second] = read
    assert [first.conversation.id, second.conversation.id] == ["a", "b"]
    assert second.tags == ()


@settings(max_examples=5, deadline=None)
@given(
    st.lists(st.sampled_from([None, 0.0, 0.5, 1.0]), max_size=12),
    st.sampled_from(["newest", "oldest", "lowest score", "highest score"]),
    st.integers(1, 5),
)
def test_pages_put_together_are_the_whole(
    scores: list[float | None], order: str, size: int
) -> None:
    database = open_database(None)
    for number, score in enumerate(scores):
        tags = [] if score is None else [samples.tag(f"c{number}", score=score, source="judge")]
        add_conversations(database, [samples.result(f"c{number}", tags=tags)])
    database.settle()
    selection = Selection.model_validate({"order": order})
    pages = [find(database, selection, offset=at, limit=size) for at in range(0, 13, size)]
    whole = find(database, selection)
    database.close()
    assert [row for page in pages for row in page] == whole
    assert len(whole) == len(scores)
