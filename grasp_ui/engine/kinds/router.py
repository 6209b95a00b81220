"""The router: take the first arrow whose condition holds."""

from typing import ClassVar

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import NodeConfig, Step, node_kind
from grasp_ui.engine.visit import Visit
from grasp_ui.registry import Look


class RouterConfig(NodeConfig):
    """Take one arrow: the first, as drawn, whose `when` holds, else the one without."""

    chooses_one: ClassVar[bool] = True


@node_kind(
    "router",
    config=RouterConfig,
    look=Look("Router", "Go on by the first arrow that holds.", "Flow", "call_split", "#64748b"),
)
def router(config: RouterConfig, bench: Bench) -> Step:
    """Make the step of a node that only chooses: the run looks at its arrows."""

    async def pass_on(visit: Visit) -> None:
        """Nothing is asked or written."""

    return pass_on
