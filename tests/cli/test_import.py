"""`grasp import`: what comes in, what does not and why."""

from pathlib import Path

from tests.cli.typed import told, typed
from tests.interchange.imports.forest import LAYOUTS, MESSAGES, written


def test_a_file_is_imported_and_counted(tmp_path: Path) -> None:
    path = written(tmp_path, [*LAYOUTS["messages"], "{"])
    result = typed("import", path, "--json")
    said = told(result)
    assert (result.exit_code, said["read"], said["stored"]) == (0, MESSAGES + 1, MESSAGES)
    assert said["set_aside"] == [said["set_aside"][0]]
    assert said["set_aside"][0].startswith("line 17: not JSON")


def test_the_same_file_again_is_there_already(tmp_path: Path) -> None:
    path = written(tmp_path, LAYOUTS["trees"], "trees.jsonl.gz")
    typed("import", path)
    again = typed("import", path, "--format", "oasst")
    assert again.exit_code == 0
    assert f"0 stored in 0 conversations, {MESSAGES} already there" in again.stdout


def test_what_was_imported_is_exported(tmp_path: Path) -> None:
    typed("import", written(tmp_path, LAYOUTS["threads"]))
    result = typed(
        "export", "--format", "trl-dpo", "--out", tmp_path / "out", "--run", "imported", "--json"
    )
    assert told(result)["written"] == 2


def test_a_file_of_no_message_gives_exit_code_1(tmp_path: Path) -> None:
    path = written(tmp_path, [{"message_id": 1, "text": None, "role": "prompter"}])
    assert typed("import", path).exit_code == 1


def test_an_unknown_format_gives_exit_code_2_and_the_nearest_name(tmp_path: Path) -> None:
    result = typed("import", written(tmp_path, LAYOUTS["trees"]), "--format", "oast")
    assert (result.exit_code, "Did you mean 'oasst'?" in result.stderr) == (2, True)


def test_a_file_of_another_kind_gives_exit_code_2(tmp_path: Path) -> None:
    result = typed("import", written(tmp_path, [{"question": "Why?"}]))
    assert (result.exit_code, "of no format that can be imported" in result.stderr) == (2, True)
