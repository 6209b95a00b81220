"""Tables to look at."""

import pytest

from grasp_ui.model.selection import Selection
from grasp_ui.store.conversations import add_conversations
from grasp_ui.store.database import Database
from grasp_ui.store.insights import scores, tag_counts
from grasp_ui.store.reviews import add_review
from tests.store import samples


@pytest.fixture
def store(memory: Database) -> Database:
    """Two conversations with a warning each, one of them with a score."""
    judged = samples.tag("b", "good", source="judge", score=0.25, action="info")
    add_conversations(
        memory,
        [
            samples.result("a", tags=[samples.tag("a")]),
            samples.result("b", tags=[samples.tag("b"), judged]),
        ],
    )
    memory.settle()
    return memory


def test_tags_are_counted_by_what_counts(store: Database) -> None:
    table = tag_counts(store, Selection())
    assert table[["name", "source", "action", "count"]].to_numpy().tolist() == [
        ["short", "rule", "warn", 2],
        ["good", "judge", "info", 1],
    ]


def test_an_override_moves_a_count_to_the_person(store: Database) -> None:
    add_review(store, samples.deed("1", "override", {"name": "short", "action": "pass"}, about="a"))
    table = tag_counts(store, Selection(source="person"))
    assert table[["source", "action"]].to_numpy().tolist() == [["person", "pass"]]


def test_scores_are_those_of_the_selection(store: Database) -> None:
    assert scores(store, Selection())["score"].tolist() == [0.25]
    assert scores(store, Selection(verdict="drop")).empty
