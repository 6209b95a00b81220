"""Learning from what people decided in a workspace, and what becomes of its tags."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grasp_ui.errors import UnreadableFile
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.services.imports import ImportRequest, import_file
from grasp_ui.services.learned import (
    FILE,
    Learned,
    are_rules_as_trained,
    read_learned,
    switch_off,
    switch_on,
    tag_everything,
    train_on_people,
)
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.conversations import add_conversations
from tests.fake_server import fake_server
from tests.interchange.imports.forest import all_messages, written
from tests.services import reviewed
from tests.services.rooms import PAIRS, found, ran, workspace
from tests.tagging.learning import BAD


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with sixty decisions."""
    with workspace(tmp_path) as room:
        reviewed.with_decisions(room)
        yield room


def counted(opened: Workspace) -> dict[str, TaggedConversation]:
    """The conversations by their ids."""
    return {tagged.conversation.id: tagged for tagged in found(opened)}


def learned(tagged: TaggedConversation) -> list[tuple[str, object, str]]:
    """Name, value and action of the learned tags that count."""
    return [(t.name, t.value, t.action) for t in tagged.effective if t.source == "learned"]


def test_decisions_are_learned_from(opened: Workspace) -> None:
    training = train_on_people(opened)
    [model] = training.models
    assert (model.aim, model.kind, model.card.labels) == ("reject", "conversation", 60)
    assert (model.card.auc or 0) > 0.9
    assert read_learned(opened).models == training.models
    assert are_rules_as_trained(model)


def test_what_cannot_be_learned_says_why(opened: Workspace) -> None:
    training = train_on_people(opened)
    assert "too few to learn from" in training.refused["quality", "message"]


def test_models_are_off_until_they_are_switched_on(opened: Workspace) -> None:
    train_on_people(opened)
    assert read_learned(opened).is_on is False
    assert tag_everything(opened) == 0


def test_switched_on_they_tag_all_that_is_stored_once(opened: Workspace) -> None:
    train_on_people(opened)
    assert switch_on(opened) == 60
    assert tag_everything(opened) == 0
    [(name, value, action)] = learned(counted(opened)["d0"])
    assert (name, action) == ("reject", "warn")
    assert isinstance(value, float)


def test_a_model_that_is_no_better_than_chance_tags_nothing(tmp_path: Path) -> None:
    with workspace(tmp_path) as room:
        reviewed.with_judgements(room)
        [model] = train_on_people(room).models
        assert (model.aim, model.card.is_better_than_chance) == ("quality", False)
        assert switch_on(room) == 0


def test_what_no_model_says_any_more_is_taken_back(opened: Workspace) -> None:
    [model] = train_on_people(opened).models
    switch_on(opened)
    useless = model.card.model_copy(update={"auc_low": 0.4})
    kept = Learned(is_on=True, models=(model.model_copy(update={"card": useless}),))
    (opened.home / FILE).write_text(kept.model_dump_json())
    assert tag_everything(opened) == 60
    assert learned(counted(opened)["d0"]) == [("reject", None, "pass")]


def test_what_comes_later_is_tagged_when_asked_for(opened: Workspace) -> None:
    train_on_people(opened)
    switch_on(opened)
    add_conversations(opened.database, [reviewed.talk("new", BAD[1])])
    assert tag_everything(opened) == 1


def test_what_a_run_makes_is_tagged_at_its_end(opened: Workspace) -> None:
    train_on_people(opened)
    switch_on(opened)
    with fake_server() as server:
        view = ran(opened, server, 2)
        assert ran(opened, server, 1, PAIRS + "tagging: none\n").state == "done"
    tagged = [len(learned(one)) for one in found(opened) if one.conversation.run_id]
    assert (view.state, tagged) == ("done", [1, 1, 0])
    assert tag_everything(opened) == 1


def test_what_is_imported_is_tagged_with_it(opened: Workspace, tmp_path: Path) -> None:
    train_on_people(opened)
    switch_on(opened)
    report = import_file(opened, ImportRequest(written(tmp_path, all_messages())))
    imported = [
        len(learned(one)) for one in found(opened) if one.conversation.source != "generated"
    ]
    assert report.learned_tags == sum(imported) == report.conversations > 0
    assert tag_everything(opened) == 0


def test_what_is_made_while_they_are_off_is_not_tagged(opened: Workspace) -> None:
    train_on_people(opened)
    with fake_server() as server:
        ran(opened, server, 1)
    assert [learned(one) for one in found(opened) if one.conversation.run_id] == [[]]


def test_a_run_is_whole_where_the_models_cannot_be_read(opened: Workspace) -> None:
    (opened.home / FILE).write_text("{")
    with fake_server() as server:
        view = ran(opened, server, 1)
    assert (view.state, view.run.done) == ("done", 1)
    assert "learned models" in view.run.reason


def test_switched_off_no_learned_tag_counts_and_all_stay_on_record(opened: Workspace) -> None:
    train_on_people(opened)
    switch_on(opened)
    assert switch_off(opened) == 60
    tagged = counted(opened)["d0"]
    assert learned(tagged) == [("reject", None, "pass")]
    assert [tag.action for tag in tagged.tags] == ["warn", "pass"]
    assert switch_off(opened) == 0


def test_switched_on_again_they_count_again(opened: Workspace) -> None:
    train_on_people(opened)
    switch_on(opened)
    switch_off(opened)
    assert switch_on(opened) == 60
    assert learned(counted(opened)["d0"])[0][2] == "warn"


def test_a_damaged_file_is_said_and_not_overwritten(opened: Workspace) -> None:
    path = opened.home / FILE
    path.write_text("{")
    with pytest.raises(UnreadableFile, match="cannot be read"):
        train_on_people(opened)
    assert path.read_text() == "{"
