"""Small tables to look at."""

import pandas as pd

from grasp_ui.model.selection import Selection
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import insights


def tag_counts(workspace: Workspace, selection: Selection) -> pd.DataFrame:
    """How often each tag counts: columns name, source, action, count."""
    return insights.tag_counts(workspace.database, selection)


def scores(workspace: Workspace, selection: Selection) -> pd.DataFrame:
    """The scores that count: columns name, source, score (0 to 1)."""
    return insights.scores(workspace.database, selection)
