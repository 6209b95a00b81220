"""What `grasp doctor` looks at: what is well is so, what is not is said with a remedy."""

from importlib import metadata
from pathlib import Path

import pytest

from grasp_ui.services.checkup import (
    Check,
    check_models,
    check_packages,
    check_program,
    check_settings,
    check_store,
)
from grasp_ui.services.models import Ping
from grasp_ui.services.settings import ModelSettings, Settings, save_settings
from grasp_ui.store.database import open_database


def named(checks: list[Check], name: str) -> Check:
    """The check of that name."""
    (found,) = [check for check in checks if check.name == name]
    return found


def test_what_is_needed_is_listed_with_its_version() -> None:
    check = named(list(check_program()), "packages")
    assert (check.state, check.fix) == ("ok", "")
    assert check.detail["versions"]["duckdb"] == metadata.version("duckdb")


def test_a_package_of_another_version_is_broken() -> None:
    check = check_packages(["duckdb>=99", "nothing-like-it>=1"])
    assert check.state == "broken"
    assert "duckdb>=99" in check.found
    assert "nothing-like-it>=1 (found: nothing)" in check.found
    assert "requirements" in check.fix


def test_what_belongs_to_another_system_is_not_missed() -> None:
    assert check_packages(['nothing-like-it>=1; sys_platform == "plan9"']).state == "ok"


def test_settings_that_cannot_be_read_are_broken(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("{")
    settings, check = check_settings(tmp_path)
    assert (settings, check.state) == (Settings(), "broken")
    save_settings(tmp_path, Settings())
    assert check_settings(tmp_path)[1].state == "ok"


@pytest.mark.parametrize(
    ("said", "state", "found"),
    [
        (Ping(ok=True, seconds=0.25, text="Hello."), "ok", "answers in 0.2 s"),
        (Ping(ok=False, seconds=1, error="Nobody is there."), "broken", "Nobody is there."),
    ],
)
def test_a_model_answers_or_is_broken(said: Ping, state: str, found: str) -> None:
    model = ModelSettings(name="far", url="http://127.0.0.1:9/v1")
    (check,) = check_models((model,), lambda name: said)
    assert (check.name, check.state, check.found) == ("model far", state, found)


def test_a_model_that_is_not_asked_is_listed() -> None:
    model = ModelSettings(name="far", url="http://127.0.0.1:9/v1")
    (check,) = check_models((model,), None)
    assert (check.state, check.found) == ("ok", "http://127.0.0.1:9/v1, not asked")


def test_who_holds_the_store_is_named(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    assert named(list(check_store(store)), "store").state == "ok"
    database = open_database(store)
    held = list(check_store(store))
    database.close()
    assert "is held by process" in named(held, "store").found
    assert named(held, "journal").detail["waiting"] is None
    assert "held by nobody" in named(list(check_store(store)), "store").found


def test_a_damaged_store_is_broken_with_a_remedy(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    store.write_bytes(b"not a database at all" * 1000)
    check = named(list(check_store(store)), "store")
    assert (check.state, "snapshots" in check.fix) == ("broken", True)


def test_the_room_on_the_disk_is_told(tmp_path: Path) -> None:
    check = named(list(check_store(tmp_path / "new" / "store.duckdb")), "disk")
    assert check.detail["free_bytes"] > 0
