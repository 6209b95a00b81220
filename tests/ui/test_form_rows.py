"""Rows in a form: added, written, removed, and nothing that was typed is lost."""

from typing import Any

from streamlit.testing.v1 import AppTest

from grasp_ui.services.node_kinds import node_kinds
from grasp_ui.ui.widgets import Choices

CONFIGS = {card.name: card.config for card in node_kinds()}
CHOICES = Choices(
    proposals={
        "overrides.0": ("node critique",),
        "overrides.1:node critique": ("rubric", "writes"),
        "outputs.0": ("critique",),
    }
)


def test_a_row_is_added_and_written() -> None:
    page = drawn("set", {"values": {"place": "shop"}})
    press(page, "form.values.add")
    write(page, "Variable 2 of Values", "many")
    write(page, "Value 2 of Values", "3")
    assert kept(page) == {"values": {"place": "shop", "many": 3}}


def test_a_row_is_removed() -> None:
    page = drawn("set", {"values": {"place": "shop", "many": 3}})
    remove(page, "Remove row 1 of Values")
    assert kept(page) == {"values": {"many": 3}}
    assert cells(page) == ["many", "3"]


def test_a_value_without_a_name_waits_on_screen_and_says_so() -> None:
    page = drawn("set", {"values": {"place": "shop"}})
    press(page, "form.values.add")
    write(page, "Value 2 of Values", "{topic}")
    assert kept(page) == {"values": {"place": "shop"}}
    assert cells(page.run()) == ["place", "shop", "", "{topic}"]
    assert any("then the row counts" in line.value for line in page.markdown)


def test_a_name_that_is_there_already_is_kept_on_screen_and_not_taken_over() -> None:
    page = drawn("set", {"values": {"place": "shop", "many": 3}})
    write(page, "Variable 2 of Values", "place")
    assert kept(page) == {"values": {"place": "shop"}}
    assert cells(page) == ["place", "shop", "place", "3"]
    write(page, "Variable 2 of Values", "number")
    assert kept(page) == {"values": {"place": "shop", "number": 3}}


def test_rows_follow_a_value_that_was_changed_elsewhere() -> None:
    page = drawn("set", {"values": {"place": "shop"}})
    page.session_state["values"] = {"values": {"time": "noon"}}
    assert cells(page.run()) == ["time", "noon"]
    write(page, "Value", "dusk")
    assert kept(page) == {"values": {"time": "dusk"}}


def test_rows_that_are_all_removed_leave_the_field_unsaid() -> None:
    page = drawn("subgraph", {"inputs": {"topic": "mood"}})
    remove(page, "Remove row 1 of Inputs")
    assert kept(page) == {}


def test_a_list_of_outputs_stays_a_list_until_it_is_touched() -> None:
    page = drawn("subgraph", {"outputs": ["critique"]})
    assert page.session_state["answers"] == {"outputs": ["critique"]}
    write(page, "Outside", "verdict")
    assert kept(page) == {"outputs": {"critique": "verdict"}}


def test_an_override_is_chosen_from_the_nodes_and_fields_inside() -> None:
    page = drawn("subgraph", {})
    press(page, "form.overrides.add")
    choose(page, "Of", "node critique")
    choose(page, "Field", "rubric")
    write(page, "Value", "tone")
    assert kept(page) == {"overrides": {"nodes": {"critique": {"rubric": "tone"}}}}


def test_what_rows_cannot_say_is_shown_as_json() -> None:
    page = drawn("subgraph", {"outputs": {"critique": ["a"]}})
    assert '"critique"' in str(page.text_area(key="form.outputs~").value)
    page.text_area(key="form.outputs~").set_value('{"critique": "b"}').run()
    assert kept(page) == {"outputs": {"critique": "b"}}
    assert (page.selectbox[-1].value, cells(page)) == ("critique", ["b"])


def drawn(kind: str, values: dict[str, Any]) -> AppTest:
    """A page that is the form of a kind over `values`, and keeps what is changed."""
    page = AppTest.from_function(form_page, default_timeout=20)
    page.session_state["config"] = CONFIGS[kind]
    page.session_state["choices"] = CHOICES
    page.session_state["values"] = values
    page.run()
    assert not page.exception
    return page


def form_page() -> None:
    """The script of that page; it runs apart and so imports what it uses."""
    import streamlit as st

    from grasp_ui.ui.forms import Form, changed_value, draw_form

    config, state = st.session_state["config"], st.session_state

    def changed(name: str) -> None:
        state["values"] = changed_value(config, state["values"], form, name)

    form = Form(key="form", choices=state["choices"], on_change=changed)
    state["answers"] = draw_form(config, state["values"], form)


def kept(page: AppTest) -> dict[str, Any]:
    """The values as the page has them now."""
    found: dict[str, Any] = page.session_state["values"]
    return found


def press(page: AppTest, key: str) -> None:
    page.button(key=key).click().run()
    assert not page.exception


def remove(page: AppTest, help_text: str) -> None:
    next(button for button in page.button if button.help == help_text).click().run()
    assert not page.exception


def write(page: AppTest, label: str, text: str) -> None:
    """Write into the cell called `label`; in a first row that is the name of its column."""
    wanted = {label, label.partition(" 1 of ")[0]}
    next(cell for cell in page.text_input if cell.label in wanted).set_value(text).run()
    assert not page.exception


def choose(page: AppTest, label: str, option: str) -> None:
    next(cell for cell in page.selectbox if cell.label == label).set_value(option).run()
    assert not page.exception


def cells(page: AppTest) -> list[str]:
    """What stands in the cells of all rows."""
    return [str(cell.value) for cell in page.text_input if is_cell(cell.key)]


def is_cell(key: str | None) -> bool:
    """Whether a widget is a cell: its key ends in row and column."""
    parts = (key or "").split(".")
    return len(parts) > 3 and parts[-1].isdigit() and parts[-2].isdigit()
