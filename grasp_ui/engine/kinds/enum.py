"""Enum check: a text has to be one of a few options."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema, field_validator

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import Flaw, Step, node_kind
from grasp_ui.engine.progress import RecordFailed
from grasp_ui.engine.text_source import TextConfig, excerpt, text_reader
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import Meaning, VariableName
from grasp_ui.registry import Look
from grasp_ui.text.options import option_chooser, twice_named

WORDS = {"type": "array", "items": {"type": "string"}}
Options = Annotated[
    dict[str, tuple[str, ...]],
    WithJsonSchema(
        {
            "anyOf": [
                WORDS,
                {
                    "type": "object",
                    "additionalProperties": {"anyOf": [{"type": "string"}, WORDS]},
                },
            ]
        }
    ),
]


class EnumConfig(TextConfig):
    """See which of a few options a text is; case, spaces and punctuation do not count."""

    options: Annotated[
        Options,
        Meaning("words"),
        Field(title="Options", description="A list, or each option with other words that mean it."),
    ] = Field(default_factory=lambda: dict[str, tuple[str, ...]](yes=(), no=()))
    anywhere: Annotated[
        bool,
        Field(
            title="Anywhere in the text",
            description="It is enough that one option alone is named in the text.",
        ),
    ] = False
    default: Annotated[
        str | None,
        Field(
            title="Default",
            description="Written where it is none of them. Empty: the record fails.",
        ),
    ] = None
    writes: Annotated[VariableName, Field(title="Variable", description="Takes the option.")] = (
        "option"
    )

    @field_validator("options", mode="before")
    @classmethod
    def _options_may_be_a_list(cls, options: Any) -> Any:
        if isinstance(options, list | tuple):
            return {str(option): () for option in options}
        if isinstance(options, dict):
            return {str(o): [words] if isinstance(words, str) else words or ()
                    for o, words in options.items()}  # fmt: skip
        return options

    def flaws(self) -> Iterator[Flaw]:
        """It needs options that can be told apart."""
        if not self.options:
            yield Flaw("options", "There are no options.", "Name at least one.")
        word = twice_named(self.options)
        if word is not None:
            what = f"'{word}' stands for two options, or has no letter or digit."
            yield Flaw("options", what, "Let every word stand for one option.")


@node_kind(
    "enum",
    config=EnumConfig,
    look=Look(
        "Enum check", "A text has to be one of a few options.", "Text", "rule", "#0369a1", order=1
    ),
)
def enum(config: EnumConfig, bench: Bench) -> Step:
    """Make the step that writes which option the text is."""
    read = text_reader(config, bench)
    choose = option_chooser(config.options, anywhere=config.anywhere)

    async def check(visit: Visit) -> None:
        text = read(visit)
        option = choose(text)
        if option is None and config.default is None:
            known = ", ".join(config.options)
            raise RecordFailed("not_an_option", f"{excerpt(text)} is none of: {known}.")
        visit.write(config.writes, config.default if option is None else option)

    return check
