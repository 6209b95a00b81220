"""A form whose values are taken over only while they fit together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st
from pydantic import BaseModel

from grasp_ui.model.value import JsonObject
from grasp_ui.ui.forms import Form, changed_value, draw_form, problems_in
from grasp_ui.ui.widgets import Choices


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """A config's form; `put` hears of values that the config takes.

    Others stay in the fields with the problem beside them, and nothing else changes.
    """

    config: type[BaseModel]
    key: str
    put: Callable[[JsonObject], None]
    choices: Choices = field(default_factory=Choices)
    meanings: Mapping[str, str] = field(default_factory=dict)

    def draw(self, kept: Mapping[str, Any]) -> None:
        """The fields, filled with what is kept or with what does not fit yet."""
        wrong = f"{self.key}.wrong"
        said = st.session_state.get(wrong, kept)
        form = Form(key=self.key, choices=self.choices, meanings=self.meanings)

        def changed(name: str) -> None:
            now = changed_value(self.config, said, form, name)
            if now == said:  # what was drawn may not be what is kept any more
                return
            if problems_in(self.config, now):
                st.session_state[wrong] = now
            else:
                st.session_state.pop(wrong, None)
                self.put(now)

        problems = problems_in(self.config, said)
        draw_form(self.config, said, replace(form, problems=problems, on_change=changed))
