"""The sampler: draw options by weight."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Annotated, Any

from pydantic import Field, field_validator

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import Flaw, NodeConfig, Step, node_kind
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import VariableName, WeightedOptions
from grasp_ui.registry import Look


class SamplerConfig(NodeConfig):
    """Draw one option for each record, or several different ones."""

    writes: Annotated[
        VariableName, Field(title="Variable", description="Takes the option; a list of several.")
    ] = "choice"
    options: Annotated[
        WeightedOptions, Field(title="Options", description="Each with its weight.")
    ] = Field(default_factory=lambda: {"yes": 1.0, "no": 1.0})
    draws: Annotated[
        int, Field(ge=1, le=20, title="Draws", description="How many different options.")
    ] = 1

    @field_validator("options", mode="before")
    @classmethod
    def _options_may_be_a_list(cls, options: Any) -> Any:
        if isinstance(options, list | tuple):
            return {str(option): 1.0 for option in options}
        if isinstance(options, Mapping):
            return {str(option): weight for option, weight in options.items()}
        return options

    def flaws(self) -> Iterator[Flaw]:
        """There have to be as many options with a weight as are drawn."""
        if any(weight < 0 for weight in self.options.values()):
            yield Flaw("options", "A weight is below 0.", "Give every option 0 or more.")
        drawable = sum(1 for weight in self.options.values() if weight > 0)
        if drawable < self.draws:
            yield Flaw(
                "options",
                f"{self.draws} to be drawn from {drawable} options with a weight.",
                "Add options, or draw fewer.",
            )


@node_kind(
    "sampler",
    config=SamplerConfig,
    look=Look("Sampler", "Draw an option by weight.", "Variables", "casino", "#d97706"),
)
def sampler(config: SamplerConfig, bench: Bench) -> Step:
    """Make the step that draws from the visit's own random source."""
    # Sorted: the order in which options are written must not change what is drawn.
    options = sorted((name, weight) for name, weight in config.options.items() if weight > 0)

    async def draw(visit: Visit) -> None:
        drawn = _drawn(visit.random, dict(options), config.draws)
        visit.write(config.writes, drawn if config.draws > 1 else drawn[0])

    return draw


def _drawn(random: Random, options: dict[str, float], draws: int) -> list[str]:
    drawn: list[str] = []
    for _ in range(draws):
        [option] = random.choices(list(options), list(options.values()))
        drawn.append(option)
        del options[option]
    return drawn
