"""`grasp tag --judges`: nothing is paid by oversight, and the result says what changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.typed import told, typed
from tests.fake_server import FakeServer
from tests.services.judged import asked_and_answered, judging

TAG = ("tag", "--profile", "mine")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """A fake judge; the commands' workspace has ten conversations and the profile `mine`."""
    monkeypatch.setenv("GRASP_HOME", str(tmp_path))
    with judging(tmp_path, asked_and_answered(10)) as (opened, server):
        opened.close()
        yield server


def test_judges_are_not_asked_unless_that_is_said(server: FakeServer) -> None:
    said = typed(*TAG)
    assert (said.exit_code, server.asked) == (0, [])
    assert "Its judges were not asked. --judges asks them" in said.stdout


def test_a_forecast_is_told_and_nobody_asked(server: FakeServer) -> None:
    said = told(typed(*TAG, "--judges", "--forecast", "--json"))
    assert (said["forecast"]["passed"], said["forecast"]["uses"]["calls"]["low"]) == (10, 10)
    assert server.asked == []


def test_without_a_ceiling_or_yes_the_forecast_is_said_first(server: FakeServer) -> None:
    said = typed(*TAG, "--judges")
    assert (said.exit_code, server.asked) == (2, [])
    assert "Judges would be asked about 10 of 10 conversations: 10 calls" in said.stdout
    assert "Nobody was asked. Say --yes" in said.stderr


def test_judges_within_a_ceiling_stop_there_and_go_on_later(server: FakeServer) -> None:
    first = typed(*TAG, "--judges", "--max-calls", 4, "--json")
    assert (first.exit_code, told(first)["judges"]["state"]) == (4, "halted")
    second = typed(*TAG, "--judges", "--yes", "--json")
    assert (second.exit_code, told(second)["judges"]["calls"]) == (0, 6)
    assert told(second)["judges"]["new"] == 6
    assert len(server.asked) == 10


def test_a_model_that_costs_nothing_needs_no_leave(server: FakeServer, tmp_path: Path) -> None:
    settings = tmp_path / "settings.json"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('"is_free": false', '"is_free": true'), encoding="utf-8")
    said = typed(*TAG, "--judges")
    assert (said.exit_code, len(server.asked)) == (0, 10)
    assert "Judges: done. 10 of 10 conversations judged: 10 tags new" in said.stdout


def test_an_endpoint_is_asked_under_the_models_of_the_profile(server: FakeServer) -> None:
    said = told(typed(*TAG, "--judges", "--yes", "--endpoint", server.url, "--json"))
    assert said["judges"]["answered"] == 10
    assert {body["model"] for body in server.asked} == {"critic"}


def test_another_model_stands_in_for_those_of_the_profile(server: FakeServer) -> None:
    typed(*TAG, "--judges", "--yes", "--endpoint", server.url, "--model", "other")
    assert {body["model"] for body in server.asked} == {"other"}


def test_failed_questions_give_exit_code_1(server: FakeServer) -> None:
    server.draw = lambda body: "400" if "number 3," in str(body["messages"]) else ""
    said = typed(*TAG, "--judges", "--yes")
    assert (said.exit_code, len(server.asked)) == (1, 10)
    assert "1 × bad_request at helpfulness by critic" in said.stdout


def test_a_profile_without_judges_says_so(server: FakeServer) -> None:
    said = typed("tag", "--judges", "--yes")
    assert (said.exit_code, server.asked) == (2, [])
    assert "'default' asks no judges" in said.stderr
