"""A form shows any values and gives back what a person left."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field
from streamlit.testing.v1 import AppTest

from grasp_ui.model.fields import Lines, ModelAlias, PromptText, WeightedOptions
from grasp_ui.model.value import JsonObject
from grasp_ui.ui.form_fields import fields_of
from grasp_ui.ui.forms import problems_in
from tests.ui.prompt_fields import shown, write


class Example(BaseModel):
    """One field of each kind."""

    prompt: Annotated[PromptText, Field(title="Prompt")] = ""
    model: ModelAlias = ""
    options: WeightedOptions = Field(default_factory=dict)
    stop: Lines = ()
    role: Literal["user", "assistant"] = "user"
    draws: Annotated[int, Field(ge=1, le=9)] = 1
    temperature: float | None = None
    loud: bool = False
    shape: dict[str, object] = Field(default_factory=dict)


def test_fields_know_their_meaning_or_else_their_type() -> None:
    meanings = [item.meaning for item in fields_of(Example)]
    assert meanings == [
        "prompt", "model", "options", "lines", "choice", "whole", "number", "switch", "json",
    ]  # fmt: skip


def test_an_untouched_form_gives_back_what_was_written() -> None:
    written: JsonObject = {
        "prompt": "Say {x}.", "options": {"a": 1, "b: c": 2.5}, "stop": ["\n", "\\n"],
        "draws": 3, "temperature": 0.5, "shape": {"type": "object"}, "unknown": 1,
    }  # fmt: skip
    assert answers(drawn(written)) == written


def test_a_changed_field_is_in_the_answers() -> None:
    page = drawn({})
    write(page, "form.prompt", "Hello")
    assert answers(page) == {"prompt": "Hello"}


def test_a_field_put_back_to_its_default_is_left_out() -> None:
    page = drawn({"draws": 4})
    page.number_input(key="form.draws").set_value(1).run()
    assert answers(page) == {}


def test_a_value_of_the_wrong_type_is_shown_as_text_with_its_problem() -> None:
    page = drawn({"draws": "lots"})
    assert page.text_area(key="form.draws~").value == "lots"
    assert any("valid integer" in line.value for line in page.markdown)


def test_a_model_that_is_not_known_is_kept() -> None:
    assert answers(drawn({"model": "gone"})) == {"model": "gone"}


def test_options_read_a_weight_after_the_last_colon() -> None:
    page = drawn({})
    page.text_area(key="form.options").set_value("calm: 3\nangry\nat 10:30: 2").run()
    assert answers(page)["options"] == {"calm": 3, "angry": 1, "at 10:30": 2}


def test_a_form_follows_a_value_that_was_changed_elsewhere() -> None:
    page = drawn({"prompt": "old"})
    page.session_state["values"] = {"prompt": "new"}
    assert shown(page.run(), "form.prompt")["text"] == "new"


def test_json_that_does_not_parse_is_kept_as_text() -> None:
    page = drawn({})
    page.text_area(key="form.shape").set_value("{broken").run()
    assert answers(page) == {"shape": "{broken"}


def test_each_error_of_a_config_is_a_problem_at_its_field() -> None:
    found = problems_in(Example, {"draws": 0, "role": "robot"})
    assert [problem.field for problem in found] == ["role", "draws"]


@pytest.mark.parametrize("name", ["prompt", "model", "options", "stop", "role", "draws"])
def test_every_field_is_drawn_once(name: str) -> None:
    assert f"form.{name}" in drawn({}).session_state


def drawn(values: JsonObject) -> AppTest:
    """A page that is one form over `values`."""
    page = AppTest.from_function(form_page, default_timeout=20)
    page.session_state["values"] = values
    page.run()
    assert not page.exception
    return page


def answers(page: AppTest) -> JsonObject:
    """What the form gave back last."""
    found: JsonObject = page.session_state["answers"]
    return found


def form_page() -> None:
    """The script of that page; it runs apart and so imports what it uses."""
    import streamlit as st

    from grasp_ui.ui.forms import Form, draw_form, problems_in
    from grasp_ui.ui.widgets import Choices
    from tests.ui.test_forms import Example

    values = st.session_state["values"]
    form = Form(
        key="form", choices=Choices(models=("writer",)), problems=problems_in(Example, values)
    )
    st.session_state["answers"] = draw_form(Example, values, form)


def test_a_union_of_choices_is_one_choice() -> None:
    class Asked(BaseModel):
        method: Literal["a", "b"] | Literal["c"] = "a"

    (item,) = fields_of(Asked)
    assert (item.meaning, item.options) == ("choice", ("a", "b", "c"))
