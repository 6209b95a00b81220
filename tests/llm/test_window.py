from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.llm.window import Window


def after(window: Window, outcomes: str, ticket: int = 1) -> Window:
    """The window after replies (.) and refusals (x), of calls let in one after the other."""
    for number, outcome in enumerate(outcomes, ticket):
        if outcome == ".":
            window.widen()
        else:
            window.narrow(number, number)
    return window


def test_a_lone_refusal_narrows_nothing() -> None:
    assert after(Window(8), "x..x...x").allowed == 8


def test_a_wave_halves_the_window() -> None:
    assert after(Window(64), "x" * 18).allowed == 32


def test_refusals_of_calls_from_before_say_nothing_new() -> None:
    window = Window(64)
    for ticket in range(1, 65):
        window.narrow(ticket, 64)
    assert window.allowed == 32


def test_replies_widen_it_again_by_one_a_round() -> None:
    window = after(Window(64), "x" * 18)
    assert after(window, "." * 33, ticket=19).allowed == 33
    assert after(window, "." * 1600, ticket=52).allowed == 64


def test_a_window_that_is_full_of_good_replies_is_calm_again() -> None:
    window = after(Window(4), "x" * 18)
    assert not window.is_calm
    assert after(window, "." * 400, ticket=19).is_calm


def test_another_ceiling_moves_a_full_window_and_caps_a_narrow_one() -> None:
    full, narrow = Window(8), after(Window(64), "x" * 18)
    full.resize(16)
    narrow.resize(40)
    assert (full.allowed, narrow.allowed) == (16, 32)
    narrow.resize(4)
    assert narrow.allowed == 4


@given(st.integers(1, 100), st.text(".x", max_size=300))
def test_it_is_always_between_one_and_the_ceiling(ceiling: int, outcomes: str) -> None:
    window = Window(ceiling)
    for number, outcome in enumerate(outcomes, 1):
        after(window, outcome, ticket=number)
        assert 1 <= window.allowed <= ceiling
