"""Node kinds: a config says what is asked, a deed makes the step for each run."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, Field

from grasp_ui.engine.call_settings import CallSettings
from grasp_ui.model.fields import Meaning, MeaningName
from grasp_ui.model.value import Role, Value
from grasp_ui.registry import Look, Registry
from grasp_ui.text.conditions import condition_names
from grasp_ui.text.templates import placeholders

if TYPE_CHECKING:
    from grasp_ui.engine.bench import Bench
    from grasp_ui.engine.visit import Visit

Step = Callable[["Visit"], Awaitable[None]]
"""What a node does when it fires."""
Deed = Callable[[Any, "Bench"], Step]
"""Makes a node's step at the start of a run: texts are read and models bound once."""
KINDS: Registry[Deed] = Registry("node kind")
OptionalVariable = Annotated[
    str, Field(pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$"), Meaning("variable")
]
"""A variable that the node writes, where it is named."""


class Speaker(NamedTuple):
    """Who says a message: a role, and a name where several share it."""

    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a config finds wrong with itself: the field, the fact, the remedy.

    A warning does not keep the graph from running.
    """

    field: str
    what: str
    fix: str
    severity: Literal["error", "warning"] = "error"


class NodeConfig(Value):
    """What every node has.

    What it reads and writes follows from what its fields mean.
    """

    chooses_one: ClassVar[bool] = False
    """Whether only one of its arrows is taken: the first that holds."""
    judges: ClassVar[bool] = False
    """Whether it scores the last message, and siblings directly after a panel."""

    title: Annotated[
        str, Field(title="Title", description="Shown on the card instead of the name.")
    ] = ""
    note: Annotated[str, Field(title="Note", description="For people; no model sees it.")] = ""
    disabled: Annotated[
        bool, Field(title="Disabled", description="Records pass through it unchanged.")
    ] = False

    def variables_read(self) -> frozenset[str]:
        """The variables that its texts and conditions name, with their dots.

        Raises:
            InvalidTemplate: a Jinja text cannot be read.
            InvalidCondition: a condition cannot be read.
        """
        return frozenset().union(*(names for _, names in self.named()))

    def named(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Each field with a text or condition, and the variables that it names."""
        jinja = bool(getattr(self, "jinja", False))
        for field, meaning in meanings(type(self)):
            if meaning == "prompt":
                yield field, placeholders(getattr(self, field), jinja=jinja)
            elif meaning == "condition" and getattr(self, field):
                yield field, condition_names(getattr(self, field))
            elif meaning == "reading" and getattr(self, field):
                yield field, frozenset((getattr(self, field),))

    def variables_written(self) -> frozenset[str]:
        """The variables that it sets."""
        names = (getattr(self, f) for f, meaning in meanings(type(self)) if meaning == "variable")
        return frozenset(name for name in names if name)

    def schemas_written(self) -> Mapping[str, Any]:
        """What is known before a run of the variables that it sets: a JSON schema each."""
        return {}

    def speaker(self) -> Speaker | None:
        """Who speaks, where it appends to the transcript."""
        return None

    def adds_messages(self) -> bool:
        """Whether it appends to the transcript, whoever speaks."""
        return self.speaker() is not None

    def changes_transcript(self) -> bool:
        """Whether it appends to the transcript, or changes what is there."""
        return self.adds_messages()

    def needs_message(self) -> bool:
        """Whether it works on the last message."""
        return self.judges

    def awaits_judge(self) -> bool:
        """Whether a judge directly after it has to choose among its siblings."""
        return False

    def forks(self) -> bool:
        """Whether a record goes on from it several times, as records of their own."""
        return False

    def revises_itself(self) -> bool:
        """Whether it replaces its message when it is visited again."""
        return False

    def flaws(self) -> Iterator[Flaw]:
        """What is wrong with its fields together."""
        yield from ()


class CallingConfig(CallSettings, NodeConfig):
    """A node that calls a model."""


def node_kind(name: str, *, config: type[NodeConfig], look: Look) -> Callable[[Deed], Deed]:
    """Register the decorated deed as the node kind `name`.

    Raises:
        NameTaken: the name is claimed already; the message names both homes.
    """
    return KINDS.part(name, config=config, look=look)


@cache
def meanings(config: type[BaseModel]) -> tuple[tuple[str, MeaningName], ...]:
    """The fields of `config` that have a meaning, and which."""
    return tuple(
        (name, mark.name)
        for name, field in config.model_fields.items()
        for mark in field.metadata
        if isinstance(mark, Meaning)
    )
