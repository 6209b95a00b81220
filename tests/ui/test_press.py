"""A press that a newer run of the page overtook is told by the next one."""

from streamlit.testing.v1 import AppTest


def page_with_a_switch() -> None:
    import streamlit as st

    from grasp_ui.ui.press import pressed

    if st.toggle("Overtaken", key="overtaken"):
        st.stop()
    if pressed("Go", key="go"):
        st.text("gone")


def test_a_press_is_told_once() -> None:
    page = AppTest.from_function(page_with_a_switch).run()
    page.button(key="go").click().run()
    assert [text.value for text in page.text] == ["gone"]
    assert not page.run().text


def test_a_press_waits_for_the_run_that_comes_to_its_button() -> None:
    page = AppTest.from_function(page_with_a_switch).run()
    go = page.button(key="go")
    page.toggle(key="overtaken").set_value(True)
    go.click().run()
    assert not page.text
    page.toggle(key="overtaken").set_value(False).run()
    assert [text.value for text in page.text] == ["gone"]


def page_that_is_broken_off() -> None:
    import streamlit as st

    from grasp_ui.ui.session import wishes, write_wishes

    write_wishes(st.session_state.get("page", "Run"))
    st.text(st.query_params.get("run", "none"))
    if st.button("Start", key="start"):
        wishes()["run"] = "r1"
        st.stop()


def test_what_a_deed_came_to_is_in_the_address_though_its_run_was_broken_off() -> None:
    page = AppTest.from_function(page_that_is_broken_off).run()
    page.button(key="start").click().run()
    assert [text.value for text in page.run().text] == ["r1"]
    assert page.query_params["run"] == "r1"


def test_another_page_does_not_take_the_address() -> None:
    page = AppTest.from_function(page_that_is_broken_off).run()
    page.button(key="start").click().run()
    page.session_state["page"] = "Review"
    assert [text.value for text in page.run().text] == ["none"]
