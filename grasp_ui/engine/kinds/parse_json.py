"""Parse JSON: from a text to variables."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema, field_validator

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import Flaw, OptionalVariable, Step, node_kind
from grasp_ui.engine.progress import RecordFailed
from grasp_ui.engine.text_source import Missing, TextConfig, excerpt, text_reader
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import Meaning
from grasp_ui.registry import Look
from grasp_ui.text.json_text import NoJson, at_path, json_in, path_steps

Paths = Annotated[
    dict[str, str],
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": "string"}},
                {"type": "object", "additionalProperties": {"type": "string"}},
            ]
        }
    ),
]


class ParseJsonConfig(TextConfig):
    """Read JSON out of a text; a code fence or words around it are let pass."""

    fields: Annotated[
        Paths,
        Meaning("paths"),
        Field(
            title="Fields",
            description="Variables and where they stand: a list of keys, or variable and path "
            "(`items.0.name` or `/items/0/name`).",
        ),
    ] = Field(default_factory=dict)
    writes: Annotated[
        OptionalVariable,
        Field(
            title="Variable",
            description="Takes the whole value. Empty: `parsed`, where no fields are named.",
        ),
    ] = ""
    missing: Missing = "fail"

    @field_validator("fields", mode="before")
    @classmethod
    def _fields_may_be_a_list(cls, fields: Any) -> Any:
        if isinstance(fields, list | tuple):
            return {(path_steps(str(path)) or ("",))[-1]: str(path) for path in fields}
        return fields

    def variable(self) -> str:
        """The one variable that takes the whole value, if there is one."""
        return self.writes or ("" if self.fields else "parsed")

    def variables_written(self) -> frozenset[str]:
        """One for each field, and one for the whole where it is wanted."""
        return frozenset(name for name in (self.variable(), *self.fields) if name)

    def flaws(self) -> Iterator[Flaw]:
        """Each field has to become a variable."""
        for name in self.fields:
            if not name.isidentifier():
                what = f"The field '{name}' cannot be a variable."
                yield Flaw("fields", what, "Write `variable: path`, with a name for the variable.")


@node_kind(
    "parse_json",
    config=ParseJsonConfig,
    look=Look(
        "Parse JSON", "From JSON in a text to variables.", "Text", "data_object", "#0369a1", order=1
    ),
)
def parse_json(config: ParseJsonConfig, bench: Bench) -> Step:
    """Make the step that reads the JSON and writes its fields."""
    read, whole = text_reader(config, bench), config.variable()

    async def parse(visit: Visit) -> None:
        text = read(visit)
        value = _parsed(config, text)
        if whole:
            visit.write(whole, value)
        for name, path in config.fields.items():
            visit.write(name, _part(config, value, path, text))

    return parse


def _parsed(config: ParseJsonConfig, text: str) -> Any:
    try:
        return json_in(text)
    except NoJson as error:
        if config.missing == "empty":
            return None
        raise RecordFailed("not_json", f"{error} The text is {excerpt(text)}.") from error


def _part(config: ParseJsonConfig, value: Any, path: str, text: str) -> Any:
    try:
        return at_path(value, path)
    except NoJson as error:
        if config.missing == "empty":
            return None
        raise RecordFailed("missing_field", f"{error} The text is {excerpt(text)}.") from error
