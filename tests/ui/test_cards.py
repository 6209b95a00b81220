"""A conversation is shown as chat, its tags beside their turns."""

from streamlit.testing.v1 import AppTest

from grasp_ui.model.effective import Verdict
from grasp_ui.ui.cards import shown_evidence, shown_value, verdict_badge


def test_each_turn_is_a_chat_message_with_its_text() -> None:
    page = drawn()
    assert [message.name for message in page.chat_message] == ["user", "assistant"]
    assert any("You are welcome." in text.value for text in page.chat_message[1].markdown)


def test_a_tag_stands_beside_its_turn_with_its_evidence() -> None:
    said = [text.value for text in drawn().markdown]
    assert any("repetition 0.42" in text and "red-badge" in text for text in said)
    assert any("line: the same" in text for text in said)


def test_what_was_found_right_is_one_quiet_line() -> None:
    assert any("truncated" in text.value and "green" in text.value for text in drawn().markdown)


def test_a_verdict_says_why() -> None:
    shown = verdict_badge(Verdict(state="drop", reasons=("repetition", "*bold*")))
    assert shown == r":red-badge[:material/cancel: dropped: repetition, \*bold\*]"


def test_values_read_as_a_person_says_them() -> None:
    assert [shown_value(v) for v in (True, None, 0.4242, 3, "long")] == [
        "yes",
        "",
        "0.42",
        "3",
        "long",
    ]


def test_evidence_is_one_line() -> None:
    assert shown_evidence({"same_line": ["a", "b"], "n": 2}) == "same line: a, b · n: 2"


def drawn() -> AppTest:
    """A page with one conversation."""
    page = AppTest.from_function(card_page, default_timeout=20).run()
    assert not page.exception
    return page


def card_page() -> None:
    """The script of that page; it runs apart and so imports what it uses."""
    from grasp_ui.model.conversation import Thread
    from grasp_ui.ui.cards import thread_card
    from tests.ui.samples import tagged

    shown = tagged()
    thread = shown.conversation.active_thread()
    assert isinstance(thread, Thread)
    thread_card(thread, shown)
