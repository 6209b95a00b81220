"""A sentence becomes a graph: rounds are counted, problems go back, nothing is lost."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.llm.port import BadRequest, Reply, ServerFault, Usage
from grasp_ui.services import drafting
from grasp_ui.services.draft_answer import graph_in
from grasp_ui.services.draft_prompt import PAIRS, TALK, first_messages, instruction
from grasp_ui.services.drafting import CannotDraft, draft_graph
from grasp_ui.services.settings import BUILTIN, ModelSettings, Settings
from tests.fake_server import fake_server
from tests.services.drafts import FAULTY, RIGHT, WANTED, WORSE, check, draft_from
from tests.services.rooms import workspace


def test_a_right_draft_takes_one_round() -> None:
    draft, model = draft_from([RIGHT])
    assert (draft.is_ready, len(draft.rounds), len(model.asked)) == (True, 1, 1)
    assert draft.spec is not None
    assert list(draft.spec.nodes) == ["ask", "answer"]


def test_problems_of_a_faulty_draft_go_back_and_it_is_mended() -> None:
    draft, model = draft_from([FAULTY, RIGHT])
    said = model.asked[1]["messages"]
    assert said[-2] == {"role": "assistant", "content": FAULTY}
    assert "no node kind named 'trun'" in said[-1]["content"]
    assert (draft.is_ready, len(draft.rounds)) == (True, 2)


def test_a_model_that_never_gets_there_is_asked_three_times_and_the_best_is_kept() -> None:
    draft, model = draft_from([WORSE, FAULTY, WORSE])
    assert (len(model.asked), draft.is_ready, draft.best.number) == (3, False, 2)
    assert [one.answer for one in draft.rounds] == [WORSE, FAULTY, WORSE]
    assert any("trun" in problem.what for problem in draft.problems)


@pytest.mark.parametrize(
    "answer",
    [
        f"Here is your graph:\n{RIGHT}\nShall I change it?",
        f"Sure!\n```json\n{RIGHT}\n```\nIt has two nodes.",
        '{"graph": ' + RIGHT + "}",
    ],
)
def test_prose_around_the_graph_is_no_harm(answer: str) -> None:
    draft, _ = draft_from([answer])
    assert (draft.is_ready, len(draft.rounds)) == (True, 1)


def test_a_graph_in_yaml_is_read_too() -> None:
    text = "Here:\n```yaml\nnodes:\n  ask: {kind: turn, role: user}\nlayout: {ask: [0, 0]}\n```"
    spec = graph_in(text)
    assert spec is not None
    assert (list(spec.nodes), spec.layout) == (["ask"], {})


def test_an_answer_without_a_graph_is_complained_of() -> None:
    draft, model = draft_from(["I would rather talk about tea.", RIGHT])
    assert "holds no graph" in model.asked[1]["messages"][-1]["content"]
    assert draft.is_ready


def test_an_answer_that_was_cut_off_is_told_so() -> None:
    draft, _ = draft_from([Reply(RIGHT[:80], finish_reason="length"), RIGHT])
    assert "cut off after 4000 tokens" in draft.rounds[0].problems[0].what


def test_where_no_answer_holds_a_graph_the_answers_are_kept() -> None:
    draft, _ = draft_from(["No.", "Never.", "Not now."])
    assert draft.spec is None
    assert not draft.is_ready
    assert [one.answer for one in draft.rounds] == ["No.", "Never.", "Not now."]


def test_a_failure_after_the_first_round_keeps_the_draft() -> None:
    draft, _ = draft_from([FAULTY, ServerFault("It broke.")])
    assert (draft.failure, len(draft.rounds)) == ("It broke.", 1)
    assert draft.spec is not None


def test_a_failure_of_the_first_round_is_raised() -> None:
    with pytest.raises(ServerFault, match="It broke"):
        draft_from([ServerFault("It broke.")])


def test_an_endpoint_that_refuses_the_schema_is_asked_without_it() -> None:
    draft, model = draft_from([BadRequest("response_format is unknown"), FAULTY, RIGHT])
    assert ["response_format" in body for body in model.asked] == [True, False, False]
    assert (draft.is_ready, len(draft.rounds)) == (True, 2)


def test_what_all_rounds_cost_is_added_up() -> None:
    used = Usage(prompt_tokens=100, completion_tokens=20, cost_usd=0.01)
    draft, _ = draft_from([Reply(FAULTY, usage=used), Reply(RIGHT, usage=used)])
    assert (draft.tokens, draft.cost_usd) == (240, 0.02)


@pytest.mark.parametrize("text", [TALK, PAIRS])
def test_the_examples_in_the_prompt_compile_without_a_word(text: str) -> None:
    spec = graph_in(text.replace("MODEL", "local"))
    assert spec is not None
    columns = {"topic": "tea"} if spec.seeds else {}
    assert [p for p in check(spec) if not (columns and "topic" in str(p))] == []


def test_the_prompt_is_short_and_names_every_kind_that_may_be_drafted() -> None:
    text = instruction(WANTED)
    assert len(text) / 4 < 6000
    assert all(f"- {kind}:" in text for kind in ("turn", "panel", "judge", "router", "sampler"))


@given(st.text())
def test_the_sentence_stands_whole_between_two_lines_that_are_not_in_it(sentence: str) -> None:
    said = first_messages(replace(WANTED, sentence=sentence))[1]["content"]
    fence = said.partition("the lines ")[2].partition(".")[0]
    assert fence not in sentence
    assert f"{fence}\n{sentence.strip()}\n{fence}" in said


@given(st.text() | st.sampled_from([RIGHT, FAULTY]).map(lambda text: text[:-7]))
def test_any_answer_is_read_or_refused_without_an_error(answer: str) -> None:
    spec = graph_in(answer)
    assert spec is None or check(spec) is not None


@pytest.mark.parametrize("sentence", ["", " \n "])
def test_an_empty_description_asks_nobody(sentence: str, tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        opened.change_settings(Settings(models=(ModelSettings(name="far", url="http://x/v1"),)))
        with pytest.raises(CannotDraft):
            draft_graph(opened, sentence, "far")


def test_the_built_in_model_is_neither_offered_nor_asked(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        assert drafting.drafting_models(opened.settings) == []
        with pytest.raises(CannotDraft, match="too small"):
            draft_graph(opened, "Tea.", BUILTIN)


def test_an_endpoint_is_bound_to_the_schema_and_its_draft_is_checked(tmp_path: Path) -> None:
    heard: list[int] = []
    with fake_server() as server, workspace(tmp_path) as opened:
        server.say = answers(FAULTY.replace("local", "far"), RIGHT.replace("local", "far"))
        opened.change_settings(Settings(models=(ModelSettings(name="far", url=server.url),)))
        draft = draft_graph(opened, "Tea.", "far", on_round=lambda one: heard.append(one.errors))
        schema = server.asked[0]["response_format"]["json_schema"]["schema"]
    assert "layout" not in schema["properties"]
    assert (draft.is_ready, heard[-1], len(heard), draft.cost_usd) == (True, 0, 2, None)


def answers(*texts: str) -> Any:
    """Gives `texts` one after the other."""
    left = iter(texts)
    return lambda body: next(left)
