"""A run: one graph version over some records, with its settings and its state."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from grasp_ui.model.value import GraphId, GraphVersion, JsonObject, RunId, Value

RunState = Literal["running", "done", "stopped", "failed", "interrupted"]


class RunSettings(Value):
    """How to run; the same settings, seeds and replies give the same records."""

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


class Run(Value):
    """A run as it is stored; times are naive UTC."""

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
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float = 0.0
