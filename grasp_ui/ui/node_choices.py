"""What can be chosen and named in the form of a node."""

from dataclasses import replace

from grasp_ui.engine.holding import HOLDERS
from grasp_ui.services.inner_graph import InnerGraph, graphs_to_hold, inner_graph
from grasp_ui.services.planning import all_rubrics
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.model_words import words_of_aliases
from grasp_ui.ui.prompts.scopes import scope_of_node
from grasp_ui.ui.widgets import Choices


def choices_of_node(desk: Desk, name: str) -> Choices:
    """Aliases, rubrics, variables; of a node that holds a graph, what is in it."""
    choices = Choices(
        models=tuple(desk.spec.models),
        rubrics=tuple(all_rubrics(desk.workspace.home)),
        words=words_of_aliases(desk.spec.models, desk.workspace.settings),
        scope=scope_of_node(desk, name),
    )
    node = desk.spec.nodes[name]
    if node.kind not in HOLDERS:
        return choices
    held = node.fields.get("graph")
    choices = replace(choices, graphs=graphs_to_hold(desk.workspace, desk.folder))
    inner = inner_graph(desk.workspace, desk.folder, held) if isinstance(held, str) else None
    return with_inner(choices, inner, desk.variables(name)) if inner else choices


def with_inner(choices: Choices, inner: InnerGraph, known: tuple[str, ...]) -> Choices:
    """`choices` with what the rows of a holder can name."""
    fields = {f"overrides.1:{where}": names for where, names in inner.fields.items()}
    outside = f"Known here: {', '.join(known)}." if known else ""
    return replace(
        choices,
        proposals={
            "inputs.0": inner.reads,
            "outputs.0": inner.writes,
            "overrides.0": tuple(inner.fields),
            **fields,
        },
        hints={"inputs": outside} if inner.reads else {"inputs": "It reads no variable."},
    )
