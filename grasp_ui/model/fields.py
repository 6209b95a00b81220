"""What a config's field means; `ui/forms.py` alone knows which widget that is."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

MeaningName = Literal[
    "prompt", "model", "models", "variable", "condition", "options", "schema", "rubric", "lines",
    "reading", "passage", "inputs", "outputs", "changes", "paths", "roles", "words", "values",
    "parameters", "messages", "graph",
]  # fmt: skip
NAME_PATTERN = r"^[A-Za-z_][A-Za-z0-9_]*$"


@dataclass(frozen=True, slots=True)
class Meaning:
    """Attached to a field's type: `Annotated[str, Meaning("prompt")]`."""

    name: MeaningName


PromptText = Annotated[str, Meaning("prompt")]
"""A text with `{variable}` places."""
Passage = Annotated[str, Meaning("passage")]
"""A longer text without places: notes, SQL."""
ModelAlias = Annotated[str, Meaning("model")]
"""An alias of the graph's `models:`."""
ModelAliases = Annotated[tuple[str, ...], Meaning("models")]
VariableName = Annotated[str, Field(pattern=NAME_PATTERN), Meaning("variable")]
"""A variable that the node writes."""
ReadVariable = Annotated[
    str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*(\.\w+)*$"), Meaning("reading")
]
"""A variable that the node reads whole, with dots to its parts."""
ConditionText = Annotated[str, Meaning("condition")]
WeightedOptions = Annotated[dict[str, float], Meaning("options")]
"""Options and their weights, which need not sum to one."""
JsonSchema = Annotated[dict[str, Any], Meaning("schema")]
RubricName = Annotated[str, Meaning("rubric")]
Lines = Annotated[tuple[str, ...], Meaning("lines")]
"""Short texts, one a line (stop sequences, categories)."""
