"""Tables over the store, in words that its whole data set shares."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grasp_ui.model.selection import Selection
from grasp_ui.model.tag import Tag
from grasp_ui.services.insights import asked_for
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.conversations import add_conversations
from tests.services.reviewed import talk, target
from tests.services.rooms import workspace

ASKED = {
    "a": ("story writing", "humor"),
    "b": ("story writing",),
    "c": ("write story", "story writing", "summarization"),
    "d": ("write story",),
    "e": ("summarisation",),
    "f": ("summarisation",),
}


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with six conversations that a judge has tagged."""
    with workspace(tmp_path) as room:
        results = [
            talk(name, f"About {name}.", *asked(name, *tags)) for name, tags in ASKED.items()
        ]
        add_conversations(room.database, results)
        room.database.settle()
        yield room


def asked(name: str, *tags: str) -> list[Tag]:
    """What a judge found to be asked for."""
    return [
        Tag(target=target(name), name="instruction_tags", element=tag, value=True,
            source="judge", author="critic")
        for tag in tags
    ]  # fmt: skip


def told(opened: Workspace, selection: Selection) -> list[tuple[str, int, str]]:
    """The rows of the table."""
    return [tuple(row) for row in asked_for(opened, selection).to_numpy().tolist()]


def test_near_equal_tags_are_one_and_each_conversation_counts_once(opened: Workspace) -> None:
    assert told(opened, Selection()) == [
        ("story writing", 4, "write story"),
        ("summarisation", 3, "summarization"),
        ("humor", 1, ""),
    ]


def test_a_part_is_told_in_the_words_of_the_whole(opened: Workspace) -> None:
    assert told(opened, Selection(text="About c.")) == [
        ("story writing", 1, "write story"),
        ("summarisation", 1, "summarization"),
    ]


def test_only_the_commonest_are_told(opened: Workspace) -> None:
    assert list(asked_for(opened, Selection(), most=1)["tag"]) == ["story writing"]


def test_where_nothing_is_asked_for_the_table_is_empty(tmp_path: Path) -> None:
    with workspace(tmp_path) as room:
        assert told(room, Selection()) == []
