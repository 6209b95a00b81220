"""Which browser the tests take: a headless shell where one is to be had."""

from pathlib import Path

import pytest

from tools import browser


@pytest.fixture(autouse=True)
def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which nothing is found but what Playwright keeps in `tmp_path`."""
    monkeypatch.delenv(browser.VARIABLE, raising=False)
    monkeypatch.setattr(browser, "COMMANDS", ())
    monkeypatch.setattr(browser, "PLACES", ())
    monkeypatch.setattr(browser, "playwrights", lambda: map(str, sorted(tmp_path.iterdir())))


def put(folder: Path, name: str) -> str:
    """A program that says its version."""
    path = folder / name
    path.write_text("#!/bin/sh\necho 1\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_headless_shell_comes_before_a_browser_with_windows(tmp_path: Path) -> None:
    put(tmp_path, "chrome")
    shell = put(tmp_path, "chrome_headless_shell")
    assert browser.find_browser() == shell


def test_the_package_is_tried_for_where_only_a_browser_with_windows_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path, "chrome")
    monkeypatch.setattr(
        browser, "install_package", lambda: bool(put(tmp_path, "chromium-headless-shell"))
    )
    browser.main()
    assert capsys.readouterr().out == f"Browser: {tmp_path / 'chromium-headless-shell'}\n"


def test_without_a_package_the_browser_with_windows_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chrome = put(tmp_path, "chrome")
    monkeypatch.setattr(browser, "install_package", lambda: False)
    browser.main()
    assert capsys.readouterr().out == f"Browser: {chrome}\n"


def test_a_browser_that_somebody_named_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "chrome_headless_shell")
    named = put(tmp_path, "chrome")
    monkeypatch.setenv(browser.VARIABLE, named)
    assert browser.find_browser() == named
    assert browser.is_enough(named)
