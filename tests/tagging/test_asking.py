import pytest

from grasp_ui.tagging.asking import instruction_of, question_of

QUESTIONS = {
    "what": ("What is a heat pump?", "Hello! Who painted the Night Watch?", "When did it open?",
             "In the kitchen, what do I clean first?"),
    "how": ("How do I descale a kettle?", "Thanks! And how much does it cost?"),
    "why": ("Why is the sky blue?", "How come it never rains there?"),
    "yes-no": ("Can dogs eat grapes?", "Is it late?", "I have 80 litres. Should I buy both parts?"),
    "choice": ("Is tea or coffee better?", "Should I take the train or the bus?",
               "Which of the two is older?"),
    "request": ("Write a poem about the sea.", "Could you tell me more?", "I need a recipe.",
                "Please explain it.", "Summarise the plot of Hamlet."),
    "other": ("It is order 40718.", "ok", "The moon."),
}  # fmt: skip
INSTRUCTIONS = {
    "translate": ("Translate this to French.",),
    "summarise": ("Summarise the plot of Hamlet.", "Give me the main points."),
    "code": ("Write a Python function that counts vowels.", "```\nx = 1\n```"),
    "rewrite": ("Rewrite this sentence politely.", "Proofread my letter."),
    "classify": ("Classify the sentiment of this review.",),
    "extract": ("Extract the dates from the text.",),
    "compute": ("Calculate the area of the field.", "What is 17 * 3?"),
    "create": ("Write a poem about the sea.", "Come up with five names."),
    "compare": ("Compare a heat pump with a gas boiler.",),
    "advise": ("Should I repair it?", "Give me tips for the interview."),
    "explain": ("Explain the phases of the moon.", "Who painted it?"),
    "chat": ("Thank you!", "Hello there"),
    "other": ("It is order 40718.",),
}


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, some in QUESTIONS.items() for t in some])
def test_a_question_has_the_type_of_its_words(kind: str, text: str) -> None:
    assert question_of(text) == kind


@pytest.mark.parametrize(
    ("kind", "text"), [(k, t) for k, some in INSTRUCTIONS.items() for t in some]
)
def test_an_instruction_has_the_kind_of_its_key_words(kind: str, text: str) -> None:
    assert instruction_of(text) == kind
