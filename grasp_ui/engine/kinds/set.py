"""Set: give variables values."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import Flaw, NodeConfig, Step, node_kind
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import Meaning
from grasp_ui.registry import Look
from grasp_ui.text.values import value_names, value_template


class SetConfig(NodeConfig):
    """Give variables values: texts, numbers, true or false, lists, objects."""

    values: Annotated[
        dict[str, Any],
        Meaning("values"),
        Field(
            title="Values",
            description="Variables and their values. A text that is nothing but `{name}` takes "
            "that variable's value with its type. All read what was there before.",
        ),
    ] = Field(default_factory=lambda: {"value": ""})
    jinja: Annotated[
        bool, Field(title="Jinja", description="Read the texts as Jinja (in a sandbox).")
    ] = False

    def named(self) -> Iterator[tuple[str, frozenset[str]]]:
        """The variables that the texts among its values name."""
        yield "values", value_names(self.values, jinja=self.jinja)

    def variables_written(self) -> frozenset[str]:
        """The variables that get a value."""
        return frozenset(self.values)

    def flaws(self) -> Iterator[Flaw]:
        """Each key has to be a variable."""
        for name in self.values:
            if not name.isidentifier():
                what = f"'{name}' cannot be a variable."
                yield Flaw("values", what, "Use letters, digits and underscores.")


@node_kind(
    "set",
    config=SetConfig,
    look=Look("Set", "Give variables values.", "Variables", "input", "#b45309", order=1),
)
def set_variables(config: SetConfig, bench: Bench) -> Step:
    """Make the step that fills the values in and writes them."""
    fill = value_template(config.values, jinja=config.jinja, optional=bench.node.carried)

    async def write(visit: Visit) -> None:
        for name, value in fill(visit.variables).items():
            visit.write(name, value)

    return write
