import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.text.corpus import Corpus
from grasp_ui.text.shingles import likeness, normal_text, text_key
from grasp_ui.text.similarity import Known, TextIndex, estimates, signatures
from tests.tagging.dataset_faults import with_words_changed, written

TEXTS = [f"{question} {answer}" for question, answer in written()]
NAMES = [f"t{number}" for number in range(len(TEXTS))]


def added(*texts: str) -> TextIndex:
    """An index of texts t0, t1, …, added one by one."""
    index = TextIndex()
    for number, text in enumerate(texts):
        index.add(f"t{number}", text)
    return index


def known(*texts: str) -> TextIndex:
    """The same, known from the start."""
    by_name = {f"t{number}": text for number, text in enumerate(texts)}
    keys = [text_key(text) for text in texts]
    return TextIndex(Known(list(by_name), keys, signatures(texts)), text_of=by_name.__getitem__)


def test_an_index_is_a_corpus() -> None:
    corpus: Corpus = TextIndex()
    corpus.add("a", "How deep do I plant garlic?")
    assert corpus.same("how  DEEP do I plant garlic?") == "a"


@pytest.mark.parametrize("make", [added, known])
def test_each_text_with_two_words_changed_is_found(make: Callable[..., TextIndex]) -> None:
    index, chance = make(*TEXTS), random.Random(2)
    for name, text in zip(NAMES, TEXTS, strict=True):
        changed = with_words_changed(text, 2, chance)
        near = index.near(changed, least=0.7)
        expected = (name, likeness(text, changed))
        assert near == expected if expected[1] >= 0.7 else near is None


@pytest.mark.parametrize("make", [added, known])
def test_what_is_not_alike_is_not_near(make: Callable[..., TextIndex]) -> None:
    index = make(*TEXTS[1:])
    assert index.near(TEXTS[0], least=0.5) is None
    assert index.same(TEXTS[0]) is None


@given(st.lists(st.text(alphabet="ab \n", max_size=12), min_size=1, max_size=8))
def test_the_first_of_the_same_is_found(texts: list[str]) -> None:
    index = added(*texts)
    for text in texts:
        first = next(n for n, one in enumerate(texts) if normal_text(one) == normal_text(text))
        assert index.same(text.upper()) == f"t{first}"


@given(st.integers(0, len(TEXTS)))
def test_what_stands_behind_a_place_is_not_seen(before: int) -> None:
    index = added(*TEXTS)
    for place, text in enumerate(TEXTS):
        assert (index.same(text, before=before) is not None) == (place < before)
        assert (index.near(text, least=0.7, before=before) is not None) == (place < before)


def test_added_and_known_texts_are_found_alike() -> None:
    index = known(*TEXTS[:12])
    for number, text in enumerate(TEXTS[12:], start=12):
        index.add(f"t{number}", text)
    found = [index.near(f"{text} Indeed.", least=0.7) for text in TEXTS]
    assert [near.name for near in found if near] == NAMES


def test_recall_is_high_at_the_threshold() -> None:
    """Of pairs from .7 to .8 alike at least 95 in a hundred share a band."""
    chance, near, found = random.Random(4), 0, 0
    index = added(*TEXTS)
    for text in TEXTS * 10:
        changed = with_words_changed(text, chance.randint(2, 5), chance)
        if 0.7 <= likeness(text, changed) < 0.8:
            near += 1
            found += index.near(changed, least=0.7) is not None
    assert near > 50
    assert found / near >= 0.95


def test_an_estimate_is_near_the_likeness() -> None:
    chance = random.Random(1)
    changed = [with_words_changed(text, 4, chance) for text in TEXTS]
    for text, other in zip(TEXTS, changed, strict=True):
        [one, two] = signatures([text, other])
        assert estimates(one, two.reshape(1, -1))[0] == pytest.approx(
            likeness(text, other), abs=0.2
        )


def test_a_signature_does_not_depend_on_form_or_on_company() -> None:
    alone = signatures([TEXTS[0]])
    among = signatures([TEXTS[3], TEXTS[0].upper().replace(" ", "\n")])
    assert alone[0].tolist() == among[1].tolist()


@pytest.mark.parametrize("text", ["", "  \n", "a", "\ud800 half a pair", "日本語のテキスト"])
def test_odd_texts_do_no_harm(text: str) -> None:
    index = added("some other text", text)
    assert index.same(text) == "t1"
    near = index.near(text, least=0.7)
    assert near is None if not text.strip() else near == ("t1", 1.0)


def test_an_empty_index_finds_nothing() -> None:
    assert (TextIndex().same("a"), TextIndex().near("a", least=0.7)) == (None, None)
    assert len(TextIndex()) == 0
