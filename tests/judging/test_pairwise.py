from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.judging.pairwise import Judge, preferences_of
from grasp_ui.judging.parse import Judgement
from grasp_ui.model.preference import Preference
from grasp_ui.model.value import ConversationId, MessageId, RunId

JUDGE = Judge("local", "helpfulness@1/p_yes", RunId("run"))


def preferred(*values: float) -> tuple[Preference, ...]:
    judged = [(MessageId(f"m{n}"), Judgement(value, value)) for n, value in enumerate(values)]
    return preferences_of(ConversationId("c"), MessageId("p"), judged, JUDGE)


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
