import pytest

from grasp_ui.llm.port import CallFailure, Reply, ServerFault
from grasp_ui.llm.scripted import ScriptedModel
from tests.llm.asking import Ears, asking, asking_for_score, asking_yes_or_no


async def test_lines_are_said_in_turn_and_begin_again() -> None:
    model = ScriptedModel(["one", "two"])
    assert [(await model.reply(asking())).text for _ in range(3)] == ["one", "two", "one"]


async def test_a_function_answers_what_it_is_asked() -> None:
    model = ScriptedModel(lambda messages: f"You said: {messages[-1]['content']}")
    assert (await model.reply(asking("Hi"))).text == "You said: Hi"


async def test_a_failure_is_told_and_raised() -> None:
    ears = Ears()
    with pytest.raises(ServerFault):
        await ScriptedModel([ServerFault("down")]).reply(asking(), ears)
    assert ears.codes == ["server_fault"]


async def test_a_line_is_held_to_the_schema() -> None:
    model = ScriptedModel(['{"score": 4}', "four"])
    assert (await model.reply(asking_for_score())).value == {"score": 4}
    with pytest.raises(CallFailure, match="not JSON"):
        await model.reply(asking_for_score())


async def test_a_text_is_said_with_certainty_where_probabilities_are_asked_for() -> None:
    assert (await ScriptedModel(["Yes"]).reply(asking_yes_or_no())).top == (("Yes", 0.0),)


async def test_a_whole_reply_may_have_its_own_probabilities() -> None:
    line = Reply("Yes", top=(("Yes", -0.5), ("No", -1.0)))
    assert await ScriptedModel([line]).reply(asking_yes_or_no()) == line


async def test_pieces_are_the_text() -> None:
    ears = Ears(wants_text=True)
    await ScriptedModel(["one\ntwo"]).reply(asking(), ears)
    assert ears.pieces == ["one\n", "two"]


async def test_a_model_without_lines_says_so() -> None:
    with pytest.raises(CallFailure, match="no lines"):
        await ScriptedModel([]).reply(asking())
