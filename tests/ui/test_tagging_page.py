"""The Tagging page: rules of a profile, their effect, copying, saving, applying."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from grasp_ui.services.profiles import list_profiles
from grasp_ui.services.workspace import Workspace
from tests.services.test_applying import filled
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
    assert "Fires in **1** conversations; drops **1**" in words(page)


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
    page.toggle(key="tagging.mine.repetition.on").set_value(False).run()
    page.button(key="tagging.save").click().run()
    assert not list_profiles(opened)["mine"].profile.rules["repetition"].enabled


def test_applying_says_what_it_changed(page: AppTest) -> None:
    page.button(key="tagging.apply").click().run()
    assert not page.exception
    assert "**1 of 2 conversations are kept** (-1)" in words(page)
    assert "repetition reject 1" in words(page)
