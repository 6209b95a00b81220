"""Rows of an earlier run or of imports: conversations, as seeds of the next run."""

from typing import Annotated

from pydantic import Field

from grasp_ui.interchange.seed_source import (
    ColumnsUnknown,
    Kept,
    Place,
    Rows,
    SourceConfig,
    seed_source,
)
from grasp_ui.registry import Look


class RunConfig(SourceConfig):
    """Which run, and which of its conversations."""

    run: Annotated[
        str,
        Field(
            title="Run",
            description="Its id, or `latest`: the newest that has ended; or `imported`: what was "
            "imported.",
            min_length=1,
        ),
    ] = "latest"
    kept: Annotated[
        Kept, Field(title="Conversations", description="By what counts of their tags now.")
    ] = "kept"
    messages: Annotated[
        bool,
        Field(
            title="With messages",
            description="They go on from there: the new record starts with them.",
        ),
    ] = True


LOOK = Look("Earlier run", "Conversations of a run, as seeds of the next.", icon="history")


@seed_source("run", config=RunConfig, look=LOOK)
def run(config: RunConfig, place: Place) -> Rows:
    """One row a conversation: its seed, its variables, its thread as `messages`.

    Raises:
        ColumnsUnknown: the store is not open here.
        NotFound: there is no such run, or nothing was imported.
    """
    if place.stored is None:
        raise ColumnsUnknown("The rows of a run are in the store, which is not open here.")
    rows = place.stored.of_run(config.run, kept=config.kept, messages=config.messages)
    named = "what was imported" if config.run == "imported" else f"run {config.run}"
    return Rows(rows, named)
