import pytest

from grasp_ui.tagging.language import likely_languages, plain_language, probability
from grasp_ui.tagging.language_names import asks_for_another_language, code_of, languages_named
from tests.tagging.planted.planting import Dialogue, dialogues

FENCED = "Hier ist es:\n```python\nfor name in the_names:\n    print(name)\n```\nDas war alles, ja."


@pytest.mark.parametrize("told", dialogues(), ids=lambda told: told.turns[0][:30])
def test_an_answer_is_in_the_language_that_it_was_written_in(told: Dialogue) -> None:
    likely = likely_languages(told.turns[1])
    assert likely[0][0] == told.language


@pytest.mark.parametrize("told", dialogues(), ids=lambda told: told.turns[0][:30])
def test_function_words_never_name_another_language(told: Dialogue) -> None:
    found = {plain_language(text) for text in told.turns}
    assert found <= {None, told.language}


def test_code_and_addresses_do_not_count() -> None:
    assert likely_languages(FENCED)[0][0] == "de"
    assert likely_languages("https://www.the-house-of-the-rising-sun.com/and/the/rest") == ()


def test_half_of_a_character_does_not_stop_the_model() -> None:
    assert likely_languages("Der Hund schl\ud800ft heute lieber unter dem Tisch.")[0][0] == "de"


def test_a_text_of_few_letters_has_no_language() -> None:
    assert likely_languages("Bonjour !") == ()
    assert likely_languages("Bonjour !", 5) != ()


def test_kin_adds_up() -> None:
    assert probability((("hr", 0.4), ("sr", 0.3), ("en", 0.1)), frozenset({"bs"})) == 0.7


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("de", "de"),
        ("pt_BR", "pt"),
        ("zh-Hans", "zh"),
        ("nb", "no"),
        ("Portuguese", "pt"),
        ("Deutsch", "de"),
        ("日本語", "ja"),
        ("any", None),
        ("German or French", None),
        ("xx", None),
    ],
)
def test_a_language_is_declared_by_code_or_name(said: str, code: str | None) -> None:
    assert code_of(said) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Sag es auf Englisch", {"en"}),
        ("en español, por favor", {"es"}),
        ("用法语写", {"fr"}),
        ("Напиши на немецком", {"de"}),
        ("Which programming language is best?", set()),
    ],
)
def test_names_of_languages_are_known_in_many(text: str, codes: set[str]) -> None:
    assert languages_named(text) == codes


def test_a_programming_language_is_no_other_language() -> None:
    assert not asks_for_another_language("Which programming language is best?")
    assert asks_for_another_language("Say it in another language.")
