"""`grasp models`: what Settings name, and whether it answers."""

from pathlib import Path

from grasp_ui.services.settings import ModelSettings, Settings, save_settings
from tests.cli.typed import told, typed
from tests.fake_server import fake_server


def test_the_built_in_model_is_there_from_the_start() -> None:
    (model,) = told(typed("models", "--json"))["models"]
    assert (model["name"], model["kind"]) == ("local", "builtin")


def test_a_model_that_answers_says_something(home: Path) -> None:
    with fake_server() as server:
        save_settings(home, Settings(models=(ModelSettings(name="fake", url=server.url),)))
        result = typed("models", "--ping", "--json")
    (model,) = told(result)["models"]
    assert (result.exit_code, model["ping"]["ok"]) == (0, True)


def test_a_model_that_refuses_gives_exit_code_1_and_the_reason(home: Path) -> None:
    with fake_server(faults=["404"]) as server:
        save_settings(home, Settings(models=(ModelSettings(name="fake", url=server.url),)))
        result = typed("models", "--ping")
    assert (result.exit_code, "does not exist" in result.stdout) == (1, True)


def test_asking_models_leaves_the_store_alone(home: Path) -> None:
    with fake_server() as server:
        save_settings(home, Settings(models=(ModelSettings(name="fake", url=server.url),)))
        typed("models", "--ping")
    assert not (home / "store.duckdb").exists()
