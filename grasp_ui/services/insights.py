"""Small tables to look at."""

import pandas as pd

from grasp_ui.judging.tag_words import merged
from grasp_ui.model.selection import Selection
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import insights

INSTRUCTIONS = "instruction_tags"


def tag_counts(workspace: Workspace, selection: Selection) -> pd.DataFrame:
    """How often each tag counts: columns name, source, action, count."""
    return insights.tag_counts(workspace.database, selection)


def asked_for(workspace: Workspace, selection: Selection, *, most: int = 30) -> pd.DataFrame:
    """What people ask for: instruction tags, in the words of the whole data set.

    Near-equal tags of all that is stored are one ("write story", "story writing"): the one that
    most conversations have. A conversation with both counts once.

    Returns:
        Columns tag, conversations, also (the other words for it), of the `most` commonest.
    """
    database, whole = workspace.database, Selection(as_of=selection.as_of)
    homes = merged(insights.element_counts(database, whole, INSTRUCTIONS))
    found = insights.grouped_elements(database, selection, INSTRUCTIONS, homes=homes)
    rows = [
        (home, count, ", ".join(one for one in words if one != home))
        for home, count, words in found[:most]
    ]
    return pd.DataFrame(rows, columns=["tag", "conversations", "also"])


def scores(workspace: Workspace, selection: Selection) -> pd.DataFrame:
    """The scores that count: columns name, source, score (0 to 1)."""
    return insights.scores(workspace.database, selection)
