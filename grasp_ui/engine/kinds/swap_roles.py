"""Swap roles: what the user said becomes the assistant's, and the other way round."""

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import NodeConfig, Step, node_kind
from grasp_ui.engine.visit import Visit
from grasp_ui.model.value import Role
from grasp_ui.registry import Look

SWAPPED: dict[Role, Role] = {"user": "assistant", "assistant": "user"}


class SwapRolesConfig(NodeConfig):
    """Swap user and assistant throughout the transcript; other roles stay."""

    def changes_transcript(self) -> bool:
        """Whether it changes what is there: who said it."""
        return True


@node_kind(
    "swap_roles",
    config=SwapRolesConfig,
    look=Look(
        "Swap roles",
        "User becomes assistant, and back.",
        "Dialogue",
        "swap_horiz",
        "#2563eb",
        order=1,
    ),
)
def swap_roles(config: SwapRolesConfig, bench: Bench) -> Step:
    """Make the step that gives each message of the record the other role."""

    async def swap(visit: Visit) -> None:
        for post in visit.record.transcript.posts:
            post.role = SWAPPED.get(post.role, post.role)

    return swap
