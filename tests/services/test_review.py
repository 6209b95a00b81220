"""Review: a person's word counts, stays, and can be taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.tag import Target
from grasp_ui.services import review
from grasp_ui.services.review import Correction
from grasp_ui.services.workspace import Workspace
from tests.fake_server import fake_server
from tests.services.rooms import found, ran, workspace


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    with fake_server() as server, workspace(tmp_path) as room:
        ran(room, server, records=2)
        yield room


def first(opened: Workspace) -> TaggedConversation:
    return found(opened)[0]


def reject(opened: Workspace, target: Target) -> None:
    correction = Correction(name="off_topic", action="reject")
    review.override(opened, target, correction, person="ann", reason="Not about it.")


def target_of(tagged: TaggedConversation) -> Target:
    message = tagged.conversation.messages[0]
    return Target(conversation_id=tagged.conversation.id, kind="message", id=message.id)


def verdicts(opened: Workspace) -> set[str]:
    return {verdict.state for verdict in first(opened).verdicts.values()}


def test_an_override_counts_at_once(opened: Workspace) -> None:
    reject(opened, target_of(first(opened)))
    assert verdicts(opened) == {"drop"}


def test_an_override_says_who_and_why(opened: Workspace) -> None:
    reject(opened, target_of(first(opened)))
    tag = next(tag for tag in first(opened).effective if tag.name == "off_topic")
    assert (tag.source, tag.author, tag.reason) == ("person", "ann", "Not about it.")


def test_undo_takes_the_last_deed_back_and_both_stay_on_record(opened: Workspace) -> None:
    reject(opened, target_of(first(opened)))
    review.undo(opened, "ann")
    assert verdicts(opened) == {"keep"}
    assert [event.kind for event in first(opened).reviews] == ["override", "undo"]


def test_two_undos_take_back_two_deeds(opened: Workspace) -> None:
    tagged = first(opened)
    reject(opened, target_of(tagged))
    review.decide(opened, tagged.conversation.id, "reject", person="ann")
    review.undo(opened, "ann")
    review.undo(opened, "ann")
    assert verdicts(opened) == {"keep"}


def test_nothing_is_undone_for_somebody_who_did_nothing(opened: Workspace) -> None:
    reject(opened, target_of(first(opened)))
    assert review.undo(opened, "bob") is None


def test_keep_overrules_a_reject(opened: Workspace) -> None:
    tagged = first(opened)
    reject(opened, target_of(tagged))
    review.decide(opened, tagged.conversation.id, "keep", person="ann", reason="It is fine.")
    assert verdicts(opened) == {"keep"}


def test_what_people_said_is_there_after_a_restart(opened: Workspace, tmp_path: Path) -> None:
    reject(opened, target_of(first(opened)))
    opened.close()
    with workspace(tmp_path) as again:
        assert verdicts(again) == {"drop"}


def test_a_list_can_be_asked_for_what_is_dropped(opened: Workspace) -> None:
    tagged = first(opened)
    reject(opened, target_of(tagged))
    dropped = review.find(opened, Selection(verdict="drop"))
    assert [row.conversation.id for row in dropped.rows] == [tagged.conversation.id]
