"""What is shown anew stands in another place, and the places of what was shown are empty."""

from streamlit.testing.v1 import AppTest

from grasp_ui.ui.fresh_place import PLACES


def page_with_a_form() -> None:
    import streamlit as st

    from grasp_ui.ui.fresh_place import fresh_place

    shown = st.session_state.get("shown", "first")
    with fresh_place("place", shown):
        st.text_input(shown, key=shown)


def places(page: AppTest) -> list[str]:
    """What stands in each place: `first`, `second`, or `empty`."""
    return [
        page.main[at].text_input[0].label if page.main[at].type == "flex_container" else "empty"
        for at in range(PLACES)
    ]


def test_what_is_shown_next_finds_an_empty_place_and_leaves_one() -> None:
    page = AppTest.from_function(page_with_a_form).run()
    assert places(page) == ["first", "empty", "empty"]
    page.session_state["shown"] = "second"
    assert places(page.run()) == ["empty", "second", "empty"]


def test_what_stays_keeps_its_place() -> None:
    page = AppTest.from_function(page_with_a_form).run()
    page.text_input[0].set_value("written").run()
    assert places(page) == ["first", "empty", "empty"]
    assert page.text_input[0].value == "written"


def test_a_place_is_taken_again_once_all_others_were() -> None:
    page = AppTest.from_function(page_with_a_form).run()
    for number in range(PLACES):
        page.session_state["shown"] = str(number)
        page.run()
    assert places(page) == [str(PLACES - 1), "empty", "empty"]
