"""Stage two over what is stored: start it, look at it, try a rubric."""

from dataclasses import dataclass, field

from grasp_ui.errors import CannotTag, NotFound
from grasp_ui.llm.budget import Budget
from grasp_ui.model.run import Ceilings
from grasp_ui.model.selection import Selection
from grasp_ui.services.planning import all_profiles
from grasp_ui.services.stage_one import DEFAULT
from grasp_ui.services.stage_two_job import TaggingJob, Task
from grasp_ui.services.stage_two_ready import AskedOf, StageTwo, stage_two_of
from grasp_ui.services.stage_two_tally import TaggingView
from grasp_ui.services.workspace import Workspace, bundle
from grasp_ui.tagging.profile import Profile

__all__ = ["AskedOf", "TaggingJob", "TaggingView", "Wish", "find_profile", "newest_job",
           "ready", "start"]  # fmt: skip
ADVICE = ("The tagging", "Raise the ceiling and tag again: only the rest is asked.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What to judge: the conversations, the profile, what it may use, whom to ask."""

    profile: str = DEFAULT
    selection: Selection = field(default_factory=Selection)
    ceilings: Ceilings = field(default_factory=Ceilings)
    changes: AskedOf = field(default_factory=AskedOf)
    retries_unparsed: bool = False


def find_profile(workspace: Workspace, name: str) -> Profile:
    """The tagging profile called `name`, one's own or one that ships.

    Raises:
        NotFound: there is no such profile.
    """
    profiles = all_profiles(workspace.home, bundle())
    if name not in profiles:
        known = ", ".join(sorted(profiles))
        raise NotFound(f"There is no tagging profile named '{name}'. Known: {known}.")
    return profiles[name]


def ready(workspace: Workspace, wish: Wish) -> StageTwo:
    """The judges that a wish means, all checked.

    Raises:
        NotFound: there is no such profile.
        UnreadableFile: the profile's judges cannot be asked; the message says why.
        CannotTag: the profile has no judges, or a ceiling in dollars cannot be held.
    """
    profile = find_profile(workspace, wish.profile)
    found = stage_two_of(profile, workspace.settings, workspace.home, wish.changes)
    if found is None:
        raise CannotTag(
            f"The tagging profile '{wish.profile}' asks no judges. Add `judges:` to it, or use "
            "another, such as 'thorough'."
        )
    if wish.ceilings.usd is not None:
        found.check_prices()
    return found


def start(workspace: Workspace, wish: Wish) -> TaggingJob:
    """Begin to judge in the background; `view`, `cancel` and `wait` are the job's.

    Raises:
        NotFound: there is no such profile.
        UnreadableFile: the profile's judges cannot be asked; the message says why.
        CannotTag: another tagging is at work, the profile has no judges, or a ceiling in
            dollars cannot be held.
    """
    found = ready(workspace, wish)
    budget = Budget(wish.ceilings, advice=ADVICE)
    name = f"A tagging with the profile '{wish.profile}'"
    task = Task(found, wish.selection, budget, name, retries_unparsed=wish.retries_unparsed)
    job = TaggingJob(workspace.database, task, workspace.turn)
    workspace.turn.take(job)
    try:
        workspace.runner.call(job.begin(workspace.runner.makers))
    except BaseException:
        workspace.turn.give_back(job)
        raise
    return job


def newest_job(workspace: Workspace) -> TaggingJob | None:
    """The tagging that is at work, or was last, in this process."""
    last = workspace.turn.last
    return last if isinstance(last, TaggingJob) else None
