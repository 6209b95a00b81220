"""`grasp tag`: rules again over what is stored."""

from pathlib import Path

from tests.cli.typed import graph_file, told, typed
from tests.fake_server import fake_server


def run_untagged(folder: Path) -> None:
    with fake_server(words=1) as server:
        typed("run", graph_file(folder), "-n", 2, "--endpoint", server.url)


def test_untagged_conversations_get_tags(tmp_path: Path) -> None:
    run_untagged(tmp_path)
    said = told(typed("tag", "--json"))
    assert said["conversations"] == 2
    assert said["tags_added"] >= 2


def test_tagging_again_adds_nothing(tmp_path: Path) -> None:
    run_untagged(tmp_path)
    typed("tag")
    assert told(typed("tag", "--json"))["tags_added"] == 0


def test_an_unknown_profile_gives_exit_code_2_and_those_there_are(tmp_path: Path) -> None:
    result = typed("tag", "--profile", "nobody")
    assert (result.exit_code, "default" in result.stderr) == (2, True)
