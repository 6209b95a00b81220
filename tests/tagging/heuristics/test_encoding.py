import pytest

from tests.builders import said
from tests.tagging.firing import findings, fired_on


def test_the_span_is_where_the_text_is_broken_first() -> None:
    [finding] = findings("mojibake", said("Where to?", "To the cafÃ© of MÃ¼ller."))
    assert finding.evidence["span"] == [10, 12]


def test_one_broken_word_in_a_sound_text_is_found() -> None:
    assert fired_on("mojibake", said("Où ?", "À l’été, ou bien dans le cafÃ© de Zoë.")) == ["m1"]


def test_a_quotation_mark_of_windows_is_found() -> None:
    assert fired_on("mojibake", said("Well?", "It\x92s fine.")) == ["m1"]


def test_who_asks_about_encodings_may_see_one() -> None:
    assert fired_on("mojibake", said("What is mojibake?", "It is cafÃ© for café.")) == []


def test_what_the_user_wrote_counts_too() -> None:
    assert fired_on("control_characters", said("Wait\x00 what?", "Nothing.")) == ["m0"]


@pytest.mark.parametrize("text", ["a\tb\r\nc", "👩‍👩‍👧", "soft\u00adhyphen", "\ufeffmark"])
def test_tabs_joiners_and_marks_are_no_control_characters(text: str) -> None:
    assert fired_on("control_characters", said("Well?", text)) == []


def test_half_a_character_is_found_where_it_stands() -> None:
    [finding] = findings("control_characters", said("Well?", "A wave: \ud83d"))
    assert finding.evidence["span"] == [8, 9]


def test_lost_characters_are_counted() -> None:
    [finding] = findings("replacement_character", said("Well?", "caf\ufffd and cr\ufffdme"))
    assert (finding.evidence["number"], finding.evidence["span"]) == (2, [3, 4])
