import pytest

from tests.builders import said
from tests.tagging.firing import findings, fired_on

ASKED = "Whom do I ask?"
TOKEN = "ghp_" + "aB3dE5gH7jK9mN1pQ" * 2 + "rS"


def test_personal_data_names_kinds_and_place() -> None:
    text = "Ask ada@lovelace.org or call +49 30 901820."
    [finding] = findings("personal_data", said(ASKED, text))
    start, end = finding.evidence["span"]
    assert (text[start:end], finding.value) == ("ada@lovelace.org", "email")
    assert (finding.evidence["number"], finding.evidence["kinds"]) == (2, ["email", "phone"])


def test_kinds_of_personal_data_can_be_left_out() -> None:
    talk = said(ASKED, "Ask ada@lovelace.org.")
    assert fired_on("personal_data", talk, kinds=["phone"]) == []
    assert fired_on("personal_data", talk, minimum_pieces=2) == []


def test_a_user_who_tells_his_own_data_is_found_too() -> None:
    assert fired_on("personal_data", said("I am ada@lovelace.org", "Hello!")) == ["m0"]


def test_a_secret_is_named_by_its_service() -> None:
    text = f"Use `{TOKEN}` for it."
    [finding] = findings("secrets", said(ASKED, text))
    start, end = finding.evidence["span"]
    assert (finding.value, text[start:end]) == ("GitHub token", TOKEN)


def test_a_secret_is_found_in_code() -> None:
    assert fired_on("secrets", said(ASKED, f"```\ntoken = '{TOKEN}'\n```")) == ["m1"]


@pytest.mark.parametrize("asked", ["Sign it with [Your Name].", "Give me a template."])
def test_a_gap_that_the_user_wanted_is_no_fault(asked: str) -> None:
    assert fired_on("placeholder", said(asked, "Yours,\n[Your Name]")) == []


def test_a_gap_is_named_and_placed() -> None:
    text = "Yours,\n[Your Name], [Your City]"
    [finding] = findings("placeholder", said("Write a letter.", text))
    start, end = finding.evidence["span"]
    assert (text[start:end], finding.value) == ("[Your Name]", "[Your Name]")
    assert (finding.evidence["measure"], finding.evidence["number"]) == ("gaps in brackets", 2)


def test_a_gap_of_the_user_is_his_own() -> None:
    assert fired_on("placeholder", said("I am [Your Name].", "Hello!")) == []


def test_mild_words_count_where_wished() -> None:
    talk = said(ASKED, "Damn, it is late.")
    assert fired_on("profanity", talk) == []
    assert fired_on("profanity", talk, mild=True) == ["m1"]


def test_a_masked_word_is_less_sure() -> None:
    talk = said(ASKED, "This is sh*t.")
    assert fired_on("profanity", talk) == ["m1"]
    assert fired_on("profanity", talk, minimum_confidence=0.9) == []


def test_foul_words_are_counted() -> None:
    [finding] = findings("profanity", said(ASKED, "Shit, this is bullshit."))
    assert (finding.value, finding.evidence["span"]) == (2, [0, 4])
