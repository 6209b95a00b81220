"""A run loads what it uses, and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.typed import GRAPH, graph_file
from tests.fake_server import fake_server

UNUSED = {"streamlit", "litellm", "openai", "httpx", "boto3", "xllamacpp", "pandas", "datasets",
          "plotly", "sklearn", "nltk", "regex"}  # fmt: skip
RUN = """
import sys
from grasp_ui.cli import main
sys.argv = ["grasp", "run", *sys.argv[1:]]
try:
    main()
except SystemExit as left:
    assert left.code == 0, left
print("", *sys.modules)
"""


def loaded(graph: Path) -> set[str]:
    """The modules that a fresh process has after a run of `graph`."""
    with fake_server() as server:
        command = [sys.executable, "-c", RUN, str(graph), "-n", "2", "--endpoint", server.url]
        said = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(said.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("tagging", ["none", "{profile: default}"])
def test_a_run_loads_no_library_that_it_has_no_use_for(tmp_path: Path, tagging: str) -> None:
    modules = loaded(graph_file(tmp_path, GRAPH.replace("tagging: none", f"tagging: {tagging}")))
    assert {name.split(".")[0] for name in modules}.isdisjoint(UNUSED)


def test_a_run_without_tagging_loads_no_rule_and_no_arrays(tmp_path: Path) -> None:
    modules = loaded(graph_file(tmp_path))
    assert [name for name in modules if name.startswith("grasp_ui.tagging.heuristics.")] == []
    assert modules.isdisjoint({"pyarrow", "numpy"})
