import pytest

from tests.builders import said
from tests.tagging.firing import findings, fired_on
from tests.tagging.planted import goal, persona_drift, role_inversion


@pytest.mark.parametrize("row", goal.REACHED, ids=lambda row: row[0])
def test_a_goal_that_was_reached_is_seen(row: tuple[str, ...]) -> None:
    [finding] = findings("goal", goal.with_goal(row))
    assert (finding.value, finding.score) == ("reached", 1.0)


@pytest.mark.parametrize("row", goal.MISSED, ids=lambda row: row[0])
def test_a_goal_that_was_missed_is_seen(row: tuple[str, ...]) -> None:
    [finding] = findings("goal", goal.with_goal(row))
    assert (finding.value, finding.score) == ("not reached", 0.0)


def test_a_goal_of_the_variables_comes_first() -> None:
    talk = goal.with_goal(goal.MISSED[2]).model_copy(update={"variables": {"goal": "Talk of rain"}})
    assert [finding.value for finding in findings("goal", talk)] == ["reached"]


def test_the_share_of_the_goals_words_is_a_threshold() -> None:
    [finding] = findings("goal", goal.with_goal(goal.MISSED[2]), minimum_share=0.0)
    assert (finding.value, finding.evidence["measure"]) == ("reached", "share of the goal's words")


def test_the_span_is_what_the_user_says_of_himself() -> None:
    text = "Hello, my name is Bella, and I am 36."
    [finding] = findings("persona_drift", persona_drift.played("You are Ada, aged 36.", text))
    start, end = finding.evidence["span"]
    assert (text[start:end], finding.value) == ("Bella", "name")
    assert finding.evidence["measure"] == "name: bella, of the persona ada"


def test_what_the_assistant_is_called_is_no_drift() -> None:
    talk = said("Hi", "My name is Bella.").model_copy(update={"seed": {"persona": "Ada, aged 36."}})
    assert fired_on("persona_drift", talk) == []


def test_an_offer_of_the_user_is_placed() -> None:
    text = "Good day. How can I help you today?"
    [finding] = findings("role_inversion", said("Hi", "Hello!", text))
    start, end = finding.evidence["span"]
    assert text[start:end] == "How can I help you"


def test_a_lecture_of_the_user_needs_words_and_items() -> None:
    talk = said("My chain slips.", "It does.", role_inversion.LECTURE, "I see.")
    assert fired_on("role_inversion", talk) == ["m2"]
    assert fired_on("role_inversion", talk, minimum_words=200) == []
    assert fired_on("role_inversion", talk, minimum_items=6) == []


def test_how_early_a_goodbye_is_can_be_set() -> None:
    talk = said("My chain slips.", "It is worn.", "And now?", "Replace it. Goodbye!")
    assert fired_on("early_stop", talk) == []
    assert fired_on("early_stop", talk, exchanges=2) == ["m3"]


def test_a_question_comes_again_from_a_share_of_words_on() -> None:
    first, again = "Why does my chain slip on hills?", "Why does my old chain slip on steep hills?"
    talk = said(first, "It is worn.", "Thanks, that solved it!", "Good.", again, "It is worn.")
    assert fired_on("restart", talk) == ["m4"]
    assert fired_on("restart", talk, minimum_overlap=0.9) == []
