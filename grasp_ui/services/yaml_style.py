"""How new values are written in a graph file."""

from collections.abc import Mapping
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

# The writer leaves texts that begin so unquoted in one-line mappings, where they mean something.
AMBIGUOUS = ("?", "-", ":")


def styled(value: Any) -> Any:
    """Long texts as blocks, mappings block style, lists of scalars in one line."""
    if isinstance(value, str) and "\n" in value:
        return LiteralScalarString(value)
    if isinstance(value, str) and value[:1] in AMBIGUOUS:
        return DoubleQuotedScalarString(value)
    if isinstance(value, Mapping):
        return CommentedMap({str(name): styled(item) for name, item in value.items()})
    if isinstance(value, list | tuple):
        sequence = CommentedSeq(styled(item) for item in value)
        if all(isinstance(item, str | int | float | bool) for item in value):
            sequence.fa.set_flow_style()
        return sequence
    return value
