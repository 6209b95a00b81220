"""A rubric tried live on a few conversations."""

from collections.abc import Sequence

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.judging.ask import Method
from grasp_ui.model.rubric import Rubric
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.services import review
from grasp_ui.services.rubric_trial import Tried, try_rubric
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.money import dollars
from grasp_ui.ui.neutral import literal, one_line
from grasp_ui.ui.press import pressed
from grasp_ui.ui.shell import failed_state

TRIED = 5
RESULT = "rubric.tried"
BEFORE = "rubric.tried.before"
METHODS: dict[Method, str] = {
    "schema": "A score for each dimension",
    "expected_score": "Expected score (one token)",
    "p_yes": "P(yes) (one token)",
}


def trial_panel(workspace: Workspace, rubric: Rubric | None) -> None:
    """Put the draft to a model on five conversations, and show what it says."""
    st.markdown("#### Try it", anchors=False)
    found = review.find(workspace, Selection(order="newest"), limit=TRIED).rows
    if not found:
        st.caption("There are no conversations to try it on yet: run a graph or import a file.")
        return
    models = [model.name for model in workspace.settings.models]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        model = st.selectbox("Model", models, key="rubric.model", width=200)
        method = st.selectbox(
            "Method", list(METHODS), key="rubric.method", width=250,
            format_func=lambda name: METHODS[name],
        )  # fmt: skip
        asked = pressed(
            f"Try on {len(found)} conversations", key="rubric.try", type="primary",
            icon=":material/play_arrow:", disabled=rubric is None or not models,
        )  # fmt: skip
    st.caption("The newest conversations. Nothing of it is kept; calls cost what they cost.")
    if asked and rubric is not None:
        with st.spinner(f"Asking {model} …", show_time=True):
            _try(workspace, rubric, method, model, found)
    _show(found)


def _try(
    workspace: Workspace,
    rubric: Rubric,
    method: Method,
    model: str,
    found: Sequence[TaggedConversation],
) -> None:
    names = [one.conversation.id for one in found]
    st.session_state[BEFORE] = values_of(st.session_state.get(RESULT), rubric.title)
    try:
        tried = try_rubric(workspace, rubric, method, model, names)
    except GraspError as error:
        st.session_state[RESULT] = str(error)
    else:
        st.session_state[RESULT] = (f"{rubric.title}@{rubric.version}", tried)


def _show(found: Sequence[TaggedConversation]) -> None:
    result = st.session_state.get(RESULT)
    if isinstance(result, str):
        failed_state(result, title="The judge could not be asked", key="rubric-try")
    elif result is not None:
        title, tried = result
        st.markdown(f":small[:gray[{literal(title)} · {_spent(tried)}]]")
        texts = {one.conversation.id: one for one in found}
        before = st.session_state.get(BEFORE, {})
        for one in tried:
            _card(one, texts.get(one.conversation_id), before.get(one.conversation_id))


def values_of(result: tuple[str, Sequence[Tried]] | str | None, title: str) -> dict[str, float]:
    """What a trial of the rubric called `title` said of each conversation."""
    if not isinstance(result, tuple) or result[0].rpartition("@")[0] != title:
        return {}
    return {
        one.conversation_id: one.examined.judgement.value
        for one in result[1]
        if one.examined is not None and one.examined.judgement is not None
    }


def _card(tried: Tried, tagged: TaggedConversation | None, before: float | None) -> None:
    thread = tagged.conversation.active_thread() if tagged else None
    with st.container(border=True, gap="small"):
        if thread is not None:
            st.markdown(f":small[{literal(one_line(thread.messages[-1].content, 240))}]")
        if tried.examined is None:
            st.markdown(f":red[:material/error: not judged:] {literal(tried.failure)}")
        elif tried.examined.judgement is None:
            st.markdown(
                f":orange[:material/help: unparsed:] {literal(tried.examined.wrong)}  \n"
                f":small[:gray[{literal(one_line(tried.examined.said, 200))}]]"
            )
        else:
            judgement = tried.examined.judgement
            was = "" if before in (None, judgement.value) else f", in the trial before {before:g}"
            told = f"score {judgement.score:.2f}{was}"
            st.markdown(f"**{judgement.value:g}** :small[:gray[{told}]]")
            for name, part in judgement.evidence.get("dimensions", {}).items():
                st.markdown(_dimension(name, part))


def _dimension(name: str, part: dict[str, object]) -> str:
    score, reason = part.get("score"), one_line(str(part.get("reason") or ""), 200)
    return f":small[**{literal(name)}** {'n/a' if score is None else score} · {literal(reason)}]"


def _spent(tried: Sequence[Tried]) -> str:
    """What the calls used, in a few words."""
    tokens = sum(one.tokens for one in tried)
    costs = [one.cost_usd for one in tried if one.cost_usd is not None]
    return f"{tokens:,} tokens, {dollars(sum(costs)) if costs else 'price not known'}"
