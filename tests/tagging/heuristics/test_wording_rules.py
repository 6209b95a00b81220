import pytest

from tests.builders import said
from tests.tagging.firing import findings, fired_on

STOCK = "As an AI language model, I cannot taste. My knowledge cutoff is in spring."


def test_a_refusal_stands_at_the_start() -> None:
    late = (
        "Take the first road on the left and then the second one. " * 6 + "I can't help with more."
    )
    assert fired_on("refusal", said("Where is it?", late)) == []
    assert fired_on("refusal", said("Where is it?", "I can’t help with that.")) == ["m1"]


def test_the_span_of_a_refusal_ends_with_the_deed_that_is_refused() -> None:
    [finding] = findings("refusal", said("Why?", "I'm sorry, but I can't help with that."))
    assert finding.evidence["span"] == [0, len("I'm sorry, but I can't help")]


def test_what_the_user_declines_is_no_refusal() -> None:
    assert fired_on("refusal", said("I can't help you with that.", "That is fine.")) == []


def test_stock_phrases_are_counted_and_some_may_be_let_pass() -> None:
    told = said("How does salt taste?", STOCK)
    [finding] = findings("boilerplate", told)
    assert (finding.evidence["number"], finding.evidence["span"][0]) == (2, 0)
    assert fired_on("boilerplate", told, maximum=2) == []


@pytest.mark.parametrize("asked", ["Are you an AI?", "Who made you?", "What is your cutoff?"])
def test_who_asks_what_he_is_talking_to_is_told(asked: str) -> None:
    assert fired_on("boilerplate", said(asked, STOCK)) == []


def test_phrases_far_from_each_other_are_all_found() -> None:
    text = f"{STOCK} {'Salt is salty. ' * 40}{STOCK}"
    [finding] = findings("boilerplate", said("How does salt taste?", text))
    assert finding.evidence["number"] == 4


def test_praise_behind_the_beginning_is_left_alone() -> None:
    assert fired_on("sycophancy", said("Why?", "Air scatters blue light. Great question!")) == []
    assert fired_on("sycophancy", said("Why?", "Great question! Air scatters it.")) == ["m1"]
