"""The subgraph: a graph as a node."""

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.holding import HoldingConfig
from grasp_ui.engine.kind import Step, node_kind
from grasp_ui.engine.visit import Visit
from grasp_ui.registry import Look


class SubgraphConfig(HoldingConfig):
    """Run another graph's nodes in this place, and go on when all of them are done."""


@node_kind(
    "subgraph",
    config=SubgraphConfig,
    look=Look("Subgraph", "Another graph as one node.", "Flow", "account_tree", "#475569"),
)
def subgraph(config: SubgraphConfig, bench: Bench) -> Step:
    """Make the step of the way in and out: the nodes inside have steps of their own."""

    async def pass_on(visit: Visit) -> None:
        """Nothing is asked or written."""

    return pass_on
