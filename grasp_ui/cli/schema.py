"""`grasp schema`: the JSON Schema of graph files, for editors."""

import json

from grasp_ui.services.graph_schema import graph_schema


def print_schema() -> None:
    """Give the schema on stdout, to be kept in a file beside the graphs."""
    print(json.dumps(graph_schema(), indent=2, ensure_ascii=False))
