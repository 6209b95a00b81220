"""What belongs to the graph as a whole: words, models, what is kept, tagging."""

from collections.abc import Mapping
from typing import Annotated, Any

import streamlit as st
from pydantic import BaseModel, Field

from grasp_ui.engine.call_settings import AliasSettings
from grasp_ui.engine.output import OutputSettings
from grasp_ui.model.fields import Passage, PromptText
from grasp_ui.model.problem import Problem
from grasp_ui.model.value import JsonObject
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.forms import Form, changed_value, draw_form
from grasp_ui.ui.graph_steps import change_graph, step_buttons
from grasp_ui.ui.inspector import seeds_form
from grasp_ui.ui.model_words import words_of_models
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.prompts.scopes import scope_of_graph
from grasp_ui.ui.widgets import Choices

HEADING = ("title", "notes", "system")


class Heading(BaseModel):
    """The words at the top of a graph file."""

    title: Annotated[str, Field(title="Title")] = ""
    notes: Annotated[
        Passage, Field(title="Notes", description="For people: what the graph is for.")
    ] = ""
    system: Annotated[
        PromptText,
        Field(title="System message", description="Begins every conversation, and is exported."),
    ] = ""


def graph_form(desk: Desk) -> None:
    """Everything of the graph that is no node and no arrow."""
    step_buttons(desk, key="design.graph")
    with st.container(border=False):
        _heading(desk)
    with st.expander("Seeds", icon=":material/table_rows:"):
        seeds_form(desk)
    with st.expander("Models", icon=":material/memory:"):
        _aliases(desk)
    with st.expander("Output", icon=":material/output:"):
        _output(desk)


def _heading(desk: Desk) -> None:
    def changed(name: str) -> None:
        said = changed_value(Heading, _heading_of(desk), form, name)
        change_graph(desk, desk.spec.model_copy(update={name: said.get(name, "")}))

    form = Form(
        key=f"design.{desk.graph_id}.heading",
        choices=Choices(scope=scope_of_graph(desk)),
        problems=_at(desk, *HEADING),
        on_change=changed,
    )
    draw_form(Heading, _heading_of(desk), form)


def _heading_of(desk: Desk) -> JsonObject:
    return {name: getattr(desk.spec, name) for name in HEADING}


def _aliases(desk: Desk) -> None:
    st.caption("Nodes call models by alias; each alias names a model of Settings.")
    for alias, keys in desk.spec.models.items():
        st.markdown(f"**{literal(alias)}**")
        _alias(desk, alias, keys)
    st.text_input(
        "Add an alias", key=f"design.{desk.graph_id}.alias", placeholder="writer",
        on_change=_add_alias, args=(desk, f"design.{desk.graph_id}.alias"),
    )  # fmt: skip


def _alias(desk: Desk, alias: str, keys: Mapping[str, Any]) -> None:
    names = tuple(model.name for model in desk.workspace.settings.models)

    def changed(name: str) -> None:
        if alias not in desk.spec.models:  # undone while its form was still on screen
            return
        said = changed_value(AliasSettings, desk.spec.models[alias], form, name)
        _set_models(desk, {**desk.spec.models, alias: said})

    form = Form(
        key=f"design.{desk.graph_id}.models.{alias}",
        choices=Choices(models=names, words=words_of_models(desk.workspace.settings)),
        meanings={"model": "model"},
        problems=_below(desk, f"models.{alias}"),
        on_change=changed,
        first=("model", "temperature", "max_tokens"),
    )
    draw_form(AliasSettings, keys, form)
    st.button(
        f"Remove {alias}", key=f"{form.key}.remove", icon=":material/delete:", type="tertiary",
        on_click=_remove_alias, args=(desk, alias),
    )  # fmt: skip


def _output(desk: Desk) -> None:
    def changed(name: str) -> None:
        said = changed_value(OutputSettings, desk.spec.output, form, name)
        change_graph(desk, desk.spec.model_copy(update={"output": said}))

    form = Form(
        key=f"design.{desk.graph_id}.output", problems=_below(desk, "output"), on_change=changed
    )
    draw_form(OutputSettings, desk.spec.output, form)


def _add_alias(desk: Desk, key: str) -> None:
    name = st.session_state[key].strip()
    st.session_state[key] = ""
    if name and name not in desk.spec.models:
        first = next((model.name for model in desk.workspace.settings.models), "")
        _set_models(desk, {**desk.spec.models, name: {"model": first}})


def _remove_alias(desk: Desk, alias: str) -> None:
    _set_models(desk, {name: keys for name, keys in desk.spec.models.items() if name != alias})


def _set_models(desk: Desk, models: Mapping[str, Any]) -> None:
    change_graph(desk, desk.spec.model_copy(update={"models": dict(models)}))


def _at(desk: Desk, *names: str) -> list[Problem]:
    return [p for p in desk.problems if p.node is None and p.edge is None and p.field in names]


def _below(desk: Desk, place: str) -> list[Problem]:
    """The problems below `place`, with what remains of their path."""
    return [
        problem.model_copy(update={"field": problem.field.removeprefix(place).lstrip(".") or None})
        for problem in desk.problems
        if problem.node is None and problem.field is not None
        and (problem.field == place or problem.field.startswith(f"{place}."))
    ]  # fmt: skip
