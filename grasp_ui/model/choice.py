"""A choice: one of several answers to a question about a dialogue, as data."""

from typing import Annotated

from pydantic import Field

from grasp_ui.model.value import Value, identity


class Option(Value):
    """One answer: what a tag says, when it is right, the rubric that it leads to."""

    value: int | str
    says: str
    rubric: str = ""


class Choice(Value):
    """A question that one of `options` answers."""

    name: str
    title: str
    question: str
    options: Annotated[tuple[Option, ...], Field(min_length=2)]

    @property
    def version(self) -> str:
        """Hash of the content, as tags carry it after `@`."""
        return identity(self.model_dump(mode="json"))[:8]
