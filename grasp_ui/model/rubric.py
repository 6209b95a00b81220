"""A rubric: what a judge is asked, as data."""

from typing import Annotated

from pydantic import Field

from grasp_ui.model.value import Value, identity


class Dimension(Value):
    """One named quality with a sentence for each level of its scale."""

    name: str
    description: str = ""
    levels: dict[int, str] = Field(default_factory=dict)


class Example(Value):
    """A question, an answer to it, and whether a judge should say yes to that."""

    asked: str
    answered: str
    yes: bool


class Rubric(Value):
    """Dimensions on one scale, and the yes/no question that asks it in one token.

    `examples` show a judge what yes and no mean where it is asked for one token. Small models
    need them: they tell good answers from bad ones far better.
    """

    name: str
    title: str
    description: str = ""
    question: str
    examples: tuple[Example, ...] = ()
    minimum: int = 1
    maximum: int = 5
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]

    @property
    def version(self) -> str:
        """Hash of the rubric's content, as tags carry it after `@`."""
        return identity(self.model_dump(mode="json"))[:8]

    def score(self, value: float) -> float:
        """`value` on the scale from 0 (worst) to 1 (best)."""
        return (value - self.minimum) / (self.maximum - self.minimum)
