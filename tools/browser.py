"""Find a Chromium or Chrome for the browser tests, or get one.

.venv/bin/python tools/browser.py

Looks at the variable GRASP_BROWSER, the PATH, the usual places and Playwright's own. Where that is
no headless shell, which needs half the work, or nothing at all, it tries the distribution's package
(as root, with apt-get); where there is nothing still, Playwright's download.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

VARIABLE = "GRASP_BROWSER"
SHELL = "headless-shell"
COMMANDS = (
    f"chromium-{SHELL}",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
PLACES = (
    "/opt/google/chrome/chrome",
    "/usr/lib/chromium/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
BROWSERS = (f"chromium-{SHELL}", "chromium")
FONTS = ("fonts-liberation", "fonts-noto-core", "fonts-noto-color-emoji")
ADVICE = (
    "No Chromium was found and none could be installed. Install Chromium or Chrome, or name "
    f"one: {VARIABLE}=/path/to/chrome make test. Everything without a browser: make check"
)


def main() -> None:
    """Print the path of a browser that starts, getting one if need be."""
    found = find_browser()
    if found is None or not is_enough(found):
        found = installed(install_package) or found
    browser = found or installed(download)
    if browser is None:
        sys.exit(ADVICE)
    print(f"Browser: {browser}")


def is_enough(browser: str) -> bool:
    """Whether there is no better one to be had: it draws no window, or somebody chose it."""
    return VARIABLE in os.environ or SHELL in Path(browser).name.replace("_", "-")


def installed(install: Callable[[], bool]) -> str | None:
    """The browser that is there after `install`; None where it did not work."""
    return find_browser() if install() else None


def find_browser() -> str | None:
    """The path of the first browser on this machine that starts; None without one."""
    return next(filter(starts, candidates()), None)


def candidates() -> Iterator[str]:
    """Paths where a browser may be, the most wanted first."""
    if named := os.environ.get(VARIABLE):
        yield named
        return
    everywhere = [*filter(None, map(shutil.which, COMMANDS)), *PLACES, *playwrights()]
    there = [place for place in everywhere if Path(place).exists()]
    yield from sorted(there, key=lambda place: not is_enough(place))


def playwrights() -> Iterator[str]:
    """Where Playwright keeps its browsers, if it has any."""
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    version = own.parents[1].name.partition("-")[2]
    yield from map(str, own.parents[2].glob(f"chromium_headless_shell-{version}/*/*headless*shell"))
    yield str(own)


def starts(browser: str) -> bool:
    """Whether `browser` can say its version (a stub that asks for a snap cannot)."""
    try:
        said = subprocess.run([browser, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0


def install_package() -> bool:
    """Install the distribution's Chromium where we may; whether that was done."""
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([apt, "update", "-qq"], env=quiet, check=False)
    install = [apt, "install", "-y", "-qq", "--no-install-recommends", *FONTS]
    tries = (subprocess.run([*install, one], env=quiet, check=False) for one in BROWSERS)
    return any(done.returncode == 0 for done in tries)


def download() -> bool:
    """Let Playwright fetch its own Chromium; whether that was done."""
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(fetch, check=False).returncode == 0


if __name__ == "__main__":
    main()
