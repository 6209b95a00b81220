"""Generate: ask a model for variables, outside of the transcript."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import CallingConfig, Flaw, OptionalVariable, Step, node_kind
from grasp_ui.engine.transcript import WireMessages
from grasp_ui.engine.visit import Visit
from grasp_ui.llm.schema import compile_schema
from grasp_ui.llm.schema_keywords import InvalidSchema
from grasp_ui.model.fields import JsonSchema, ModelAlias, PromptText
from grasp_ui.registry import Look
from grasp_ui.text.templates import Template


class GenerateConfig(CallingConfig):
    """Ask a model and keep what it says as variables."""

    model: Annotated[
        ModelAlias, Field(title="Model", description="Empty: the graph's only one.")
    ] = ""
    system: Annotated[PromptText, Field(title="System message")] = ""
    prompt: Annotated[PromptText, Field(title="Prompt")] = "Write a short text."
    writes: Annotated[
        OptionalVariable,
        Field(
            title="Variable",
            description="Takes the reply. Empty: `text`, or each property of the schema.",
        ),
    ] = ""
    json_schema: Annotated[
        JsonSchema, Field(title="JSON schema", description="What the reply must look like.")
    ] = Field(default_factory=dict)
    jinja: Annotated[
        bool, Field(title="Jinja", description="Read the texts as Jinja (in a sandbox).")
    ] = False

    def parts(self) -> tuple[str, ...]:
        """The properties of the schema that become variables of their own."""
        properties = self.json_schema.get("properties")
        return tuple(properties) if isinstance(properties, Mapping) and not self.writes else ()

    def variable(self) -> str:
        """The one variable that takes the reply, if there is one."""
        return self.writes or ("" if self.json_schema else "text")

    def variables_written(self) -> frozenset[str]:
        """One variable, or one for each property of the schema."""
        return frozenset(name for name in (self.variable(), *self.parts()) if name)

    def schemas_written(self) -> Mapping[str, Any]:
        """The whole schema for the one variable, or each property's."""
        if self.writes and self.json_schema:
            return {self.writes: self.json_schema}
        return {name: self.json_schema["properties"][name] for name in self.parts()}

    def flaws(self) -> Iterator[Flaw]:
        """Its schema has to be one, and to say which variables come of it."""
        if not self.json_schema:
            return
        try:
            compile_schema(self.json_schema)
        except InvalidSchema as error:
            yield Flaw("json_schema", str(error), "Mend the schema.")
        yield from self._schema_flaws()

    def _schema_flaws(self) -> Iterator[Flaw]:
        if self.grammar:
            yield Flaw("grammar", "A grammar and a schema exclude each other.", "Keep one of them.")
        if not self.writes and (self.json_schema.get("type") != "object" or not self.parts()):
            yield Flaw(
                "json_schema",
                "The schema has no properties to become variables.",
                "Give it `type: object` and `properties:`, or name one variable under `writes:`.",
            )
        wrong = [name for name in self.parts() if not name.isidentifier()]
        if wrong:
            yield Flaw(
                "json_schema",
                f"The property '{wrong[0]}' cannot be a variable.",
                "Use letters, digits and underscores, or name one variable under `writes:`.",
            )


@node_kind(
    "generate",
    config=GenerateConfig,
    look=Look(
        "Generate", "Ask a model for variables: text or JSON.", "Variables", "edit_note", "#0d9488"
    ),
)
def generate(config: GenerateConfig, bench: Bench) -> Step:
    """Make the step that sends system and prompt, and writes what comes back."""
    system, prompt = bench.text(config.system), bench.text(config.prompt)
    schema, parts, whole = config.json_schema, config.parts(), config.variable()
    caller = (
        bench.json_caller(config.model, config, schema)
        if schema
        else bench.caller(config.model, config)
    )

    async def ask(visit: Visit) -> None:
        reply = await caller.reply(visit, _messages(visit, system, prompt))
        if whole:
            visit.write(whole, reply.value if schema else reply.text)
        for name in parts:
            visit.write(name, reply.value.get(name))

    return ask


def _messages(visit: Visit, system: Template, prompt: Template) -> WireMessages:
    known = visit.variables
    told, asked = system(known), prompt(known)
    messages = [{"role": "system", "content": told}] if told else []
    return [*messages, {"role": "user", "content": asked}]
