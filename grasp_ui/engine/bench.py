"""What a node kind makes its step from: the plan around it, its models, its texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grasp_ui.engine.call_settings import CallSettings, parameters
from grasp_ui.engine.calls import Caller
from grasp_ui.engine.kind import Step
from grasp_ui.engine.plan import Plan, PlanNode, World
from grasp_ui.llm.schema import json_format
from grasp_ui.model.rubric import Rubric
from grasp_ui.text.templates import Template, template


def steps_of(plan: Plan, world: World) -> dict[str, Step]:
    """The step of every node, by its name: texts are read and models bound here, once."""
    return {
        name: node.deed(node.config, Bench(plan, world, node)) for name, node in plan.nodes.items()
    }


@dataclass(frozen=True, slots=True)
class Bench:
    """One node's place in a run that is about to start."""

    plan: Plan
    world: World
    node: PlanNode

    def text(self, written: str) -> Template:
        """`written`, read once, in the node's template language."""
        jinja = bool(getattr(self.node.config, "jinja", False))
        return template(written, jinja=jinja, optional=self.node.carried)

    def rubric(self, name: str) -> Rubric:
        """A rubric by its name."""
        return self.world.rubrics[name]

    def caller(self, alias: str, settings: CallSettings) -> Caller:
        """A model that answers in free text (or in the grammar that is set)."""
        name = self._alias(alias)
        defaults = self.plan.models[name]
        fixed = parameters(defaults, settings)
        return Caller(self.world.models[name], fixed, seeded=defaults.seeded or settings.seeded)

    def json_caller(self, alias: str, settings: CallSettings, schema: Mapping[str, Any]) -> Caller:
        """A model that answers in JSON of `schema`.

        The alias's grammar and stops are for its texts and would break JSON off: they are not
        sent, the node's own stops are.
        """
        name = self._alias(alias)
        defaults = self.plan.models[name].model_copy(update={"grammar": "", "stop": ()})
        fixed = {**parameters(defaults, settings), **json_format(schema, self.node.name)}
        seeded = defaults.seeded or settings.seeded
        return Caller(self.world.models[name], fixed, schema, seeded)

    def token_caller(
        self, alias: str, settings: CallSettings, one_token: Mapping[str, Any]
    ) -> Caller:
        """A model whose first token counts: `one_token`, and extra parameters."""
        name = self._alias(alias)
        extra = {**self.plan.models[name].extra, **settings.extra}
        return Caller(self.world.models[name], {**extra, **one_token})

    def _alias(self, alias: str) -> str:
        return alias or next(iter(self.plan.models))
