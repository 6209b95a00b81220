"""`grasp doctor`: what is installed, which models answer, who holds the store."""

from pathlib import Path

from grasp_ui.services.settings import ModelSettings, Settings, save_settings
from grasp_ui.store.database import open_database
from tests.cli.typed import told, typed
from tests.fake_server import fake_server


def test_a_sound_workspace_gives_exit_code_0(home: Path) -> None:
    with fake_server() as server:
        save_settings(home, Settings(models=(ModelSettings(name="fake", url=server.url),)))
        result = typed("doctor", "--json")
    checks = {check["name"]: check["state"] for check in told(result)["checks"]}
    assert (result.exit_code, told(result)["ok"]) == (0, True)
    assert checks.keys() >= {"python", "packages", "store", "journal", "disk", "model fake"}


def test_a_model_that_does_not_answer_gives_exit_code_1(home: Path) -> None:
    with fake_server(faults=["404"]) as server:
        save_settings(home, Settings(models=(ModelSettings(name="fake", url=server.url),)))
        result = typed("doctor")
        unasked = typed("doctor", "--no-ping")
    assert (result.exit_code, unasked.exit_code) == (1, 0)
    assert "broken  model fake: " in result.stdout
    assert "Something that is needed is broken." in result.stdout


def test_settings_that_cannot_be_read_give_exit_code_1(home: Path) -> None:
    home.mkdir()
    (home / "settings.json").write_text("{")
    result = typed("doctor", "--json")
    assert (result.exit_code, told(result)["ok"]) == (1, False)


def test_the_doctor_looks_while_the_app_has_the_store_open(home: Path) -> None:
    database = open_database(home / "store.duckdb")
    result = typed("doctor", "--no-ping")
    database.close()
    assert result.exit_code == 0
    assert "is held by process" in result.stdout


def test_the_doctor_makes_no_store(home: Path) -> None:
    typed("doctor", "--no-ping")
    assert not (home / "store.duckdb").exists()
