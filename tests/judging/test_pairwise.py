import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.judging.compare import Compared, Preferred, Winner, winner_of
from grasp_ui.judging.inquiry import Heard
from grasp_ui.judging.pairwise import Judge, Siblings, preference_of, preferences_of
from grasp_ui.judging.parse import Judgement
from grasp_ui.model.preference import Preference
from grasp_ui.model.value import ConversationId, MessageId, RunId

PAIR_JUDGE = Judge("local", "helpfulness@1/pairwise", RunId("run"))
SIBLINGS = Siblings(ConversationId("c"), MessageId("p"), MessageId("m0"), MessageId("m1"))
JUDGE = Judge("local", "helpfulness@1/p_yes", RunId("run"))


def preferred(*values: float) -> tuple[Preference, ...]:
    judged = [(MessageId(f"m{n}"), Judgement(value, value)) for n, value in enumerate(values)]
    return preferences_of(ConversationId("c"), MessageId("p"), judged, JUDGE)


def compared(asked: Winner, swapped: Winner) -> Compared:
    said = (Heard(Preferred(winner, f"so {winner}")) for winner in (asked, swapped))
    return Compared(winner_of(asked, swapped), *said)


def test_the_higher_value_is_better_by_the_difference() -> None:
    [found] = preferred(0.25, 0.75)
    assert (found.better_id, found.worse_id, found.margin) == ("m1", "m0", 0.5)


def test_a_preference_says_who_judged_by_what_in_which_run() -> None:
    [found] = preferred(0.25, 0.75)
    assert (found.author, found.version, found.run_id) == ("local", JUDGE.version, "run")
    assert (found.source, found.prompt_id) == ("judge", "p")


def test_equal_values_stand_in_candidate_order_with_no_margin() -> None:
    [found] = preferred(0.5, 0.5)
    assert (found.better_id, found.margin) == ("m0", 0)


@given(st.lists(st.floats(0, 1), max_size=6))
def test_every_pair_of_siblings_gets_one_preference(values: list[float]) -> None:
    found = preferred(*values)
    pairs = {frozenset((one.better_id, one.worse_id)) for one in found}
    assert len(pairs) == len(found) == len(values) * (len(values) - 1) // 2
    assert all(one.margin >= 0 for one in found)
    assert len({one.id for one in found}) == len(found)


@pytest.mark.parametrize(
    ("winner", "better", "margin"), [("first", "m0", 1), ("second", "m1", 1), ("tie", "m0", 0)]
)
def test_a_comparison_gives_a_preference(winner: Winner, better: str, margin: float) -> None:
    found = preference_of(SIBLINGS, compared(winner, winner), PAIR_JUDGE)
    assert found is not None
    preference, _ = found
    assert (preference.better_id, preference.margin) == (better, margin)
    assert {preference.better_id, preference.worse_id} == {"m0", "m1"}
    assert (preference.author, preference.version) == ("local", "helpfulness@1/pairwise")


def test_a_flip_gives_no_margin_and_a_tag_says_that_it_was_one() -> None:
    found = preference_of(SIBLINGS, compared("first", "second"), PAIR_JUDGE)
    assert found is not None
    preference, tag = found
    assert preference.margin == 0
    assert (tag.target.kind, tag.target.id) == ("preference", preference.id)
    assert (tag.name, tag.value, tag.score) == ("helpfulness", "tie", None)
    assert tag.evidence["flipped"] is True
    assert tag.evidence["orders"]["swapped"] == {"winner": "second", "reason": "so second"}


def test_an_unparsed_comparison_gives_nothing() -> None:
    said = Compared(None, Heard(None, "no_verdict"), Heard(Preferred("first")))
    assert preference_of(SIBLINGS, said, PAIR_JUDGE) is None
