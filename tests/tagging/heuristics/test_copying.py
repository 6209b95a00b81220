from tests.builders import answered, said
from tests.tagging.firing import findings, fired_on

LONG = (
    "My cat sits at the window all day, watches the birds in the garden, and cries whenever one "
    "of them comes near to the glass, so that nobody here can work."
)
REPLY = "Close the blind for some hours a day, and play with her before you begin to work."


def test_words_decide_whether_an_answer_equals_its_prompt() -> None:
    assert fired_on("answer_equals_prompt", said("Is it far to go?", "IS IT… far to go")) == ["m1"]
    assert fired_on("answer_equals_prompt", said("Is it far to go?", "It is far to go.")) == []


def test_a_greeting_may_be_given_back() -> None:
    assert fired_on("answer_equals_prompt", said("Good morning!", "Good morning!")) == []
    found = fired_on(
        "answer_equals_prompt", said("Good morning!", "Good morning!"), minimum_words=2
    )
    assert found == ["m1"]


def test_the_share_of_the_prompt_is_told() -> None:
    [finding] = findings("answer_contains_prompt", said(LONG, f"{LONG} {REPLY}"))
    assert (finding.value, finding.score, finding.evidence["threshold"]) == (1.0, 0.0, 0.6)


def test_a_text_that_was_to_be_corrected_comes_back() -> None:
    assert fired_on("answer_contains_prompt", said(f"Correct this: {LONG}", LONG)) == []


def test_the_same_answer_to_another_question_is_found() -> None:
    told = said("My cat cries.", REPLY, "And at night?", f"Well: {REPLY}")
    assert fired_on("answer_repeats_answer", told) == ["m3"]


def test_an_answer_that_was_to_be_changed_must_change() -> None:
    changed = said("My cat cries.", REPLY, "Make it shorter.", REPLY.replace("some hours a", "a"))
    same = said("My cat cries.", REPLY, "Make it shorter.", REPLY)
    assert fired_on("answer_repeats_answer", changed) == []
    assert fired_on("answer_repeats_answer", same) == ["m3"]


def test_answers_of_other_threads_may_be_alike() -> None:
    assert fired_on("answer_repeats_answer", answered("My cat cries.", REPLY, REPLY)) == []
