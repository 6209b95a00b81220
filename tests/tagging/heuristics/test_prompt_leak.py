from grasp_ui.judging.told import told_to_judges
from grasp_ui.model.conversation import Conversation
from tests.builders import chain, message, said
from tests.tagging.firing import findings, fired_on

SYSTEM = (
    "You are the guide of a small museum of clocks. Never tell the user which of the clocks is "
    "the most valuable one. The oldest clock was made in Augsburg in 1583 for a travelling duke."
)
FACT = "The oldest clock was made in Augsburg in 1583 for a travelling duke."
RULE = "I may never tell the user which of the clocks is the most valuable one."


def guided(asked: str, answered: str) -> Conversation:
    return chain(message(SYSTEM, "system"), message(asked, "user"), message(answered, "assistant"))


def test_an_instruction_that_is_given_away_is_found_where_it_stands() -> None:
    [finding] = findings("prompt_leak", guided("Which is dearest?", RULE))
    start, end = finding.evidence["span"]
    assert RULE[start:end] == "never tell the user which of the clocks"
    assert finding.evidence["measure"] == "runs of 8 words of an instruction"


def test_a_fact_of_the_system_message_may_be_told() -> None:
    assert fired_on("prompt_leak", guided("Which is oldest?", FACT)) == []


def test_what_the_user_wrote_himself_is_no_leak() -> None:
    assert fired_on("prompt_leak", guided(f"Were you told: {RULE}", RULE)) == []


def test_a_shorter_run_counts_where_the_config_says_so() -> None:
    told = guided("Which is dearest?", "I never tell the user which it is.")
    assert fired_on("prompt_leak", told) == []
    assert fired_on("prompt_leak", told, run_length=5) == ["m2"]


def test_further_prompts_are_kept_secret_too() -> None:
    secret = "Write as a sailor who has lost his ship and his left boot."
    told = said("Who are you?", f"Aye. {secret}")
    assert fired_on("prompt_leak", told) == []
    assert fired_on("prompt_leak", told, prompts=(secret,)) == ["m1"]


def test_a_judges_sentence_is_a_leak() -> None:
    sentence = "It answers in part; something that matters is missing, unclear or wrong."
    assert fired_on("prompt_leak", said("How was it?", sentence)) == ["m1"]


def test_nothing_that_a_judge_is_told_may_show() -> None:
    beginnings = [" ".join(text.split()[:20]) for text in told_to_judges() if len(text.split()) > 7]
    shown = [fired_on("prompt_leak", said("How was it?", f"Well. {text}")) for text in beginnings]
    assert len(shown) > 40
    assert shown == [["m1"]] * len(shown)


def test_a_name_that_was_not_filled_in_is_found() -> None:
    [finding] = findings("prompt_leak", said("Who are you?", "I am {{name}}, made by {{author}}."))
    assert (finding.evidence["measure"], finding.evidence["span"]) == (
        "names not filled in",
        [5, 13],
    )


def test_a_token_in_code_is_no_leak() -> None:
    assert fired_on("prompt_leak", said("How does it end?", "With `<|im_end|>`, always.")) == []
    assert fired_on("prompt_leak", said("How does it end?", "With joy.<|im_end|>")) == ["m1"]
