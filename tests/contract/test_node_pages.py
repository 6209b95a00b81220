"""The page of every node kind: its tables are the config's, its example runs as it says."""

import ast
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from grasp_ui.engine.compile import problems_of
from grasp_ui.engine.kind import KINDS
from grasp_ui.engine.speech import SpeakingConfig
from grasp_ui.engine.text_source import TextConfig
from grasp_ui.llm.scripted import ScriptedModel
from grasp_ui.model.event import RecordEnded
from grasp_ui.model.graph import GraphSpec
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.graph_schema import graph_schema
from grasp_ui.services.planning import seed_rows, surroundings_of
from grasp_ui.services.settings import Settings
from grasp_ui.services.workspace import bundle
from tests.builders import play
from tests.contract.test_node_kinds import NAMES
from tools.node_pages import FOLDER, with_tables

PAGES = sorted(FOLDER.glob("*.md"))
ROOT = bundle() / "grasp_ui"
each_kind = pytest.mark.parametrize("name", NAMES)
VALIDATOR = Draft202012Validator(graph_schema())


def page(name: str) -> str:
    """The text of a kind's page."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def block(name: str, language: str) -> str | None:
    """The page's code block in a language, where it has one."""
    found = re.search(rf"```{language}\n(.*?)```", page(name), re.DOTALL)
    return found[1] if found else None


def files_beside(name: str) -> dict[str, GraphSpec]:
    """The graphs that a page shows beside its example, by their files' names."""
    found = re.findall(r"<!-- file: (\S+) -->\n```yaml\n(.*?)```", page(name), re.DOTALL)
    return {file: read_graph(text) for file, text in found}


def codes_raised(path: Path) -> set[str]:
    """The codes with which a file fails records."""
    calls = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)]
    first = [c.args[0] for c in calls if ast.unparse(c.func) in ("RecordFailed", "PatternFailed")]
    return {str(one.value) for one in first if isinstance(one, ast.Constant)}


def test_every_kind_has_a_page_and_every_page_a_kind() -> None:
    assert {path.stem for path in PAGES} == {*NAMES, "index"}


@each_kind
def test_the_index_leads_to_every_page(name: str) -> None:
    assert f"({name}.md)" in page("index")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_tables_of_a_page_are_what_the_configs_say(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert with_tables(text) == text, "Run tools/node_pages.py."
    assert "<!-- table: " in text


@each_kind
def test_an_example_is_a_graph_without_problems(name: str) -> None:
    text = block(name, "yaml") or ""
    spec = read_graph(text)
    surroundings = surroundings_of(spec, Settings(), folder=FOLDER, profiles={})
    surroundings = replace(surroundings, graphs=files_beside(name))
    assert name in {node.kind for node in spec.nodes.values()}
    assert problems_of(spec, surroundings) == ()
    assert list(VALIDATOR.iter_errors(YAML(typ="safe", pure=True).load(text))) == []


@each_kind
def test_an_example_leaves_what_its_page_says(name: str) -> None:
    spec = read_graph(block(name, "yaml") or "")
    said = re.search(r"<!-- said: (.*) -->", page(name))
    model = ScriptedModel([said[1] if said else "Yes."])
    heard = play(spec, model, list(seed_rows(spec, FOLDER)), graphs=files_beside(name))
    assert [end.error for end in heard.of(RecordEnded) if end.state != "done"] == []
    left = block(name, "json")
    if left is not None:
        assert heard.results[0].conversation.variables == json.loads(left)


@each_kind
def test_a_page_names_every_code_with_which_its_kind_fails(name: str) -> None:
    home, config = KINDS[name].home.split(".")[-2], KINDS[name].config
    codes = codes_raised(ROOT / f"engine/kinds/{home}.py")
    codes |= (
        codes_raised(ROOT / "engine/speech.py") if issubclass(config, SpeakingConfig) else set()
    )
    codes |= {"no_message"} if issubclass(config, TextConfig) else set()
    codes |= {"too_few"} if "fewest" in config.model_fields else set()
    codes |= codes_raised(ROOT / "text/patterns.py") if name == "regex" else set()
    assert {code for code in codes if f"`{code}`" not in page(name)} == set()


def test_links_between_the_pages_lead_somewhere() -> None:
    linked = {
        (path.parent / target).resolve()
        for path in PAGES
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    }
    assert [target for target in linked if not target.exists()] == []
