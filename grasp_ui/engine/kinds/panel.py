"""The panel: several candidates for one message."""

from typing import Annotated, Literal

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import Step, node_kind
from grasp_ui.engine.speech import SpeakingConfig, Speech
from grasp_ui.engine.visit import Visit
from grasp_ui.llm.together import together
from grasp_ui.model.fields import ModelAliases
from grasp_ui.registry import Look


class PanelConfig(SpeakingConfig):
    """Ask for several candidates of one message, from one model or from several."""

    role: Annotated[
        Literal["user", "assistant"], Field(title="Role", description="Whose message it is.")
    ] = "assistant"
    models: Annotated[
        ModelAliases,
        Field(title="Models", description="Asked in turn. Empty: the graph's only one."),
    ] = ()
    candidates: Annotated[
        int, Field(ge=2, le=16, title="Candidates", description="How many siblings it makes.")
    ] = 2
    pick: Annotated[
        Literal["first", "best", "each"],
        Field(
            title="Pick",
            description="Which goes on: the first, the judge's best, or each, as records of "
            "their own.",
        ),
    ] = "first"

    def awaits_judge(self) -> bool:
        """Whether the judge directly after it has to pick."""
        return self.pick == "best"

    def forks(self) -> bool:
        """Whether each candidate goes on as a record of its own."""
        return self.pick == "each"


@node_kind(
    "panel",
    config=PanelConfig,
    look=Look("Panel", "Several candidates for one message.", "Dialogue", "groups", "#7c3aed"),
)
def panel(config: PanelConfig, bench: Bench) -> Step:
    """Make the step that asks for all candidates at once and appends them as siblings."""
    speech = Speech(config, bench)
    callers = [bench.caller(alias, config) for alias in config.models or ("",)]
    turns = [callers[number % len(callers)] for number in range(config.candidates)]

    async def speak(visit: Visit) -> None:
        messages = speech.messages(visit)
        replies = await together(
            caller.reply(visit, messages, candidate=number) for number, caller in enumerate(turns)
        )
        names = [caller.model.name for caller in turns]
        siblings = visit.say(speech.speaker, list(zip(names, replies, strict=True)))
        if config.forks():
            visit.branches = siblings

    return speak
