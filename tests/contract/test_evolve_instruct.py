"""`evolve_instruct.yaml`: what evolves is asked, what does not falls back to the original."""

from typing import Any

from grasp_ui.llm.scripted import Messages, ScriptedModel
from grasp_ui.model.conversation import Message
from grasp_ui.services.graphs import read_graph_file
from tests.builders import play
from tests.contract.test_example_graphs import FOLDER

ROWS = [{"task": "Explain how bread is made"}] * 40
ANSWER = "Yes."


def asked(addition: str, broadened: str) -> dict[str, set[str]]:
    """What the users of 40 records ask, by the operation that was drawn."""

    def script(messages: Messages) -> str:
        prompt = str(messages[-1]["content"])
        if prompt.startswith("Finish this task:"):
            return addition
        return broadened if prompt.startswith("Write another task") else ANSWER

    spec = read_graph_file(FOLDER / "evolve_instruct.yaml").model_copy(update={"seeds": {}})
    found: dict[str, set[str]] = {}
    for result in play(spec, ScriptedModel(script), ROWS).results:
        first: Message = result.conversation.messages[0]
        variables: dict[str, Any] = result.conversation.variables
        found.setdefault(variables["operation"], set()).add(first.content)
    return found


def test_every_operation_is_drawn_and_evolves_the_instruction() -> None:
    evolved = "Explain how bread is made for a beginner."
    depth = {name: {evolved} for name in ("constrain", "deepen", "concretize", "reason")}
    new = "Describe how soap is made."
    assert asked("for a beginner.", new) == {**depth, "broaden": {new}}


def test_what_did_not_evolve_falls_back_to_the_original() -> None:
    found = asked("to finish the task.", "Explain how bread is made.")
    assert set().union(*found.values()) == {"Explain how bread is made."}
