"""What nodes that speak have in common: who they are and what they send."""

from typing import Annotated, Literal

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import CallingConfig, Speaker
from grasp_ui.engine.progress import RecordFailed
from grasp_ui.engine.transcript import WireMessages, request_messages, side_of, thread
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import PromptText

REVISE = "Write your last message again, and better. Answer with the new message only."
"""What asks for a revision where the node has no prompt."""


class SpeakingConfig(CallingConfig):
    """A node that appends to the transcript as one speaker."""

    role: Annotated[
        Literal["user", "assistant"], Field(title="Role", description="Whose message it is.")
    ] = "user"
    name: Annotated[
        str, Field(title="Name", description="Tells several speakers of one role apart.")
    ] = ""
    persona: Annotated[
        PromptText,
        Field(title="Persona", description="Who speaks. Part of the system message; not stored."),
    ] = ""
    goal: Annotated[
        PromptText,
        Field(title="Goal", description="What the speaker wants. Not stored either."),
    ] = ""
    prompt: Annotated[
        PromptText,
        Field(title="Prompt", description="A last instruction for this call only; not stored."),
    ] = ""
    jinja: Annotated[
        bool, Field(title="Jinja", description="Read the texts as Jinja (in a sandbox).")
    ] = False
    revises: Annotated[
        bool,
        Field(
            title="Revises itself",
            description="In a loop: when visited again, sees its old message and writes another in "
            "its place, instead of adding one.",
        ),
    ] = False

    def speaker(self) -> Speaker:
        """Its role, and its name where several speakers share the role."""
        return Speaker(self.role, self.name)

    def revises_itself(self) -> bool:
        """Whether it replaces its message when it is visited again."""
        return self.revises


class Speech:
    """A speaking node's texts, read once."""

    def __init__(self, config: SpeakingConfig, bench: Bench) -> None:
        self.speaker = config.speaker()
        self._persona = bench.text(config.persona)
        self._goal = bench.text(config.goal)
        self._prompt = bench.text(config.prompt)

    def messages(self, visit: Visit) -> WireMessages:
        """What is sent: the speaker's side of the transcript, persona, goal, prompt.

        A node that revises itself sees the thread up to its own old message.

        Raises:
            RecordFailed: the speaker has just spoken.
            UnknownVariable: a text names what has no value.
        """
        speaker, revised = self.speaker, visit.revised
        tip = visit.tip if revised is None else revised
        if revised is None and tip is not None and (tip.role, tip.name) == speaker:
            raise RecordFailed(
                "same_role_twice",
                f"The {speaker.role} has just spoken when '{visit.path}' speaks. Let another "
                "role speak in between, or give the two turns different names.",
            )
        told, messages = side_of(speaker, thread(tip))
        goal = self._goal(visit.variables)
        system = (told, self._persona(visit.variables), f"Your goal: {goal}" if goal else "")
        prompt = self._prompt(visit.variables)
        if revised is not None and not prompt:
            prompt = REVISE
        return request_messages(system, messages, prompt)
