"""`critique_refine.yaml`: the answer is revised until the judge is content, twice at most."""

from grasp_ui.llm.port import Reply
from grasp_ui.llm.scripted import Messages, ScriptedModel
from grasp_ui.model.conversation import Message
from grasp_ui.services.graphs import read_graph_file
from tests.builders import play
from tests.contract.test_example_graphs import FOLDER

QUESTION = "Why is bread soft?"


def answers(verdicts: list[str]) -> tuple[Message, ...]:
    """The versions of the answer when the judge says `verdicts` one after the other."""
    left, written = iter(verdicts), iter(["First.", "Second.", "Third.", "Fourth."])

    def script(messages: Messages) -> str | Reply:
        prompt = str(messages[-1]["content"])
        if prompt.startswith("Write a question"):
            return QUESTION
        return next(left) if "Does the assistant answer" in prompt else next(written)

    spec = read_graph_file(FOLDER / "critique_refine.yaml")
    (result,) = play(spec, ScriptedModel(script), [{}]).results
    return tuple(one for one in result.conversation.messages if one.role == "assistant")


def test_an_answer_that_is_good_is_not_revised() -> None:
    assert [one.content for one in answers(["Yes"])] == ["First."]


def test_a_revised_answer_stands_beside_the_old_one_and_takes_its_place() -> None:
    found = answers(["No", "Yes"])
    assert [(one.content, one.active) for one in found] == [("First.", False), ("Second.", True)]
    assert len({one.parent_id for one in found}) == 1


def test_an_answer_is_revised_twice_at_most() -> None:
    assert [one.content for one in answers(["No"] * 9)] == ["First.", "Second.", "Third."]
