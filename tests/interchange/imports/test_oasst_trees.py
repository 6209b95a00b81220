"""How messages become a tree: order, orphans, rings, doubles, and nothing lost."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interchange.imports.forest import (
    FOREST,
    LAYOUTS,
    Said,
    all_messages,
    answer,
    asked,
    read,
    read_objects,
    shape,
    written,
)

FAULTS = {
    '{"message_id": "a", ': "not JSON (Expecting property name",
    '{"message_id": "a", "text": NaN, "role": "prompter"}': "NaN is not JSON",
    '{"message_id": "a", "text": "\\ud83d", "role": "prompter"}': "half of a surrogate pair",
    '{"message_id": "a", "text": true, "role": "prompter"}': "the text of message 'a' is of the",
    '{"message_id": "a", "text": null, "role": "prompter"}': "message 'a' has no text",
    '{"message_id": "a", "role": "prompter"}': "message 'a' has no text",
    '{"message_id": "a", "text": "Hi", "role": "narrator"}': "unknown role 'narrator'",
    '{"message_id": "a", "text": "Hi", "role": ["user"]}': "unknown role ['user']",
    '{"message_id": null, "text": "Hi", "role": "prompter"}': "a message without an id",
    '{"question": "Why?"}': "no message",
    '{"thread": ["Hi"]}': "a message without an id",
    "[1]": "no message",
}


@pytest.mark.parametrize("line", FAULTS)
def test_what_is_no_message_is_set_aside_with_line_and_reason(tmp_path: Path, line: str) -> None:
    whole, (aside,), intake = read_objects(tmp_path, *FOREST, line)
    assert (aside.line, FAULTS[line] in aside.reason) == (len(FOREST) + 1, True)
    assert (len(whole), intake.read) == (len(FOREST), 17)


def test_bytes_that_are_no_utf_8_are_set_aside(tmp_path: Path) -> None:
    path = written(tmp_path, FOREST)
    path.write_bytes(path.read_bytes() + b'\n{"message_id": "\xff"}')
    _, (aside,), _ = read(path)
    assert str(aside) == "line 5: it is not UTF-8"


def test_messages_of_a_tree_may_stand_anywhere(tmp_path: Path) -> None:
    mixed = all_messages()
    random.Random(5).shuffle(mixed)
    whole, aside, _ = read_objects(tmp_path, *mixed)
    plain, _, _ = read_objects(tmp_path, *all_messages())
    shapes = [sorted(shape(one.result.conversation) for one in found) for found in (whole, plain)]
    assert (aside, shapes[0]) == ([], shapes[1])


def test_messages_without_a_tree_find_it_by_what_they_answer(tmp_path: Path) -> None:
    mixed = [{**one, "message_tree_id": None} for one in all_messages()]
    random.Random(6).shuffle(mixed)
    whole, aside, _ = read_objects(tmp_path, *mixed)
    sizes = sorted(len(one.result.conversation.messages) for one in whole)
    assert (sizes, aside) == ([3, 3, 4, 6], [])


def test_a_tree_is_given_as_soon_as_it_is_whole(tmp_path: Path) -> None:
    whole, _, _ = read_objects(tmp_path, *all_messages())
    assert [one.line for one in whole] == [1, 7, 11, 14]
    assert [one.result.conversation.record_index for one in whole] == [0, 1, 2, 3]


def test_an_orphan_stands_in_the_tree_that_it_names(tmp_path: Path) -> None:
    messages = [one for one in all_messages() if one["message_id"] not in ("wind.0", "knot")]
    whole, aside, _ = read_objects(tmp_path, *messages)
    tree = whole[0].result.conversation
    orphan = next(one for one in tree.messages if one.content.startswith("Which mesh"))
    assert (len(whole), aside, orphan.parent_id in {one.id for one in tree.messages}) == (
        4, [], False,
    )  # fmt: skip
    assert len(list(tree.threads())) == 3


def test_a_ring_is_set_aside_and_the_rest_of_the_tree_stays(tmp_path: Path) -> None:
    ring = [
        {**asked("a", "First"), "parent_id": "b"},
        {**answer("b", "Second"), "parent_id": "a"},
        {**answer("c", "Third"), "parent_id": "b"},
    ]
    whole, aside, _ = read_objects(tmp_path, *[{**one, "replies": None} for one in ring])
    assert (whole, [one.line for one in aside]) == ([], [1, 2, 3])
    assert "answers itself" in aside[0].reason


def test_one_id_with_two_texts_keeps_the_first(tmp_path: Path) -> None:
    other = {**all_messages()[0], "text": "Another text"}
    whole, (aside,), _ = read_objects(tmp_path, *all_messages(), other)
    assert (aside.line, "says something else than on line 1" in aside.reason) == (17, True)
    assert "Another text" not in [one.content for one in whole[0].result.conversation.messages]


def test_the_best_that_nobody_took_out_is_active(tmp_path: Path) -> None:
    whole, _, _ = read_objects(tmp_path, *FOREST)
    active = [m.content for one in whole for m in one.result.conversation.messages if m.active]
    assert [text[:8] for text in active] == [
        "How do I", "Tie each", "Which me", "A shade ", "Which kn", "The shee", "Why do w",
        "Sound is", "Write my", "I can he",
    ]  # fmt: skip


def test_a_best_answer_that_was_deleted_gives_way_to_the_next(tmp_path: Path) -> None:
    tree = asked("q", "Why?", answer("0", "a", rank=0, deleted=True), answer("1", "b", rank=1))
    (found,), _, _ = read_objects(tmp_path, tree)
    active = [m.content for m in found.result.conversation.messages if m.active]
    assert active == ["Why?", "b"]


def test_a_list_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    path = written(tmp_path, LAYOUTS["trees"], "trees.json")
    path.write_bytes(path.read_bytes()[:-100])
    whole, (aside,), _ = read(path)
    assert (len(whole), "cannot be read on" in aside.reason) == (3, True)


@st.composite
def files(draw: st.DrawFn) -> list[Any]:
    """Messages that answer each other at random, some of them broken, doubled or in rings."""
    names = st.integers(0, 12).map(str)
    message: st.SearchStrategy[Any] = st.fixed_dictionaries(
        {"message_id": names, "role": st.sampled_from(["prompter", "assistant", "x"]),
         "text": st.sampled_from(["a", "b", None])},
        optional={"parent_id": names | st.none(), "message_tree_id": names,
                  "rank": st.integers(0, 3) | st.booleans(), "labels": st.none() | st.just([])},
    )  # fmt: skip
    return draw(st.lists(message | st.sampled_from(["{", "7"]), max_size=25))


@given(files())
@settings(max_examples=80, deadline=None)
def test_every_message_is_stored_repeated_or_set_aside(objects: list[Said | str]) -> None:
    with TemporaryDirectory() as folder:
        path = written(Path(folder), objects)
        whole, aside, intake = read(path)
    stored = [m.id for one in whole for m in one.result.conversation.messages]
    assert len(objects) == intake.read == intake.expected
    assert intake.read == len(stored) + intake.repeated + len(aside)
    assert len(set(stored)) == len(stored)
    assert len({one.result.conversation.id for one in whole}) == len(whole)
