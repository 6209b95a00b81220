"""Typing commands in tests: what was said, and with which exit code."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from grasp_ui.cli.commands import program

GRAPH = """\
grasp: 1
title: One question, one answer
models:
  writer: {model: fake, max_tokens: 40}
seeds: {kind: inline, rows: [{topic: rain}, {topic: bread}]}
nodes:
  ask: {kind: turn, role: user, model: writer, prompt: "Ask about {topic}."}
  answer: {kind: turn, role: assistant, model: writer}
edges: [ask -> answer]
tagging: none
"""


def typed(*words: object) -> Result:
    """Type `grasp WORDS`; what goes wrong beyond an exit code is raised."""
    return CliRunner().invoke(program, [str(word) for word in words], catch_exceptions=False)


def told(result: Result) -> dict[str, Any]:
    """The one JSON object on stdout."""
    value = json.loads(result.stdout)
    assert isinstance(value, dict)
    return value


def graph_file(folder: Path, text: str = GRAPH) -> Path:
    """A graph's file in `folder`."""
    path = folder / "graph.yaml"
    path.write_text(text, encoding="utf-8")
    return path
