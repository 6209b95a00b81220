"""Every layout of OASST data gives the same conversations."""

from pathlib import Path

import pytest

from grasp_ui.interchange.import_format import Imported, recognised
from grasp_ui.interchange.jsonfile import items_in
from grasp_ui.interchange.text_file import FoundFile
from tests.interchange.imports.forest import (
    BARE_LAYOUTS,
    FOREST,
    LAYOUTS,
    MESSAGES,
    read,
    read_objects,
    shape,
    written,
)

EVERY = {**LAYOUTS, **BARE_LAYOUTS}


def ids(found: list[Imported]) -> list[list[str]]:
    """The ids of conversations and of their messages, in order."""
    trees = [one.result.conversation for one in found]
    return sorted([tree.id, *sorted(message.id for message in tree.messages)] for tree in trees)


def content(one: Imported) -> tuple[object, ...]:
    """What is said and what is said of it, without what is told of the tree alone."""
    return one.result.conversation.messages, one.result.tags, one.result.preferences


@pytest.mark.parametrize("name", EVERY)
def test_a_layout_is_recognised_by_its_objects(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, EVERY[name])
    found = recognised(items_in(FoundFile(path, path.name)))
    assert found
    assert (found.format, list(found.layouts)) == ("oasst", [name.partition(",")[0]])


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_gives_the_same_conversations(tmp_path: Path, name: str) -> None:
    whole, aside, intake = read(written(tmp_path, LAYOUTS[name]))
    reference, _, _ = read(written(tmp_path, LAYOUTS["messages"], "reference.jsonl"))
    assert aside == []
    assert intake.read - intake.repeated == MESSAGES
    assert list(map(content, whole)) == list(map(content, reference))


@pytest.mark.parametrize("name", EVERY)
def test_ids_do_not_hang_on_the_layout(tmp_path: Path, name: str) -> None:
    whole, _, _ = read(written(tmp_path, EVERY[name]))
    reference, _, _ = read(written(tmp_path, LAYOUTS["trees"], "reference.jsonl"))
    assert ids(whole) == ids(reference)


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".json", ".json.gz", ".txt"])
@pytest.mark.parametrize("name", ["trees", "messages of the first version"])
def test_lists_and_packed_files_are_read_alike(tmp_path: Path, suffix: str, name: str) -> None:
    whole, aside, _ = read(written(tmp_path, EVERY[name], f"data{suffix}"))
    plain, _, _ = read(written(tmp_path, EVERY[name]))
    assert aside == []
    assert [one.result for one in whole] == [one.result for one in plain]


def test_the_prompt_comes_first_and_each_answer_below_what_it_answers(tmp_path: Path) -> None:
    (tree,), _, _ = read_objects(tmp_path, FOREST[2])
    first, second, third = tree.result.conversation.messages
    assert (first.role, first.parent_id) == ("user", None)
    assert second.parent_id == third.parent_id == first.id


def test_nested_replies_that_stand_there_again_alone_are_counted_once(tmp_path: Path) -> None:
    tree = FOREST[0]
    alone = [{**reply, "parent_id": tree["message_id"]} for reply in tree["replies"]]
    whole, aside, intake = read_objects(tmp_path, tree, *alone)
    (once,), _, _ = read_objects(tmp_path, tree)
    assert [shape(one.result.conversation) for one in whole] == [shape(once.result.conversation)]
    assert (aside, intake.repeated) == ([], 5)


def test_a_tree_nested_deeper_than_python_goes_is_read(tmp_path: Path) -> None:
    deep = '{"message_id": "m", "role": "prompter", "text": "so", "replies": ['
    levels = 300
    text = "".join(deep.replace('"m"', f'"m{n}"') for n in range(levels)) + "]}" * levels
    (tree,), aside, _ = read_objects(tmp_path, text)
    assert (len(tree.result.conversation.messages), aside) == (levels, [])


def test_a_minimal_message_is_a_conversation(tmp_path: Path) -> None:
    (tree,), _, _ = read_objects(tmp_path, {"message_id": 0, "text": "Hi", "role": "prompter"})
    assert [one.content for one in tree.result.conversation.messages] == ["Hi"]
    assert tree.result.conversation.seed["message_ids"] == ["0"]
