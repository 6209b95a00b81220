"""The turn: one message of one speaker."""

from typing import Annotated

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import Step, node_kind
from grasp_ui.engine.speech import SpeakingConfig, Speech
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import ModelAlias
from grasp_ui.registry import Look


class TurnConfig(SpeakingConfig):
    """Let one side of the dialogue speak."""

    model: Annotated[
        ModelAlias, Field(title="Model", description="Empty: the graph's only one.")
    ] = ""


@node_kind(
    "turn",
    config=TurnConfig,
    look=Look("Turn", "One message of the user or the assistant.", "Dialogue", "chat", "#2563eb"),
)
def turn(config: TurnConfig, bench: Bench) -> Step:
    """Make the step that sends one side of the transcript and appends the reply."""
    speech = Speech(config, bench)
    caller = bench.caller(config.model, config)

    async def speak(visit: Visit) -> None:
        reply = await caller.reply(visit, speech.messages(visit))
        visit.say(speech.speaker, [(caller.model.name, reply)])

    return speak
