"""What people do counts at once, and can be taken back."""

import pytest

from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.store.conversations import add_conversations, read_conversation
from grasp_ui.store.database import Database
from grasp_ui.store.reviews import InvalidReview, add_review, last_standing
from tests.store import samples

PASS = {"name": "short", "action": "pass"}


@pytest.fixture
def store(memory: Database) -> Database:
    """One conversation that a rule rejects."""
    add_conversations(memory, [samples.result("c", tags=[samples.tag("c", action="reject")])])
    memory.settle()
    return memory


def conversation(database: Database) -> TaggedConversation:
    return read_conversation(database, samples.conversation("c").id)


def verdict(found: TaggedConversation) -> str:
    """The verdict of its only thread."""
    [only] = found.verdicts.values()
    return only.state


def undo(database: Database) -> ReviewEvent | None:
    """Take back the last standing deed of Ada, as the review page does."""
    last = last_standing(database, "ada")
    if last is not None:
        add_review(database, samples.deed(f"undo {last.id}", "undo", {"undoes": last.id}))
    return last


def test_an_override_counts_for_the_next_reader(store: Database) -> None:
    kept = add_review(store, samples.deed("1", "override", PASS))
    found = conversation(store)
    assert kept.seq == found.reviews[0].seq > 0
    assert found.effective[0].source == "person"
    assert verdict(found) == "keep"


def test_machine_tags_stay_beside_an_override(store: Database) -> None:
    add_review(store, samples.deed("1", "override", PASS))
    assert [tag.action for tag in conversation(store).tags] == ["reject"]


def test_undo_gives_the_word_back_to_the_machine(store: Database) -> None:
    add_review(store, samples.deed("1", "override", PASS))
    undo(store)
    assert conversation(store).effective[0].action == "reject"
    assert verdict(conversation(store)) == "drop"


def test_an_undone_undo_is_as_if_nothing_was_undone(store: Database) -> None:
    add_review(store, samples.deed("1", "override", PASS))
    undo(store)
    add_review(store, samples.deed("redo", "undo", {"undoes": "undo 1"}))
    assert verdict(conversation(store)) == "keep"
    assert last_standing(store, "ada") is not None


def test_five_undos_take_back_five_deeds(store: Database) -> None:
    for number in range(5):
        add_review(store, samples.deed(str(number), "override", PASS))
    taken_back = [undo(store) for _ in range(6)]
    assert [event and event.id for event in taken_back] == ["4", "3", "2", "1", "0", None]


def test_what_another_undid_does_not_stand(store: Database) -> None:
    add_review(store, samples.deed("1", "keep"))
    other = samples.deed("2", "undo", {"undoes": "1"}).model_copy(update={"person": "ben"})
    add_review(store, other)
    assert last_standing(store, "ada") is None


def test_keep_and_reject_decide_over_the_tags(store: Database) -> None:
    add_review(store, samples.deed("1", "keep"))
    assert verdict(conversation(store)) == "keep"
    add_review(store, samples.deed("2", "reject"))
    assert verdict(conversation(store)) == "drop"


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("override", {}),
        ("override", {"name": "short", "score": 1.5}),
        ("override", {"name": "short", "action": "explode"}),
        ("override", {"name": "short", "element": ["a"]}),
        ("undo", {}),
        ("edit", {}),
        ("edit", {"content": 5}),
    ],
)
def test_a_review_that_cannot_count_is_refused(
    store: Database, kind: str, payload: dict[str, object]
) -> None:
    event = samples.deed("1", "keep").model_copy(update={"kind": kind, "payload": payload})
    with pytest.raises(InvalidReview, match=f"of kind '{kind}' cannot count"):
        add_review(store, event)
    assert conversation(store).reviews == ()
