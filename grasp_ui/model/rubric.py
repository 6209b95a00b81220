"""A rubric: what a judge is asked, as data."""

from typing import Annotated, Any, Literal

from pydantic import Field

from grasp_ui.model.value import Value, identity


class Dimension(Value):
    """One named quality with a sentence for each level of its scale.

    `not_applicable` says when there is nothing to score; empty, there always is. One that does
    not count describes: it is asked for and kept, and is no part of the rubric's value.
    """

    name: str
    description: str = ""
    levels: dict[int, str] = Field(default_factory=dict)
    not_applicable: str = ""
    counts: bool = True


class Example(Value):
    """A question, an answer to it, and whether a judge should say yes to that."""

    asked: str
    answered: str
    yes: bool


class Rubric(Value):
    """Dimensions on one scale, and the yes/no question that asks it in one token.

    `target` is what is judged: the last message of a dialogue, or all of it. `examples` show a
    judge what yes and no mean where it is asked for one token. Small models need them: they
    tell good answers from bad ones far better. `comparison` is how two answers are compared;
    empty, the dimensions say it.
    """

    name: str
    title: str
    description: str = ""
    question: str
    examples: tuple[Example, ...] = ()
    minimum: int = 1
    maximum: int = 5
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    target: Literal["message", "conversation"] = "message"
    comparison: str = ""

    @property
    def version(self) -> str:
        """Hash of the rubric's content, as tags carry it after `@`."""
        return identity(self._content())[:8]

    def score(self, value: float) -> float:
        """`value` on the scale from 0 (worst) to 1 (best)."""
        return (value - self.minimum) / (self.maximum - self.minimum)

    def _content(self) -> dict[str, Any]:
        """What the hash is of: what came later counts only where a rubric makes use of it."""
        content = self.model_dump(mode="json")
        _drop(content, {"target": "message", "comparison": ""})
        for dimension in content["dimensions"]:
            _drop(dimension, {"not_applicable": "", "counts": True})
        return content


def _drop(content: dict[str, Any], unused: dict[str, object]) -> None:
    for name, value in unused.items():
        if content[name] == value:
            del content[name]
