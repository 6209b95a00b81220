"""Runs: the list of them, and what happened at a node."""

from typing import Any

from grasp_ui.model.run import Run
from grasp_ui.model.value import RunId
from grasp_ui.services.live_run import NodeView, RunView
from grasp_ui.services.runner import Runner, RunRequest
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import runs as stored

__all__ = ["NodeView", "RunRequest", "RunView", "Runner", "node_trace", "recent_runs"]


def recent_runs(workspace: Workspace, limit: int) -> list[Run]:
    """The newest runs, newest first."""
    return stored.recent_runs(workspace.database, limit)


def node_trace(
    workspace: Workspace, run_id: RunId, node: str, record_index: int | None = None
) -> list[dict[str, Any]]:
    """What happened at a node, newest first: requests, replies, reasons, times."""
    workspace.database.settle()
    return stored.events_of(workspace.database, run_id, node=node, record_index=record_index)
