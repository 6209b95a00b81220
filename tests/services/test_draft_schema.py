"""The schema of drafts is a part of the schema of graph files."""

import json

import pytest
from jsonschema import Draft202012Validator

from grasp_ui.llm.schema import compile_schema
from grasp_ui.services.draft_prompt import PAIRS, TALK
from grasp_ui.services.draft_schema import draft_schema
from tests.services.drafts import FAULTY, RIGHT
from tests.services.test_graph_schema import VALIDATOR

SCHEMA = draft_schema()


def test_the_schema_is_one_and_small() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert len(json.dumps(SCHEMA)) < 12_000


@pytest.mark.parametrize("text", [TALK, PAIRS, RIGHT])
def test_what_fits_it_fits_a_graph_file_too(text: str) -> None:
    graph = json.loads(text)
    assert compile_schema(SCHEMA)(graph) is None
    assert list(VALIDATOR.iter_errors(graph)) == []


def test_a_kind_that_is_not_there_does_not_fit() -> None:
    assert compile_schema(SCHEMA)(json.loads(FAULTY)) is not None


def test_it_needs_nothing_that_endpoints_read_in_different_ways() -> None:
    text = json.dumps(SCHEMA)
    assert not any(f'"{word}":' in text for word in ("$ref", "if", "allOf"))
    assert '"pattern": "' not in text
