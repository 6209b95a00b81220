import pytest

from grasp_ui.model.conversation import Conversation
from tests.builders import said
from tests.tagging.firing import findings, fired_on

GERMAN = "Das Geschäft öffnet um neun Uhr und schließt heute schon um sechs."
ASKED = "When does the shop in the old town open tomorrow?"
TALK = said(ASKED, GERMAN)


def with_variables(**variables: object) -> Conversation:
    return TALK.model_copy(update={"variables": variables})


def test_without_a_declared_language_nothing_is_rejected() -> None:
    assert fired_on("language_mismatch", TALK) == []


@pytest.mark.parametrize("name", ["lang", "language"])
def test_variables_declare_a_language(name: str) -> None:
    assert fired_on("language_mismatch", with_variables(**{name: "en"})) == ["m1"]
    assert fired_on("language_mismatch", with_variables(**{name: ["en", "de"]})) == []


def test_variables_come_before_the_seed() -> None:
    seeded = with_variables(language="German").model_copy(update={"seed": {"language": "en"}})
    assert fired_on("language_mismatch", seeded) == ["m0"]


def test_the_config_comes_before_both() -> None:
    assert fired_on("language_mismatch", with_variables(lang="de"), expected=["en"]) == ["m1"]


def test_the_evidence_says_how_probable_the_declared_language_is() -> None:
    [finding] = findings("language_mismatch", TALK, expected=["en"])
    assert (finding.value, finding.evidence["measure"]) == ("de", "probability of en")
    assert finding.evidence["number"] <= finding.evidence["threshold"] == 0.15
    assert finding.evidence["span"] == [0, len(GERMAN)]


def test_a_switch_names_both_languages() -> None:
    [finding] = findings("language_switch", TALK)
    assert finding.evidence["measure"] == "probability of de after a prompt in en"
    assert finding.evidence["number"] >= 0.6


def test_a_wish_of_an_earlier_message_still_holds() -> None:
    talk = said("Speak German with me, please.", "Gerne, worum geht es?", ASKED, GERMAN)
    assert fired_on("language_switch", talk) == []


def test_the_letters_needed_are_a_threshold() -> None:
    short = said("What is your name?", "Ich heiße Otto Müller.")
    assert fired_on("language_switch", short) == []
    assert fired_on("language_switch", short, minimum_letters=10) == ["m1"]
