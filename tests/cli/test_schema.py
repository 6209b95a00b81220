"""`grasp schema`: a JSON Schema on stdout."""

import json

from grasp_ui.services.graph_schema import graph_schema
from tests.cli.typed import typed


def test_the_schema_is_printed_as_json() -> None:
    result = typed("schema")
    assert (result.exit_code, json.loads(result.stdout)) == (0, graph_schema())
