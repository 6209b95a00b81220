"""Review lets people write a text anew, and shows it with what was there before."""

import pytest
from streamlit.testing.v1 import AppTest

from grasp_ui.model.conversation import Message
from grasp_ui.model.selection import Selection
from grasp_ui.services import edits, review
from grasp_ui.services.edits import Rewrite
from grasp_ui.services.workspace import Workspace
from tests.ui.conftest import Show, words


@pytest.fixture
def answer(full: Workspace) -> Message:
    """The first answer of the newest conversation."""
    return review.find(full, Selection()).rows[0].conversation.messages[1]


def dialog(message: Message) -> AppTest:
    """A page on which the dialog for `message` is open."""
    page = AppTest.from_function(dialog_page, args=message_args(message), default_timeout=30)
    return page.run()


def message_args(message: Message) -> tuple[str, str]:
    """Where to find it."""
    return message.conversation_id, message.id


def dialog_page(conversation: str, message: str) -> None:
    """The script of that page; it runs apart and so imports what it uses."""
    from grasp_ui.model.value import ConversationId
    from grasp_ui.services.review import open_conversation
    from grasp_ui.ui.edit_dialog import edit_dialog
    from grasp_ui.ui.session import workspace

    opened = workspace()
    found = open_conversation(opened, ConversationId(conversation)).conversation
    edit_dialog(opened, next(one for one in found.messages if one.id == message), "ada")


def test_the_dialog_keeps_text_person_and_reason(full: Workspace, answer: Message) -> None:
    key, page = f"review.edit.{answer.id}", dialog(answer)
    page.text_area(key=f"{key}.text").set_value("A better answer.")
    page.text_input(key=f"{key}.reason").set_value("It was dull.")
    page.button(key=f"{key}.save").click().run()
    change = review.open_conversation(full, answer.conversation_id).edited[answer.id]
    assert (change.person, change.reason, change.original) == ("ada", "It was dull.", answer)


def test_the_dialog_says_why_a_text_is_not_kept(full: Workspace, answer: Message) -> None:
    key, page = f"review.edit.{answer.id}", dialog(answer)
    page.text_area(key=f"{key}.text").set_value(" ")
    page.button(key=f"{key}.save").click().run()
    assert "cannot be empty" in words(page)


def test_an_edited_text_comes_first_and_the_old_one_on_demand(
    show: Show, full: Workspace, answer: Message
) -> None:
    rewrite = Rewrite(answer.id, "A better answer.", answer.content, "It was dull.")
    edits.edit_text(full, answer.conversation_id, rewrite, person="ada")
    page = show("review", conversation=answer.conversation_id)
    turn = page.chat_message[1]
    told = [text.value for text in turn.markdown]
    assert told[-1] == "A better answer."
    assert ":violet-badge[:material/edit: edited] :small[:gray[by ada]]" in told
    assert answer.content in told[told.index("###### The text as it was") :]
    assert "It was dull." in turn.caption[0].value


def test_a_text_that_nobody_edited_has_a_pencil_and_no_mark(
    show: Show, full: Workspace, answer: Message
) -> None:
    page = show("review", conversation=answer.conversation_id)
    assert page.button(key=f"review.edit.{answer.id}").label == "Edit text"
    assert "edited" not in words(page)
