"""A plan: a graph that was found right, and what has to be around it to run."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from pydantic import BaseModel

from grasp_ui.engine.call_settings import AliasSettings
from grasp_ui.engine.kind import Deed, NodeConfig
from grasp_ui.engine.output import OutputSettings
from grasp_ui.llm.port import ChatModel, Reply
from grasp_ui.model.event import RunEvent, Tick
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.rubric import Rubric
from grasp_ui.model.value import GraphVersion, RecordId
from grasp_ui.text.conditions import Condition


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a graph may name: models of Settings, rubrics, profiles, seed sources.

    `seed_columns` is None where the columns of the seeds are not known; `seed_fault` says why
    they cannot be read, where that is so. `graphs` are those that nodes hold, by the name by
    which they do.
    """

    models: Collection[str] = ()
    rubrics: Collection[str] = ()
    profiles: Collection[str] = ()
    seed_sources: Mapping[str, type[BaseModel]] = field(default_factory=dict)
    seed_columns: tuple[str, ...] | None = None
    graphs: Mapping[str, GraphSpec] = field(default_factory=dict)
    seed_fault: str = ""


class Answers(Protocol):
    """Replies that the run's own log has, by call key; a dict is one."""

    def get(self, key: str, /) -> Reply | None:
        """The reply to the call of that key, if it was answered already."""


@dataclass(frozen=True, slots=True)
class Question:
    """A call that would be made: its key, whose it is, what goes to which model."""

    key: str
    record_id: RecordId
    record_index: int
    node: str
    visit: int
    candidate: int
    model: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Recalled:
    """A reply that stands in for a call, and where it comes from (see `CallReplayed`)."""

    reply: Reply
    source: Literal["run", "cache", "pin"]
    seq: int | None = None


def always_open() -> None:
    """The gate of a run without ceilings."""


@dataclass(frozen=True, slots=True)
class World:
    """What a run acts on: models by alias, rubrics, a clock in seconds since 1970.

    `gate` is asked before each call is sent; it raises `RunHalted` where none may begin.
    `recall` knows replies from outside the run's own log, which stand in for calls.
    """

    models: Mapping[str, ChatModel]
    rubrics: Mapping[str, Rubric]
    now: Callable[[], float]
    gate: Callable[[], None] = always_open
    recall: Callable[[Question], Recalled | None] | None = None


class Sink(Protocol):
    """Where a run's events and ticks go."""

    @property
    def wants_text(self) -> bool:
        """Whether pieces of replies are wanted as they come."""

    def event(self, event: RunEvent) -> None:
        """Keep what has happened."""

    def tick(self, tick: Tick) -> None:
        """Show what is happening."""

    async def room(self) -> None:
        """Wait until more events can be taken."""


@dataclass(frozen=True, slots=True, eq=False)
class Arrow:
    """An arrow to another node; `when` decides, `reads` are its variables.

    `closes` is the loop that it leads back in (a place in the plan's `loops`), up to `most` times;
    `leaves` is the outermost loop that it leads out of. `is_direct` where it is neither, and
    its target waits for nothing else.
    """

    name: str
    target: str
    when: Condition | None = None
    reads: tuple[str, ...] = ()
    closes: int | None = None
    most: int = 0
    leaves: int | None = None
    is_direct: bool = False


@dataclass(frozen=True, slots=True)
class PlanLoop:
    """A loop: the tail of each arrow back, and by head what going back unsettles.

    `inner` are the places of the loops inside of it.
    """

    tails: tuple[str, ...]
    unsettles: Mapping[str, frozenset[str]]
    inner: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanNode:
    """A node with its arrows out, and how many lead in.

    Attributes:
        arrows: the forward ones, in the order of the file.
        back: the arrows back, those of inner loops first.
        into: for nodes in loops, the forward arrows that lead in, each with its source.
        loops: the places of the loops around it, outer ones first.
        is_head: whether an arrow leads back to it.
        panels: the speaking nodes directly before a judge.
        carried: the variables that it may read from the round before; empty in the first.
        place: where it stands in the plan.
        names: what variables are called in the record, where they have another name here.
        is_told: whether its events are told; not those of the way into a subgraph.
        holds: the plan of the graph that it runs for each element of a list.
    """

    name: str
    config: NodeConfig
    deed: Deed
    arrows: tuple[Arrow, ...]
    incoming: int
    back: tuple[Arrow, ...] = ()
    into: tuple[tuple[str, str], ...] = ()
    loops: tuple[int, ...] = ()
    is_head: bool = False
    panels: frozenset[str] = frozenset()
    carried: frozenset[str] = frozenset()
    place: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    is_told: bool = True
    holds: "Plan | None" = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What runs. Nodes stand in an order in which no forward arrow leads back."""

    graph: GraphSpec
    version: GraphVersion
    nodes: Mapping[str, PlanNode]
    starts: tuple[str, ...]
    models: Mapping[str, AliasSettings]
    output: OutputSettings
    loops: tuple[PlanLoop, ...] = ()
