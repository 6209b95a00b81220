"""The conditions that the canvas calls right or wrong, asked of the engine's own reader."""

import json
from pathlib import Path

import pytest

from grasp_ui.text.conditions import InvalidCondition, condition

CASES = json.loads((Path(__file__).parent / "conditions.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", CASES["readable"])
def test_what_the_canvas_calls_readable_the_engine_reads(text: str) -> None:
    assert callable(condition(text))


@pytest.mark.parametrize("text", CASES["unreadable"])
def test_what_the_canvas_calls_wrong_the_engine_refuses(text: str) -> None:
    with pytest.raises(InvalidCondition):
        condition(text)
