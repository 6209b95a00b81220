"""`grasp tag`: stage one again over what is stored."""

from pathlib import Path

from grasp_ui.cli.outcome import answer
from grasp_ui.cli.progress import progress
from grasp_ui.cli.workspace import opened, selection_of
from grasp_ui.services import tagging


def tag_again(profile: str, run_name: str | None, store: Path | None, *, as_json: bool) -> None:
    """Tag the stored conversations with a profile; only what is new is added."""
    seen = 0

    with opened(store) as workspace, progress("Conversations") as show:

        def heard(done: int, total: int) -> None:
            nonlocal seen
            seen = done
            show(done, total, "")

        selection = selection_of(workspace, run_name)
        added = tagging.tag_again(workspace, selection, profile=profile, on_progress=heard)
    answer(
        {"conversations": seen, "tags_added": added, "profile": profile},
        f"{seen} conversations looked at, {added} tags added (profile '{profile}').",
        as_json=as_json,
    )
