"""The models of Settings: each a card with its ping, its form, its key's place."""

from collections.abc import Mapping

import streamlit as st

from grasp_ui.model.problem import Problem
from grasp_ui.model.value import JsonObject
from grasp_ui.services import models
from grasp_ui.services.models import Ping
from grasp_ui.services.settings import ModelSettings, Settings, key_of
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.forms import Form, draw_form, problems_in
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.problems import problem_list
from grasp_ui.ui.shell import toast

PINGS = "settings.pings"
ELSEWHERE = frozenset({"more_urls", "requests_per_minute", "tokens_per_minute",
                       "hedge_after_seconds"})  # fmt: skip
RARE = ELSEWHERE | {"first_token_seconds", "patience_seconds"}
OF_BUILTIN = ELSEWHERE | {"kind", "url", "wire_name", "key_variable"}
FIRST = ("name", "url", "wire_name", "key_variable")
OF_ENDPOINT = frozenset({"kind", "gguf"})


def model_card(workspace: Workspace, model: ModelSettings) -> None:
    """One model: what it is, whether it answers, and how to change it."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{literal(model.name)}**  \n:small[{_described(model)}]", width="stretch"
            )
            if st.button("Ping", key=f"settings.ping.{model.name}", icon=":material/network_ping:"):
                _ping(workspace, model.name)
            with st.popover("Edit", icon=":material/edit:", key=f"settings.edit.{model.name}"):
                _edit_form(workspace, model)
        _show_ping(st.session_state.get(PINGS, {}).get(model.name))


def add_endpoint(workspace: Workspace) -> None:
    """A form for another model: any endpoint that speaks the OpenAI API."""
    with (
        st.popover("Add an endpoint", icon=":material/add:", type="primary"),
        st.form("settings.add", border=False),
    ):
        form = Form(key="settings.new", hidden=OF_ENDPOINT, first=FIRST)
        said = draw_form(ModelSettings, {"kind": "endpoint"}, form)
        if st.form_submit_button("Add", key="settings.add.save", type="primary"):
            _keep(workspace, said, replaced=None)


def _ping(workspace: Workspace, name: str) -> None:
    with st.spinner("Asking …"):
        st.session_state.setdefault(PINGS, {})[name] = models.ping(workspace, name)


def _edit_form(workspace: Workspace, model: ModelSettings) -> None:
    hidden = OF_BUILTIN if model.kind == "builtin" else OF_ENDPOINT
    with st.form(f"settings.form.{model.name}", border=False):
        form = Form(key=f"settings.model.{model.name}", hidden=hidden, later=RARE)
        said = draw_form(ModelSettings, model.model_dump(), form)
        if st.form_submit_button("Save", key=f"settings.save.{model.name}", type="primary"):
            _keep(workspace, said, replaced=model.name)
    if len(workspace.settings.models) > 1 and st.button(
        "Remove", key=f"settings.remove.{model.name}", icon=":material/delete:", type="tertiary"
    ):
        left = tuple(other for other in workspace.settings.models if other.name != model.name)
        _change(workspace, {"models": left}, f"{model.name} removed.")


def _keep(workspace: Workspace, said: JsonObject, *, replaced: str | None) -> None:
    """Keep a model as a form said it, or show what is wrong with it."""
    problems = [*problems_in(ModelSettings, said), *_taken(workspace.settings, said, replaced)]
    if problems:
        problem_list(problems, key="settings.problems")
        return
    model = ModelSettings.model_validate(said)
    known = workspace.settings.models
    if replaced is None:
        changed = (*known, model)
    else:
        changed = tuple(model if other.name == replaced else other for other in known)
    _change(workspace, {"models": changed}, f"{model.name} kept.")


def _taken(settings: Settings, said: JsonObject, replaced: str | None) -> list[Problem]:
    name = said.get("name")
    if name == replaced or settings.model(str(name)) is None:
        needs_url = said.get("kind") == "endpoint" and not said.get("url")
        fix = "Give the address as far as /v1."
        return [Problem(field="url", what="There is no address.", fix=fix)] if needs_url else []
    what = f"There is a model named '{name}' already."
    return [Problem(field="name", what=what, fix="Choose another name.")]


def _change(workspace: Workspace, update: Mapping[str, object], said: str) -> None:
    workspace.change_settings(workspace.settings.model_copy(update=dict(update)))
    toast(said)
    st.rerun()


def _described(model: ModelSettings) -> str:
    limits = f"{model.calls_at_once} calls at once{_quotas(model)}"
    if model.kind == "builtin":
        return f":gray[built-in demo model: real, tiny, on this machine · {limits}]"
    more = f" and {len(model.more_urls)} more" if model.more_urls else ""
    return f":gray[{literal(model.url)}{more} · {limits}] · {_key_state(model)}"


def _quotas(model: ModelSettings) -> str:
    """The quotas a minute that are set."""
    named = ((model.requests_per_minute, "requests"), (model.tokens_per_minute, "tokens"))
    return "".join(f" · {quota:,} {name} a minute" for quota, name in named if quota)


def _key_state(model: ModelSettings) -> str:
    """Where the key comes from; never the key."""
    if not model.key_variable:
        return ":gray[no key]"
    name = literal(model.key_variable)
    if key_of(model):
        return f":green[:material/key: key from {name}]"
    return f":red[:material/key_off: {name} is not set in the environment]"


def _show_ping(ping: Ping | None) -> None:
    if ping is None:
        return
    if ping.ok:
        said = literal(ping.text)
        st.markdown(f":green[:material/check_circle: {ping.seconds:.2f} s] :gray[“{said}”]")
    else:
        st.markdown(f":red[:material/error: {literal(ping.error)}]")
