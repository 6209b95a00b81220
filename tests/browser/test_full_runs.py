"""Runs of many records on the Run page: watched, bounded, paused, killed, gone on."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.screen import PATIENCE
from tests.browser.screens import Run
from tests.browser.server import RunningApp
from tests.browser.workspaces import PAIRS, with_model
from tests.fake_server import FakeServer, fake_server

pytestmark = pytest.mark.browser
CALLS_A_RECORD = 5
IN_FLIGHT = 8
GRAPH = "?graph=own/pairs"
HALF_WAY = 60
"""Requests after which the fake server waits: some 8 of 20 records are done then."""


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with fake_server(seconds=0.1) as started:
        yield started


@pytest.fixture
def run(app: RunningApp, tab: Page, server: FakeServer) -> Run:
    with_model(app.home, server, usd=10_000.0)
    return Run(tab, app.address)


def start_held(run: Run, server: FakeServer) -> None:
    """Start a run that stands still half-way, and see that it does."""
    server.waits_from = HALF_WAY
    run.open(GRAPH).start(20)
    assert server.holds.wait(PATIENCE / 1000)
    expect(run.state(re.compile(r"([3-9]|1\d) of 20"))).to_be_visible(timeout=PATIENCE)


def let_go(server: FakeServer) -> None:
    """Answer those that wait, and whoever comes."""
    server.waits_from = 0
    server.answers.set()


def test_a_run_shows_its_rate_time_left_and_spend_and_is_forecast_from_the_last(
    run: Run,
) -> None:
    run.open(GRAPH)
    expect(run.text("No forecast yet")).to_be_visible(timeout=PATIENCE)
    run.start(30)
    expect(run.figure("Time left")).to_have_text(re.compile(r"\d+ s|min"), timeout=PATIENCE)
    expect(run.figure("Rate")).to_have_text(re.compile(r"^[1-9][\d.,]* a minute"))
    expect(run.figure("Spend")).to_have_text(re.compile(r"^\$\d+\.\d\d"))
    run.ended("30 of 30 records").open(GRAPH)
    forecast = run.tab.get_by_text(re.compile(r"20 records: \$[\d.]+"))
    expect(forecast).to_be_visible(timeout=PATIENCE)
    expect(run.text("in 9 of 10 cases, from 30 records of the last run")).to_be_visible()


def test_a_paused_run_goes_on_in_another_browser_and_asks_nothing_twice(
    run: Run, browser: Browser, server: FakeServer
) -> None:
    start_held(run, server)
    run.press_watched("Pause")
    expect(run.text("Pausing")).to_be_visible(timeout=PATIENCE)
    let_go(server)
    run.ended("stopped")
    where = run.tab.url
    run.tab.context.close()
    context = browser.new_context()
    other = Run(context.new_page(), run.address)
    other.tab.goto(where)
    expect(other.settled().text("Paused by hand").first).to_be_visible(timeout=PATIENCE)
    server.answers.clear()
    other.press("Resume")
    expect(other.state("running")).to_be_visible(timeout=PATIENCE)
    other.tab.goto("about:blank")
    server.answers.set()
    other.tab.goto(where)
    other.ended("20 of 20 records")
    context.close()
    assert len(server.asked) == 20 * CALLS_A_RECORD


def test_a_press_is_heard_though_fields_come_late(run: Run, server: FakeServer) -> None:
    start_held(run, server)
    run.press_watched("Pause")
    expect(run.text("Pausing")).to_be_visible(timeout=PATIENCE)
    let_go(server)
    run.ended("stopped")
    late: list[Route] = []
    run.tab.route("**/NumberInput*.js", lambda route: late.append(route))
    run.tab.reload()
    resume = run.tab.get_by_role("button", name="Resume", exact=True)
    resume.scroll_into_view_if_needed()
    run.settled()
    resume.hover()
    run.tab.mouse.down()
    assert late
    for route in late:
        route.continue_()
    expect(run.tab.get_by_label("Most calls", exact=True).first).to_be_visible(timeout=PATIENCE)
    run.tab.mouse.up()
    run.ended("20 of 20 records")


def test_failures_are_told_by_cause_and_only_what_failed_is_retried(
    run: Run, app: RunningApp, server: FakeServer
) -> None:
    text = PAIRS.replace("Ask about", "[once 400] Ask about")
    (app.home / "graphs" / "pairs.yaml").write_text(text, encoding="utf-8")
    server.draw = lambda body: "content_filter" if len(server.asked) > 10 else ""
    run.open(GRAPH).start(3).ended("3 failed")
    causes = run.tab.locator(".st-key-watched").get_by_test_id("stDataFrame").first
    expect(causes).to_be_visible()
    server.draw = None
    asked = len(server.asked)
    run.press("Retry the 3 failed").ended("3 kept")
    expect(run.state("failed")).to_have_count(0)
    assert len(server.asked) - asked == 3 * CALLS_A_RECORD


def test_a_budget_in_dollars_stops_the_run_at_its_limit(run: Run, server: FakeServer) -> None:
    run.open(GRAPH).start(2).ended("2 of 2 records")
    dear = float(run.figure("Spend").inner_text().removeprefix("$")) / 2
    server.asked.clear()
    run.open(GRAPH).most("Most dollars", round(3 * dear, 2)).start(20).ended("halted")
    expect(run.text("reached its ceiling of").first).to_be_visible()
    spent = float(run.figure("Spend").inner_text().removeprefix("$"))
    assert 3 * dear - 0.01 <= spent <= 3 * dear + IN_FLIGHT * dear
    assert len(server.asked) < 20 * CALLS_A_RECORD


def test_after_kill_9_of_the_app_a_run_goes_on_and_pays_again_for_calls_in_flight_alone(
    run: Run, app: RunningApp, server: FakeServer
) -> None:
    start_held(run, server)
    app.kill()
    let_go(server)
    app.start()
    run.tab.reload()
    run.ended("interrupted")
    run.press("Resume").ended("20 of 20 records")
    paid = server.outcomes["ok"]
    assert 20 * CALLS_A_RECORD <= paid <= 20 * CALLS_A_RECORD + IN_FLIGHT
