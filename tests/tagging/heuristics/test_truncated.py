import pytest

from grasp_ui.model.conversation import Conversation
from tests.builders import chain, message, said
from tests.tagging.firing import findings, fired_on, sample_texts

ASKED = "How do I grow tomatoes on a balcony?"
LONG = "Fill the pot with fresh soil, plant deeply, and water when it is dry. " * 3


def answer(text: str, finish_reason: str | None = None) -> Conversation:
    told = message(text, "assistant").model_copy(update={"finish_reason": finish_reason})
    return chain(message(ASKED, "user"), told)


TEXTS = sample_texts("truncated")
FAULTY, CLEAN = TEXTS["faulty"], TEXTS["clean"]


@pytest.mark.parametrize("text", FAULTY)
def test_an_answer_that_stops_in_the_middle_is_found(text: str) -> None:
    assert fired_on("truncated", answer(text)) == ["m1"]


@pytest.mark.parametrize("text", CLEAN)
def test_an_answer_that_ends_in_its_own_way_is_honest(text: str) -> None:
    assert fired_on("truncated", answer(text)) == []


def test_an_answer_that_met_the_limit_is_found_whatever_its_end() -> None:
    [finding] = findings("truncated", answer("Use a large pot.", "length"))
    assert finding.evidence["measure"] == "stopped at the token limit"


@pytest.mark.parametrize("text", [LONG[:-2], "Use a large pot"])
def test_an_answer_that_stopped_by_itself_needs_no_closing_mark(text: str) -> None:
    assert fired_on("truncated", answer(text, "stop")) == []


def test_an_answer_that_stopped_by_itself_still_must_not_end_in_a_comma() -> None:
    assert fired_on("truncated", answer("Use a large pot,", "stop")) == ["m1"]


def test_a_known_limit_decides_from_where_a_closing_mark_is_expected() -> None:
    text = answer("Use a large pot with holes in its bottom", "stop")
    assert fired_on("truncated", text, token_limit=11) == ["m1"]
    assert fired_on("truncated", text, token_limit=60) == []


def test_the_span_is_the_open_ending() -> None:
    text = "You need a pot, some soil and "
    [finding] = findings("truncated", answer(text))
    start, end = finding.evidence["span"]
    assert text[start:end] == "and"


def test_what_the_user_leaves_open_is_no_fault() -> None:
    assert fired_on("truncated", said("I have a pot, some soil and", "Then you can begin.")) == []
