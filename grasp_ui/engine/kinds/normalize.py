"""Normalize: a text in one form of Unicode, white space, quotes and case."""

from typing import Annotated

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import Step, node_kind
from grasp_ui.engine.text_source import TextConfig, text_reader
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import VariableName
from grasp_ui.registry import Look
from grasp_ui.text.normal_form import (
    Case,
    Spaces,
    Unicode,
    straight_quotes,
    unwrapped,
    with_case,
    with_spaces,
    with_unicode,
)


class NormalizeConfig(TextConfig):
    """Bring a text into a normal form."""

    writes: Annotated[VariableName, Field(title="Variable", description="Takes the text.")] = "text"
    unicode: Annotated[
        Unicode,
        Field(title="Unicode", description="NFC composes; NFKC also unifies look-alikes."),
    ] = "NFC"
    unwrap: Annotated[
        bool,
        Field(
            title="Unwrap",
            description="Take off a code fence or a pair of quotation marks around the whole.",
        ),
    ] = False
    quotes: Annotated[
        bool, Field(title="Straight quotes", description="Make typographic quotes plain.")
    ] = False
    spaces: Annotated[
        Spaces,
        Field(
            title="White space",
            description="`one_line`: one space for every run. `lines`: keep line breaks, at most "
            "one empty line at a place.",
        ),
    ] = "lines"
    case: Annotated[Case, Field(title="Case")] = "keep"


@node_kind(
    "normalize",
    config=NormalizeConfig,
    look=Look(
        "Normalize",
        "Unicode, white space, quotes, case.",
        "Text",
        "text_fields",
        "#0369a1",
        order=1,
    ),
)
def normalize(config: NormalizeConfig, bench: Bench) -> Step:
    """Make the step that writes the text in its normal form."""
    read = text_reader(config, bench)

    async def bring_in_form(visit: Visit) -> None:
        visit.write(config.writes, normalized(read(visit), config))

    return bring_in_form


def normalized(text: str, config: NormalizeConfig) -> str:
    r"""`text` in the form that `config` says; a second time changes nothing.

    Example:
        >>> normalized('```\n“Tea” \n```', NormalizeConfig(unwrap=True, quotes=True))
        'Tea'
    """
    text = with_spaces(with_unicode(text, config.unicode), config.spaces)
    text = straight_quotes(text) if config.quotes else text
    while config.unwrap and (bare := unwrapped(text)) != text:
        text = with_spaces(bare, config.spaces)
    return with_case(text, config.case)
