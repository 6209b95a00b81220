"""The models of Settings: each a card with its ping, its form, its key's place."""

from collections.abc import Mapping

import streamlit as st

from grasp_ui.model.problem import Problem
from grasp_ui.model.value import JsonObject
from grasp_ui.services import models
from grasp_ui.services.models import Ping
from grasp_ui.services.pricing import cost_in_words, price_in_words
from grasp_ui.services.settings import (
    ModelSettings,
    Settings,
    key_of,
    key_variable_of,
    where_is,
)
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.forms import Form, draw_form, problems_in
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.problems import problem_list
from grasp_ui.ui.shell import toast

PINGS = "settings.pings"
ELSEWHERE = frozenset(
    {
        "more_urls",
        "requests_per_minute",
        "tokens_per_minute",
        "hedge_after_seconds",
    }
)
RARE = ELSEWHERE | {"first_token_seconds", "patience_seconds"}
OF_BUILTIN = ELSEWHERE | {
    "kind",
    "url",
    "wire_name",
    "key_variable",
    "client",
    "prompt_usd",
    "completion_usd",
    "is_free",
}
FIRST = ("name", "url", "wire_name", "key_variable")
FIRST_OF_PROVIDER = ("wire_name", "name", "key_variable")
OF_ENDPOINT = frozenset({"kind", "gguf"})
OF_PROVIDER = OF_ENDPOINT | {"url", "more_urls", "is_free"}


def model_card(workspace: Workspace, model: ModelSettings) -> None:
    """One model: what it is, whether it answers, and how to change it."""
    with st.container(border=True):
        words, deeds = st.columns([2, 1], vertical_alignment="center")
        words.markdown(f"**{literal(model.name)}**  \n:small[{_described(model)}]")
        with deeds.container(horizontal=True, horizontal_alignment="right"):
            if pressed("Ping", key=f"settings.ping.{model.name}", icon=":material/network_ping:"):
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


def add_provider(workspace: Workspace) -> None:
    """A form for a provider's model: its name with the provider in front is enough."""
    with (
        st.popover("Add a provider's model", icon=":material/add:", key="settings.provider"),
        st.form("settings.provider.form", border=False),
    ):
        st.caption(
            "Of Anthropic, Google, Bedrock and some hundred others: name the provider and its "
            "model, like anthropic/claude-sonnet-4-5. Most prices are known, and the key is read "
            "from the provider's usual environment variable."
        )
        form = Form(key="settings.of", hidden=OF_PROVIDER, first=FIRST_OF_PROVIDER, later=RARE)
        said = draw_form(ModelSettings, {"kind": "endpoint"}, form)
        if st.form_submit_button("Add", key="settings.provider.save", type="primary"):
            own = str(said.get("wire_name") or "").rpartition("/")[2]
            _keep(workspace, {**said, "name": said.get("name") or own}, replaced=None)


def _ping(workspace: Workspace, name: str) -> None:
    with st.spinner("Asking …", show_time=True):
        st.session_state.setdefault(PINGS, {})[name] = models.ping(workspace, name)


def _edit_form(workspace: Workspace, model: ModelSettings) -> None:
    hidden = OF_BUILTIN if model.kind == "builtin" else OF_ENDPOINT
    with st.form(f"settings.form.{model.name}", border=False):
        form = Form(key=f"settings.model.{model.name}", hidden=hidden, later=RARE)
        said = draw_form(ModelSettings, model.model_dump(), form)
        if st.form_submit_button("Save", key=f"settings.save.{model.name}", type="primary"):
            _keep(workspace, said, replaced=model.name)
    if len(workspace.settings.models) > 1 and pressed(
        "Remove", key=f"settings.remove.{model.name}", icon=":material/delete:", type="tertiary"
    ):
        left = tuple(other for other in workspace.settings.models if other.name != model.name)
        _change(workspace, {"models": left}, f"{model.name} removed.")


def _keep(workspace: Workspace, said: JsonObject, *, replaced: str | None) -> None:
    """Keep a model as a form said it, or show what is wrong with it."""
    problems = [*problems_in(ModelSettings, said), *_taken(workspace.settings, said, replaced)]
    if not problems:
        problems += models.place_problems(ModelSettings.model_validate(said))
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
        return []
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
    place, price = literal(where_is(model)), literal(price_in_words(model))
    return f":gray[{place}{more}]  \n:small[:gray[{price} · {limits}] · {_key_state(model)}]"


def _quotas(model: ModelSettings) -> str:
    """The quotas a minute that are set."""
    named = ((model.requests_per_minute, "requests"), (model.tokens_per_minute, "tokens"))
    return "".join(f" · {quota:,} {name} a minute" for quota, name in named if quota)


def _key_state(model: ModelSettings) -> str:
    """Where the key comes from; never the key."""
    variable = key_variable_of(model)
    if not variable:
        return ":gray[no key]" if model.url else ":gray[credentials from this machine]"
    name = literal(variable)
    if key_of(model):
        return f":green[:material/key: key from {name}]"
    return f":red[:material/key_off: {name} is not set]"


def _show_ping(ping: Ping | None) -> None:
    if ping is None:
        return
    if ping.ok:
        said = literal(ping.text)
        cost = cost_in_words(ping.cost_usd)
        figures = literal(f"{ping.seconds:.2f} s{f' · {cost}' if cost else ''}")
        st.markdown(f":green[:material/check_circle: {figures}] :gray[“{said}”]")
    else:
        st.markdown(f":red[:material/error: {literal(ping.error)}]")
