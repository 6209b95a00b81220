"""What to run, as a door asks for it; and the run that comes of it."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from grasp_ui.errors import CannotResume, NotFound
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.run import Ceilings, Recall, Run, RunSettings
from grasp_ui.model.value import GraphId, RunId


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What to run: a graph over a number of records. `folder` is where its files are.

    `endpoint` sends every alias to one address, `model` replaces the model of every alias.
    With `only`, the records of these indexes are made and `records` does not count. With
    `is_watched` a screen waits for it: replies are streamed from the first call on.
    """

    graph_id: GraphId
    spec: GraphSpec
    records: int = 5
    seed: int = 7
    concurrency: int = 8
    endpoint: str | None = None
    model: str | None = None
    folder: Path = field(default_factory=Path)
    only: tuple[int, ...] | None = None
    ceilings: Ceilings = field(default_factory=Ceilings)
    recall: Recall = field(default_factory=Recall)
    is_watched: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What is changed of a run that goes on; None leaves it as it was.

    `ceilings` stand in for all those before; `failed_only` leaves the records alone that have
    not ended.
    """

    records: int | None = None
    concurrency: int | None = None
    endpoint: str | None = None
    ceilings: Ceilings | None = None
    failed_only: bool = False


def new_run(request: RunRequest, spec: GraphSpec) -> Run:
    """The run of `request`, about to begin; `spec` is its graph as it is run."""
    started = now()
    run_id = RunId(f"{started:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}")
    return Run(
        id=run_id,
        graph_id=request.graph_id,
        graph_version=spec.version,
        title=spec.title or str(request.graph_id).rpartition("/")[2],
        state="running",
        settings=RunSettings(
            run_id=run_id,
            records=request.records if request.only is None else len(request.only),
            seed=request.seed,
            concurrency=request.concurrency,
            only=request.only,
            ceilings=request.ceilings,
            recall=request.recall,
            folder=str(request.folder.resolve()),
            endpoint=_without_key(request.endpoint),
        ),
        models={alias: str(keys.get("model")) for alias, keys in spec.models.items()},
        started=started,
    )


def resumed_run(run: Run, changes: Changes) -> Run:
    """`run` as it goes on, with its settings changed.

    Raises:
        CannotResume: it goes on already, or nothing of it is left to do.
    """
    settings = _changed(run, changes)
    if run.state == "running":
        raise CannotResume(f"Run {run.id} goes on already.")
    if changes.failed_only and not run.failed:
        raise CannotResume(f"No record of run {run.id} has failed: there is nothing to retry.")
    if not run.can_be_resumed and settings.records <= run.settings.records:
        raise CannotResume(
            f"Run {run.id} is whole: all {run.done} records are done. Ask for more records to "
            "go on with it."
        )
    changed = {"state": "running", "settings": settings, "reason": "", "ended": None}
    return run.model_copy(update=changed)


def _changed(run: Run, changes: Changes) -> RunSettings:
    settings = run.settings
    if changes.records is not None and changes.records < settings.records:
        raise CannotResume(
            f"Run {run.id} is of {settings.records} records and cannot be made smaller; "
            f"{changes.records} were asked for."
        )
    if changes.records is not None and settings.only is not None:
        raise CannotResume(f"Run {run.id} is of chosen records and takes no more.")
    return settings.model_copy(
        update={
            "records": changes.records or settings.records,
            "concurrency": changes.concurrency or settings.concurrency,
            "endpoint": _without_key(changes.endpoint) or settings.endpoint,
            "ceilings": changes.ceilings or settings.ceilings,
        }
    )


def check_nodes(run_id: RunId, spec: GraphSpec, named: Collection[str]) -> None:
    """Hold names of nodes against a graph.

    Raises:
        NotFound: the graph has no node of a name.
    """
    for name in named:
        if name.partition("/")[0] not in spec.nodes:
            known = ", ".join(spec.nodes)
            raise NotFound(f"The graph of run {run_id} has no node '{name}'. It has: {known}.")


def now() -> datetime:
    """The time as it is stored: naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


def _without_key(address: str | None) -> str | None:
    """An address without user and password, which are not to be stored."""
    if not address:
        return None
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
