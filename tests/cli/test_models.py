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


def test_each_model_says_its_client_and_its_price(home: Path) -> None:
    claude = ModelSettings(name="claude", wire_name="anthropic/claude-sonnet-4-5")
    mine = ModelSettings(name="mine", url="http://127.0.0.1:9/v1")
    save_settings(home, Settings(models=(claude, mine)))
    rows = told(typed("models", "--json"))["models"]
    assert [(row["client"], row["is_priced"], row["price"]) for row in rows] == [
        ("litellm", True, "$3 + $15 per million tokens"),
        ("direct", False, "price not known"),
    ]


def test_a_ping_of_a_priced_model_says_what_it_cost(home: Path) -> None:
    with fake_server() as server:
        dear = ModelSettings(name="dear", url=server.url, prompt_usd=1, completion_usd=10)
        save_settings(home, Settings(models=(dear,)))
        said = typed("models", "--ping").stdout
    assert "$1 + $10 per million tokens" in said
    assert " s  $0.000" in said


def test_asking_models_leaves_the_store_alone(home: Path) -> None:
    with fake_server() as server:
        save_settings(home, Settings(models=(ModelSettings(name="fake", url=server.url),)))
        typed("models", "--ping")
    assert not (home / "store.duckdb").exists()
