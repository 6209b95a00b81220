"""The Tagging page: rules of a profile, their effect, copying, saving, applying."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from grasp_ui.model.event import RecordResult
from grasp_ui.model.selection import Selection
from grasp_ui.model.value import ConversationId
from grasp_ui.services import review
from grasp_ui.services.applying import apply_profile
from grasp_ui.services.profiles import list_profiles
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.conversations import add_conversations
from tests.services.test_applying import filled
from tests.services.test_profile_effect import LOOP, named
from tests.ui.conftest import Show, words

RULE = "tagging.default.repetition"


@pytest.fixture
def page(show: Show, opened: Workspace) -> AppTest:
    """The page on a workspace with a good conversation and one that repeats itself."""
    filled(opened)
    return show("tagging")


def figure(page: AppTest, label: str) -> str:
    """What a figure of the page says."""
    return str(next(one.value for one in page.metric if one.label == label))


def test_it_tells_what_a_profile_would_drop(page: AppTest) -> None:
    assert (figure(page, "Kept"), figure(page, "Dropped")) == ("1", "1")


def test_a_rule_that_is_switched_off_drops_no_more(page: AppTest) -> None:
    page.toggle(key=f"{RULE}.on").set_value(False).run()
    assert figure(page, "Dropped") == "0"
    assert "changed, not saved" in words(page)


def test_a_rule_that_only_warns_drops_no_more(page: AppTest) -> None:
    page.selectbox(key=f"{RULE}.action").set_value("warn").run()
    assert figure(page, "Dropped") == "0"


def test_findings_of_the_chosen_rule_are_shown(page: AppTest) -> None:
    page.button(key=f"{RULE}.look").click().run()
    assert "Fires in **1** conversation; drops **1**" in words(page)


def test_a_copy_takes_the_changes_along(page: AppTest, opened: Workspace) -> None:
    page.toggle(key=f"{RULE}.on").set_value(False).run()
    page.text_input(key="tagging.copy.name").set_value("mine")
    page.button(key="tagging.copy").click().run()
    assert not page.exception
    assert not list_profiles(opened)["mine"].profile.rules["repetition"].enabled
    assert figure(page, "Dropped") == "0"


def test_a_bad_name_is_said(page: AppTest, opened: Workspace) -> None:
    page.text_input(key="tagging.copy.name").set_value("Not good")
    page.button(key="tagging.copy").click().run()
    assert any("cannot name a profile" in one.value for one in page.toast)


def changed(page: AppTest) -> Callable[[], AppTest]:
    """A copy of the profile in which the rule is off, not saved."""
    page.text_input(key="tagging.copy.name").set_value("mine")
    page.button(key="tagging.copy").click().run()
    return page.toggle(key="tagging.mine.repetition.on").set_value(False).run


def test_saving_keeps_and_discarding_forgets(page: AppTest, opened: Workspace) -> None:
    changed(page)()
    page.button(key="tagging.discard").click().run()
    assert figure(page, "Dropped") == "1"
    next(one for one in page.toggle if one.label == "Repetition").set_value(False).run()
    page.button(key="tagging.save").click().run()
    assert not list_profiles(opened)["mine"].profile.rules["repetition"].enabled


def test_applying_says_what_it_changed(page: AppTest) -> None:
    page.button(key="tagging.apply").click().run()
    assert not page.exception
    assert "**1 of 2 conversations are kept** (-1)" in words(page)
    assert "repetition reject 1" in words(page)


def test_what_people_decided_is_said_beside_what_was_applied(
    page: AppTest, opened: Workspace
) -> None:
    review.decide(opened, ConversationId("loop"), "keep", person="ann")
    page.button(key="tagging.apply").click().run()
    assert "**2 of 2 conversations are kept** (as many as before)" in words(page)
    assert "People spoke of 1 of them" in words(page)


def test_an_empty_workspace_is_led_to_conversations_first(show: Show, opened: Workspace) -> None:
    page = show("tagging")
    assert "No conversations to try it on yet" in words(page)
    page.button(key="empty.imports").click().run()
    assert page.title[0].value == "Import"


def test_only_rules_that_drop_are_listed_when_asked(page: AppTest) -> None:
    page.button_group(key="tagging.shown").set_value("Dropping").run()
    assert [one.label for one in page.toggle] == ["Repetition"]


def test_a_rule_is_found_by_a_word_of_what_it_says(page: AppTest) -> None:
    page.text_input(key="tagging.find").set_value("secret").run()
    assert [one.label for one in page.toggle] == ["Secret"]
    page.text_input(key="tagging.find").set_value("no such rule").run()
    assert "No rule is like that here" in words(page)


def test_a_changed_rule_is_named_and_listed(page: AppTest) -> None:
    page.selectbox(key=f"{RULE}.action").set_value("warn").run()
    page.button_group(key="tagging.shown").set_value("Changed").run()
    assert [one.label for one in page.toggle] == ["Repetition"]
    assert "changed, not saved: repetition" in words(page)


def test_what_would_newly_be_dropped_is_named_with_the_rule(page: AppTest) -> None:
    page.session_state["tagging.which"] = True
    assert "Tell me something.  \n:small[:gray[Repetition]]" in words(page.run())


def test_the_address_says_which_rule_is_looked_at(show: Show, opened: Workspace) -> None:
    page = show("tagging", rule="too_short_answer")
    assert "`too_short_answer`" in words(page)


def test_a_rule_that_people_overrule_says_so_above_its_thresholds(
    show: Show, opened: Workspace
) -> None:
    names = [f"loop{number}" for number in range(5)]
    loops = [RecordResult(conversation=named(name, "Tell me more.", LOOP)) for name in names]
    add_conversations(opened.database, loops)
    apply_profile(opened, "default", Selection())
    for name in names:
        review.decide(opened, ConversationId(name), "keep", person="ann")
    page = show("tagging", rule="repetition")
    assert "Overruled 100% of the time: loosen it?" in words(page)


def test_a_changed_preset_is_to_be_copied_not_saved(page: AppTest) -> None:
    page.toggle(key=f"{RULE}.on").set_value(False).run()
    assert "Copy it first; your changes go along" in words(page)


def test_rules_of_the_whole_store_tell_what_is_stored_once_applied(
    page: AppTest, opened: Workspace
) -> None:
    twin = named("twin", "Which tea is green?", "Sencha is a green tea from Japan.")
    add_conversations(opened.database, [RecordResult(conversation=twin)])
    page.text_input(key="tagging.find").set_value("exact duplicate").run()
    assert "counted when applied" in words(page)
    page.button(key="tagging.apply").click().run()
    assert "1 in the store" in words(page)
