"""A browser, tabs in it, and the app that they look at."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    Error,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.browser.mounts import mounts_too_many, watch_mounts
from tests.browser.screen import PATIENCE
from tests.browser.server import RunningApp
from tools.browser import ADVICE, find_browser

# A loaded machine takes its time, and nothing here is about how long something takes.
expect.set_options(timeout=PATIENCE)
WINDOW: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium, without a window."""
    path = find_browser()
    assert path, ADVICE
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=as_root)
        yield started
        started.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A fresh tab; the test fails where a page's script fails or asks another machine.

    So it does where a canvas was mounted more often than one came to it.
    """
    context = browser.new_context(viewport=WINDOW, color_scheme="light")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    wrong: list[str] = []

    def heard(error: Error) -> None:
        wrong.append(f"uncaught in the page: {error}")

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1":
            wrong.append(f"asked another machine: {request.url}")

    page.on("pageerror", heard)
    page.on("request", asked)
    watch_mounts(page)
    yield page
    wrong += mounts_too_many(page)
    context.close()
    assert wrong == []


@pytest.fixture
def app(tmp_path: Path) -> Iterator[RunningApp]:
    """The app with an empty workspace, on a port of its own."""
    started = RunningApp(home=tmp_path / "home", fresh=False)
    started.start()
    yield started
    started.stop()
