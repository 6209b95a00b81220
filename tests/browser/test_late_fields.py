"""Fields whose scripts come late: no button moves away from a press that has begun."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.screen import PATIENCE, Screen
from tests.browser.server import RunningApp

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Late:
    """A page, a button of it, and which fields are loaded while that is held down."""

    query: str
    button: str
    scripts: Sequence[str]
    field: str


PLACES = (
    Late("tagging?view=rubrics", "Copy", ["Selectbox"], "Rubric"),
    Late("tagging", "Copy", ["Selectbox"], "Profile"),
    Late("review", "More filters", ["Selectbox", "TextInput"], "Verdict"),
    Late("run", "Start", ["Selectbox", "NumberInput"], "Seed"),
)


@pytest.mark.parametrize("late", PLACES, ids=lambda late: f"{late.button} {late.query}")
def test_a_button_stays_under_the_pointer_while_fields_come(
    app: RunningApp, tab: Page, late: Late
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    for script in late.scripts:
        tab.route(f"**/{script}.*.js", hold)
    tab.goto(f"{app.address}/{late.query}")
    Screen(tab, app.address).settled().dressed()
    button = tab.get_by_role("button", name=late.button, exact=True)
    expect(button).to_be_visible(timeout=PATIENCE)
    before = button.bounding_box()
    assert held
    for route in held:
        route.continue_()
    expect(tab.get_by_label(late.field, exact=True).first).to_be_visible(timeout=PATIENCE)
    expect(tab.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PATIENCE)
    after = button.bounding_box()
    assert before
    assert after
    assert abs(after["x"] - before["x"]) < 2
    assert abs(after["y"] - before["y"]) < 2
