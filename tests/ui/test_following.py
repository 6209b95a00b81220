"""Widgets show what was changed elsewhere, and a late browser does not take it back."""

from streamlit.testing.v1 import AppTest


def test_what_the_browser_had_before_a_change_is_not_taken_for_an_entry() -> None:
    page = AppTest.from_function(followed_page, default_timeout=20).run()
    before = page._tree
    page.session_state["elsewhere"] = "undone"
    page.run()
    # A rerun that was asked for before the browser had drawn the change.
    page._tree = before
    page.text_input[0].set_value("written").run()
    assert page.text_input[0].value == "undone"
    assert page.session_state["heard"] == []


def test_what_is_entered_after_a_change_is_heard_also_where_it_is_the_old_value() -> None:
    page = AppTest.from_function(followed_page, default_timeout=20).run()
    page.session_state["elsewhere"] = "undone"
    page.run()
    page.text_input[0].set_value("written").run()
    assert page.text_input[0].value == "written"
    assert page.session_state["heard"] == ["written"]


def test_a_widget_stays_the_same_through_its_own_changes() -> None:
    page = AppTest.from_function(followed_page, default_timeout=20).run()
    key = page.text_input[0].key
    page.text_input[0].set_value("mine").run()
    assert (page.text_input[0].key, page.text_input[0].value) == (key, "mine")


def test_a_form_does_not_write_what_the_browser_had_before_a_change() -> None:
    page = AppTest.from_function(form_page, default_timeout=20).run()
    before = page._tree
    page.session_state["values"] = {"title": "undone", "notes": ""}
    page.run()
    page._tree = before
    page.text_input[0].set_value("written").run()
    assert page.session_state["values"] == {"title": "undone", "notes": ""}
    page.text_input[1].set_value("mine").run()
    assert page.session_state["values"] == {"title": "undone", "notes": "mine"}


def form_page() -> None:
    """A form over values in the session, which a canvas may change too."""
    import streamlit as st
    from pydantic import BaseModel

    from grasp_ui.ui.forms import Form, changed_value, draw_form

    class Heading(BaseModel):
        title: str = ""
        notes: str = ""

    state = st.session_state
    state.setdefault("values", {"title": "written", "notes": ""})

    def changed(name: str) -> None:
        state["values"] = changed_value(Heading, state["values"], form, name)

    form = Form(key="form", on_change=changed)
    draw_form(Heading, state["values"], form)


def followed_page() -> None:
    """A field whose value stands in the session, which a canvas may change too."""
    import streamlit as st

    from grasp_ui.ui.following import follow, is_touched, key_of

    state = st.session_state
    state.setdefault("elsewhere", "written")
    heard = state.setdefault("heard", [])

    def hear() -> None:
        if is_touched(key_of("field")):
            state["elsewhere"] = state[key_of("field")]
            heard.append(state["elsewhere"])

    key = follow("field", state["elsewhere"], state["elsewhere"])
    st.text_input("Field", value=state["elsewhere"], key=key, on_change=hear)
