import pytest

from tests.builders import said
from tests.tagging.firing import findings, fired_on

FAULTY = (
    ("How do I cook a salmon fillet in a pan?", "No idea"),
    ("Explain how a bicycle stays upright.", "Physics."),
    ("Write a poem about the sea.", "Waves."),
    ("What are the causes of the First World War?", "Many things"),
    ("Tell me about the history of Lisbon.", "ok"),
    ("Can you explain what a closure is in Python?", "Yes."),
    ("My laptop is slow. What can I do about it?", "Restart"),
    ("Describe the water cycle for a ten-year-old.", "Rain!!!!!!!!!!!!!!!!!!!!"),
    ("Summarise the plot of Hamlet.", "dunno"),
    ("Which steps do I need to grow tomatoes on a balcony?", "1. 2. 3."),
    ("请解释一下光合作用的过程。", "好的"),
    ("Compare Rust and Go for a web server.", "Both"),
    ("Give me advice for my first job interview.", "*smiles*"),
    ("Why is the sky blue?", "Unquestionably!"),
)
CLEAN = (
    ("Is water wet?", "Yes."),
    ("Thanks for the help. Does it work on Linux too?", "It does."),
    ("True or false: the Earth is flat.", "False"),
    ("How many legs has a spider?", "8"),
    ("What is 12 * 12?", "144"),
    ("When did the wall come down?", "In 1989."),
    ("Which year was Mozart born?", "1756"),
    ("In one word, how was your day?", "Exhausting."),
    ("Answer with the letter only.\nA. red\nB. green", "B"),
    ("Classify the sentiment: I love it.", "positive"),
    ("Thank you so much!", "My pleasure!"),
    ("Good morning!", "Hello!"),
    ("Calculate the square root of 81.", "9"),
    ("Write hello world in Python.", "```python\nprint('hello')\n```"),
    ("请解释一下光合作用的过程。", "植物用光把水和二氧化碳变成糖和氧气。"),
    ("Why is the sky blue?", "Air scatters blue light most."),
    ("Convert 25 °C to Fahrenheit.", "77 °F"),
    ("Can penguins fly?", "No."),
)


@pytest.mark.parametrize(("prompt", "answer"), FAULTY)
def test_an_answer_that_leaves_the_question_open_is_found(prompt: str, answer: str) -> None:
    assert fired_on("too_short_answer", said(prompt, answer)) == ["m1"]


@pytest.mark.parametrize(("prompt", "answer"), CLEAN)
def test_a_short_answer_to_a_short_question_is_honest(prompt: str, answer: str) -> None:
    assert fired_on("too_short_answer", said(prompt, answer)) == []


def test_the_evidence_names_number_threshold_and_place() -> None:
    [finding] = findings("too_short_answer", said("Tell me about Lisbon.", "A city"))
    wanted = {"measure": "characters", "number": 5, "threshold": 15, "span": [0, 6]}
    assert (finding.evidence, finding.value, finding.score) == (wanted, 5, 0.3333)


def test_two_long_words_are_too_few_words() -> None:
    [finding] = findings(
        "too_short_answer", said("Tell me about Lisbon.", "Extraordinarily cosmopolitan")
    )
    assert (finding.evidence["measure"], finding.evidence["number"]) == ("words", 2)


def test_the_thresholds_can_be_changed() -> None:
    answer = said("Tell me about Lisbon.", "It is a city by the sea.")
    assert fired_on("too_short_answer", answer, minimum_words=10) == ["m1"]


def test_a_short_turn_of_the_user_is_no_fault() -> None:
    assert fired_on("too_short_answer", said("Lisbon?", "It is the capital of Portugal.")) == []


def test_an_empty_answer_is_left_to_its_own_rule() -> None:
    assert fired_on("too_short_answer", said("Tell me about Lisbon.", "  ")) == []
