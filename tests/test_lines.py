"""The table of what the pages must do names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES = (ROOT / "docs" / "lines.md").read_text(encoding="utf-8")
DEFINED = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)
NAMED = re.compile(r"`(test_\w+)`")


def test_every_test_that_the_table_names_is_there() -> None:
    files = (ROOT / "tests").rglob("test_*.py")
    there = {name for file in files for name in DEFINED.findall(file.read_text(encoding="utf-8"))}
    named = NAMED.findall(LINES)
    assert len(named) > 50
    assert [name for name in named if name not in there] == []


def test_the_table_has_every_line_of_design_and_run() -> None:
    numbers = {int(number) for number in re.findall(r"^\| (\d+) \|", LINES, re.MULTILINE)}
    assert numbers == set(range(1, 23))


def test_the_lines_of_importing_tagging_and_calibration_are_numbered_on() -> None:
    for letter, count in (("I", 6), ("T", 11), ("C", 6)):
        numbers = re.findall(rf"^\| {letter}(\d+) \|", LINES, re.MULTILINE)
        assert numbers == [str(number) for number in range(1, count + 1)]
