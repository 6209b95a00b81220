"""Template: one text from variables."""

from typing import Annotated

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import NodeConfig, Step, node_kind
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import PromptText, VariableName
from grasp_ui.registry import Look


class TemplateConfig(NodeConfig):
    """Write one text from variables."""

    text: Annotated[
        PromptText, Field(title="Text", description="`{name}` stands for a variable.")
    ] = ""
    writes: Annotated[VariableName, Field(title="Variable", description="Takes the text.")] = "text"
    jinja: Annotated[
        bool, Field(title="Jinja", description="Read the text as Jinja (in a sandbox).")
    ] = False


@node_kind(
    "template",
    config=TemplateConfig,
    look=Look("Template", "One text from variables.", "Text", "description", "#0369a1", order=1),
)
def template(config: TemplateConfig, bench: Bench) -> Step:
    """Make the step that fills the text in and writes it."""
    fill = bench.text(config.text)

    async def write(visit: Visit) -> None:
        visit.write(config.writes, fill(visit.variables))

    return write
