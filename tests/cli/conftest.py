"""A workspace for each test."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace that commands use by themselves."""
    folder = tmp_path / "home"
    monkeypatch.setenv("GRASP_HOME", str(folder))
    return folder
