from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.model.comparison import contradictions, counted, in_order, rings
from grasp_ui.model.preference import Preference
from grasp_ui.model.value import ConversationId, MessageId, PreferenceId, Source

ANSWERS = "abcdef"


def over(
    better: str, worse: str, *, author: str = "judge", source: Source = "judge", seq: int = 0
) -> Preference:
    """`better` over `worse`."""
    return Preference(
        id=PreferenceId(f"{better}{worse}{author}"), conversation_id=ConversationId("c"),
        prompt_id=None, better_id=MessageId(better), worse_id=MessageId(worse), margin=1,
        source=source, author=author, seq=seq,
    )  # fmt: skip


def words(*told: str) -> list[Preference]:
    """Preferences such as `ab`: a over b."""
    return [over(one[0], one[1]) for one in told]


edges = st.sets(st.sampled_from([f"{a}{b}" for a, b in permutations(ANSWERS, 2)]), max_size=14)
"""Comparisons of six answers, whatever they say together."""
one_way = edges.map(lambda told: [w for w in told if w[::-1] not in told or w < w[::-1]])


def test_a_ring_of_three_is_listed_from_the_better_answer() -> None:
    assert rings(words("ab", "bc", "ca", "cd")) == {
        "abjudge": ("a", "b", "c"),
        "bcjudge": ("b", "c", "a"),
        "cajudge": ("c", "a", "b"),
    }


@given(one_way)
def test_a_word_is_in_a_ring_where_a_way_leads_back(told: list[str]) -> None:
    reach = set(told)
    for middle in ANSWERS:
        new = {f"{a}{b}" for a in ANSWERS for b in ANSWERS if {a + middle, middle + b} <= reach}
        reach |= new
    assert set(rings(words(*told))) == {f"{w}judge" for w in told if w[::-1] in reach}


@given(one_way)
def test_a_ring_is_made_of_what_was_said(told: list[str]) -> None:
    for ring in rings(words(*told)).values():
        around = [*zip(ring, (*ring[1:], ring[0]), strict=True)]
        assert len(ring) >= 3
        assert {f"{a}{b}" for a, b in around} <= set(told)


def test_two_that_say_the_opposite_contradict_each_other() -> None:
    told = [over("a", "b"), over("b", "a", author="other"), over("a", "c")]
    assert {one: other.id for one, other in contradictions(told).items()} == {
        "abjudge": "baother",
        "baother": "abjudge",
    }


@given(edges)
def test_order_puts_each_answer_before_all_that_it_is_better_than(told: set[str]) -> None:
    every = words(*sorted(told))
    place = {answer: n for n, answer in enumerate(in_order(every))}
    held = {*contradictions(every), *rings(every)}
    sound = [one for one in every if one.id not in held]
    assert set(place) == {answer for one in told for answer in one}
    assert all(place[one.better_id] < place[one.worse_id] for one in sound)


@given(st.permutations([f"{a}{b}" for a, b in combinations(ANSWERS, 2)]))
def test_a_full_ranking_is_found_again_in_any_order_of_telling(told: list[str]) -> None:
    assert in_order(words(*told)) == list(ANSWERS)


def test_of_one_author_the_newest_word_counts() -> None:
    told = [over("b", "a", seq=2), over("a", "b", seq=1)]
    assert [one.better_id for one in counted(told)] == ["b"]


def test_an_import_that_says_both_contradicts_itself() -> None:
    told = [over("a", "b", source="imported", author="people: x", seq=1),
            over("b", "a", source="imported", author="people: x", seq=2)]  # fmt: skip
    assert len(contradictions(counted(told))) == 2


def test_only_the_highest_source_counts() -> None:
    told = [over("a", "b"), over("b", "a", source="person", author="Ann")]
    assert [one.author for one in counted(told)] == ["Ann"]


def test_a_tie_contradicts_nothing() -> None:
    tie = over("b", "a", author="other").model_copy(update={"margin": 0.0})
    assert contradictions([over("a", "b"), tie]) == {}
