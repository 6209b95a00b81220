"""What a finished record leaves: the `output:` of a graph."""

from typing import Annotated

from pydantic import Field

from grasp_ui.model.fields import Meaning, PromptText
from grasp_ui.model.value import Role, Value


class OutputMessage(Value):
    """One message that is built from variables."""

    role: Role
    content: PromptText
    name: str = ""


class OutputSettings(Value):
    """What is kept. `keep` None keeps every variable that a node wrote."""

    messages: Annotated[
        tuple[OutputMessage, ...],
        Meaning("messages"),
        Field(title="Messages", description="Build the conversation of a graph without turns."),
    ] = ()
    keep: Annotated[
        tuple[str, ...] | None,
        Field(title="Keep", description="The variables that are stored; all where not said."),
    ] = None
