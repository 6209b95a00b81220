"""A run: one graph version over some records, with its settings and its state."""

from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from grasp_ui.model.value import GraphId, GraphVersion, JsonObject, RunId, Value

RunState = Literal["running", "done", "stopped", "halted", "failed", "interrupted"]


class Used(NamedTuple):
    """What calls used in all.

    Example:
        >>> Used(1, 20, 5).plus(Used(2, 40, 10)).tokens
        75
    """

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float = 0.0

    @property
    def tokens(self) -> int:
        """All tokens, those sent and those written."""
        return self.prompt_tokens + self.completion_tokens

    def plus(self, other: "Used") -> "Used":
        """Both together."""
        return Used(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cost_usd + other.cost_usd,
        )


class Ceilings(Value):
    """What a run may use in all, its earlier parts included; None: no ceiling.

    Tokens are those sent and those written; calls are attempts sent, also those that fail.
    """

    usd: Annotated[float | None, Field(gt=0, title="Dollars")] = None
    tokens: Annotated[int | None, Field(ge=1, title="Tokens")] = None
    calls: Annotated[int | None, Field(ge=1, title="Calls")] = None
    seconds: Annotated[float | None, Field(gt=0, title="Seconds")] = None


class Pin(Value):
    """A reply that stands in for a node's calls, of one record or of all."""

    node: str
    reply: str
    extra: JsonObject | None = None
    finish_reason: str | None = None
    record_index: int | None = None
    candidate: int | None = None


class Recall(Value):
    """Which answers stand in for new calls, beside those in the run's own log.

    `anew` names nodes: they and all that follows from them are asked anew, although the
    continued run has answers. `cache` lets any earlier run answer the same request.
    """

    continues: RunId | None = None
    anew: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()
    cache: bool = False


class RunSettings(Value):
    """How to run; the same settings, seeds and replies give the same records.

    `only` has the indexes of the records that are made, where not the first `records` are.
    `folder` is where the graph's files are; `endpoint` is the address of every call.
    """

    run_id: RunId
    records: Annotated[int, Field(ge=1)] = 5
    seed: int = 7
    concurrency: Annotated[int, Field(ge=1, title="Calls at once")] = 8
    most_steps: Annotated[
        int,
        Field(ge=1, title="Most steps", description="A record that fires more nodes fails."),
    ] = 10_000
    failures_in_a_row: Annotated[
        int,
        Field(
            ge=0,
            title="Failures in a row",
            description="The run is halted after so many. 0: never.",
        ),
    ] = 50
    only: tuple[int, ...] | None = None
    ceilings: Ceilings = Ceilings()
    recall: Recall = Recall()
    folder: str = ""
    endpoint: str | None = None

    @property
    def size(self) -> int:
        """How many records are to be made."""
        return self.records if self.only is None else len(self.only)


class Run(Value):
    """A run as it is stored; times are naive UTC.

    `seconds` is the time that it was at work. `done` and `failed` count records by their
    newest end, `forks` those of them that a panel's `each` made beside the records asked for;
    calls, tokens and dollars are all that its graph ever used, `judges` what the judges at its
    end used, and `used` both together.
    """

    id: RunId
    graph_id: GraphId
    graph_version: GraphVersion
    title: str
    state: RunState
    settings: RunSettings
    models: JsonObject = Field(default_factory=dict)
    reason: str = ""
    started: datetime
    ended: datetime | None = None
    done: int = 0
    failed: int = 0
    forks: int = 0
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float = 0.0
    seconds: float = 0.0
    judges: Used = Used()

    @property
    def used(self) -> Used:
        """All that the run used, its judges included."""
        graph = Used(self.calls, self.prompt_tokens, self.completion_tokens, self.cost_usd)
        return graph.plus(self.judges)

    @property
    def continues(self) -> RunId | None:
        """The run whose answers this one uses, if there is one."""
        return self.settings.recall.continues

    @property
    def records_ended(self) -> int:
        """How many of the records asked for have ended; forks do not count."""
        return self.done + self.failed - self.forks

    @property
    def tokens(self) -> int:
        """All tokens, those sent and those written."""
        return self.prompt_tokens + self.completion_tokens

    @property
    def can_be_resumed(self) -> bool:
        """Whether it has come to a stop with something left to do."""
        return self.state != "running" and (self.state != "done" or self.failed > 0)
