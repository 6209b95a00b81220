"""What axe finds on every page, in light and dark: nothing in ours, only known things elsewhere."""

import re
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import Finding, findings, pairs
from tests.browser.canvas_screen import Canvas
from tests.browser.screen import PATIENCE, Screen, arrived
from tests.browser.server import RunningApp
from tests.browser.test_live_canvas import LOOP, WRONG
from tests.browser.workspaces import after_a_run, all_tagged
from tests.fake_server import FakeServer, fake_server

pytestmark = pytest.mark.browser
PAGES = (
    "", "design", "run", "imports", "tagging", "review", "calibration", "export", "settings",
)  # fmt: skip
SCHEMES: dict[Literal["light", "dark"], str] = {
    "light": "rgb(251, 251, 253)", "dark": "rgb(18, 20, 28)",
}  # fmt: skip
"""The ground of each theme, which is there once the theme is."""
LOOKS = 5
AT_REST = "() => document.getAnimations().every(({ playState }) => playState !== 'running')"
IN_STREAMLIT = {("color-contrast", "stJson")}
"""Rules and elements of Streamlit's that break them; docs/accessibility.md says why they stay."""


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with fake_server(words=12) as started:
        yield started


def look(tab: Page) -> list[Finding]:
    """What is found on what is open now, in light and in dark."""
    found: list[Finding] = []
    # A page that is told of another scheme while it loads keeps the theme of Streamlit's own.
    Screen(tab, "").settled()
    for scheme, ground in SCHEMES.items():
        tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        Screen(tab, "").settled()
        expect(tab.get_by_test_id("stSkeleton")).to_have_count(0)
        expect(tab.get_by_test_id("stApp")).to_have_css("background-color", ground)
        found += at_rest(tab)
    return found


def at_rest(tab: Page) -> list[Finding]:
    """What is found once nothing moves; a theme that is still changing shows as a finding."""
    for _ in range(LOOKS):
        tab.wait_for_function(AT_REST)
        found = findings(tab)
        if pairs(found) <= IN_STREAMLIT:
            break
    return found


def judge(found: list[Finding]) -> None:
    """Nothing of ours, and of Streamlit's only what is on the list."""
    assert [str(finding) for finding in found if finding.is_ours] == []
    assert pairs(found) - IN_STREAMLIT == set(), "\n".join(map(str, found))


def test_empty_pages_have_nothing_serious(app: RunningApp, tab: Page) -> None:
    found: list[Finding] = []
    for page in PAGES:
        tab.goto(f"{app.address}/{page}")
        found += look(tab)
    judge(found)


def test_full_pages_have_nothing_serious(app: RunningApp, tab: Page, server: FakeServer) -> None:
    found = look(after_a_run(app, tab, server).tab)
    for query in ("", "export", "settings", "run", "review"):
        tab.goto(f"{app.address}/{query}")
        found += look(tab)
    Screen(tab, app.address).press("Read one by one")
    arrived(tab, "conversation=")
    found += look(tab)
    judge(found)


def test_tagging_with_findings_has_nothing_serious(app: RunningApp, tab: Page) -> None:
    all_tagged(app)
    found: list[Finding] = []
    for query in ("?rule=repetition", "?view=judges&profile=thorough", "?view=rubrics"):
        tab.goto(f"{app.address}/tagging{query}")
        found += look(tab)
    tab.goto(f"{app.address}/calibration")
    found += look(tab)
    for part in ("Judges", "Rules", "Learned"):
        tab.get_by_test_id("stTab").filter(has_text=re.compile(f"{part}$")).click(delay=100)
        found += look(tab)
    judge(found)


@pytest.fixture
def canvas(app: RunningApp, tab: Page, server: FakeServer) -> Canvas:
    """The canvas after a sample of a graph of several kinds, one node selected."""
    after_a_run(app, tab, server, records=1)
    (app.home / "graphs" / "loop.yaml").write_text(LOOP % "", encoding="utf-8")
    (app.home / "graphs" / "wrong.yaml").write_text(WRONG % "", encoding="utf-8")
    screen = Canvas(tab, app.address).open("?graph=own/loop").ready()
    screen.press_run()
    expect(screen.state("thanks", "done")).to_be_visible(timeout=PATIENCE)
    screen.settled().tab.get_by_role("button", name="Time line").click()
    screen.header("ask").click()
    expect(tab.get_by_label("Prompt", exact=True)).to_be_visible()
    return screen


OPENINGS: dict[str, Callable[[Canvas], None]] = {
    "nothing": lambda canvas: None,
    "add menu": lambda canvas: canvas.keys("n"),
    "find menu": lambda canvas: canvas.keys("Control+k"),
    "shortcuts": lambda canvas: canvas.keys("?"),
    "condition": lambda canvas: canvas.keys(
        "Control+ArrowRight", "Control+ArrowRight", "a", "Enter"
    ),
    "node menu": lambda canvas: canvas.header("ask").click(button="right"),
    "folded palette": lambda canvas: canvas.tab.get_by_label("Fold the palette").click(),
}


def test_the_canvas_has_nothing_serious_whatever_is_open(canvas: Canvas) -> None:
    found: list[Finding] = []
    for opened in OPENINGS.values():
        canvas.focus()
        opened(canvas)
        found += look(canvas.tab)
        canvas.keys("Escape")
    judge(found)


def test_what_stands_beside_the_canvas_has_nothing_serious(canvas: Canvas) -> None:
    found: list[Finding] = []
    for side in ("Last run", "Graph", "Versions", "YAML"):
        views = canvas.tab.get_by_test_id("stButtonGroup").first
        views.get_by_text(side, exact=True).click()
        found += look(canvas.settled().tab)
    judge(found)


def test_the_list_of_problems_has_nothing_serious(canvas: Canvas) -> None:
    canvas.open("?graph=own/wrong").ready()
    canvas.focus()
    canvas.keys("p")
    expect(canvas.tab.get_by_label("Problems", exact=True)).to_be_visible()
    judge(look(canvas.tab))


def test_a_fault_of_ours_would_be_found(app: RunningApp, tab: Page) -> None:
    Canvas(tab, app.address).open("?graph=example/preference_pairs").ready()
    tab.locator(".toolbar").evaluate("bar => bar.append(document.createElement('button'))")
    assert ("button-name", ".canvas") in pairs(f for f in findings(tab) if f.is_ours)
