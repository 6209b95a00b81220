from tests.builders import answered, said
from tests.tagging.firing import findings

TALK = said("What is a delta?", "The mouth of a river.", "Thanks!", "Any time.")


def test_a_conversation_has_one_tag_whose_value_is_its_turns() -> None:
    [finding] = findings("statistics", TALK)
    assert (finding.target.kind, finding.target.id, finding.value) == ("conversation", "c", 2)


def test_the_evidence_counts_words_and_tokens() -> None:
    [finding] = findings("statistics", TALK)
    counted = {name: finding.evidence[name] for name in ("messages", "words", "tokens", "ttr")}
    assert counted == {"messages": 4, "words": 12, "tokens": 15, "ttr": 1.0}


def test_each_message_is_told_of_where_wished() -> None:
    [finding] = findings("statistics", TALK)
    first = {"id": "m0", "role": "user", "words": 4, "tokens": 4}
    assert finding.evidence["of_messages"][0] == first
    [short] = findings("statistics", TALK, per_message=False)
    assert "of_messages" not in short.evidence


def test_the_active_thread_is_what_is_counted() -> None:
    [finding] = findings("statistics", answered("Hi", "One two three.", "One."))
    assert finding.evidence["words"] == 4


def test_code_has_tokens_and_no_words() -> None:
    [finding] = findings("statistics", said("Hi", "```\nx = 1\ny = 2\n```"))
    assert (finding.evidence["words"], finding.evidence["tokens"] > 4) == (1, True)


def test_types_are_those_of_the_first_message_and_all_are_kept() -> None:
    [question] = findings("question_type", TALK)
    [instruction] = findings("instruction_type", TALK)
    assert (question.value, question.evidence["types"]) == ("what", ["what", "other"])
    assert (instruction.value, instruction.evidence["types"]) == ("explain", ["explain", "chat"])
