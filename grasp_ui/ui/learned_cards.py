"""The learned models on the Calibration page: cards, train, on and off."""

import pandas as pd
import streamlit as st

from grasp_ui.services import learned
from grasp_ui.services.learned import Learned, What
from grasp_ui.services.workspace import Workspace
from grasp_ui.tagging.learned import Card, LearnedModel
from grasp_ui.tagging.training import FEWEST_LABELS, FEWEST_OF_A_KIND
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.shell import empty_state, toast

REFUSED = "calibration.refused"
WEIGHTS = 8


def learned_models(workspace: Workspace) -> None:
    """What was learned from people here, and what can be done with it."""
    kept = learned.read_learned(workspace)
    st.caption(
        "A small model that learns from what people said here: what rules found, how the text "
        "looks, how near it is to its prompt and to the other answers. Its tags are called "
        "quality and reject. They never take back what a rule or a person rejects, and drop "
        "nothing."
    )
    _deeds(workspace, kept)
    for what, reason in st.session_state.get(REFUSED, {}).items():
        st.info(f"{_title(what)}: {reason}", icon=":material/info:")
    if not kept.models:
        empty_state(
            "Nothing was learned yet",
            action=f"It takes {FEWEST_LABELS} labels, {FEWEST_OF_A_KIND} of either kind: keep or "
            "reject conversations on the Review page, or import people's labels. Then train.",
            page="review",
            icon="model_training",
        )
    for model in kept.models:
        _card(model)


def _deeds(workspace: Workspace, kept: Learned) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if pressed("Train", key="calibration.train", icon=":material/model_training:"):
            _train(workspace)
        if kept.is_on:
            _switched_on(workspace)
        elif kept.models and pressed(
            "Switch on", key="calibration.on", type="primary", icon=":material/toggle_on:",
            help="Tags everything that is stored; nothing is dropped by it.",
        ):  # fmt: skip
            _tell(learned.switch_on(workspace, _progress()), "The models are on")


def _switched_on(workspace: Workspace) -> None:
    st.markdown(":green-badge[:material/toggle_on: on]", width="content")
    if pressed(
        "Tag what is new", key="calibration.tag", icon=":material/sell:",
        help="Runs and imports are tagged at their end. This is for what was stored before.",
    ):  # fmt: skip
        _tell(learned.tag_everything(workspace, _progress()), "Tagged")
    if pressed("Switch off", key="calibration.off", icon=":material/toggle_off:"):
        _tell(learned.switch_off(workspace, _progress()), "The models are off")


def _train(workspace: Workspace) -> None:
    with st.spinner("Learning from what people said …"):
        found = learned.train_on_people(workspace)
    st.session_state[REFUSED] = {w: why for w, why in found.refused.items() if found.labels[w]}
    toast(f"{len(found.models)} models trained.", good=bool(found.models))
    st.rerun()


def _progress() -> learned.Progress:
    bar = st.progress(0.0, "Reading conversations …")

    def show(done: int, total: int) -> None:
        if done % 50 == 0 or done == total:
            bar.progress(done / max(total, 1), f"{done:,} of {total:,} conversations")

    return show


def _tell(tags: int, what: str) -> None:
    toast(f"{what}: {tags:,} tags were added.")
    st.rerun()


def _card(model: LearnedModel) -> None:
    with st.container(border=True):
        st.markdown(f"#### {_title((model.aim, model.kind))} :gray-badge[version {model.version}]")
        if not model.card.is_better_than_chance:
            st.warning(
                "It is no better than chance on what it had not seen, so it tags nothing. More "
                "labels may help.",
                icon=":material/casino:",
            )
        if not learned.are_rules_as_trained(model):
            st.warning("The rules have changed since: train it again.", icon=":material/update:")
        left, right = st.columns([3, 2], gap="large")
        with left:
            _measures(model.card)
            st.markdown(f":small[:gray[{literal(model.card.not_for)}]]")
        with right:
            st.markdown("###### What weighs most")
            st.dataframe(
                weight_rows(model), hide_index=True, height="content",
                key=f"calibration.weights.{model.aim}.{model.kind}",
                column_config={"Weight": st.column_config.TextColumn(alignment="right")},
            )  # fmt: skip


def weight_rows(model: LearnedModel) -> pd.DataFrame:
    """The heaviest weights of a model: log-odds for one standard deviation."""
    weights = zip(model.features, model.weights, strict=True)
    heaviest = sorted(weights, key=lambda pair: -abs(pair[1]))[:WEIGHTS]
    return pd.DataFrame(
        [(name, f"{weight:+.2f}") for name, weight in heaviest], columns=["Feature", "Weight"]
    )


def _measures(card: Card) -> None:
    auc = "–" if card.auc is None else f"{card.auc:.2f}"
    span = "" if card.auc_low is None else f"{card.auc_low:.2f} to {card.auc_high:.2f}"
    with st.container(horizontal=True, gap="large"):
        st.metric("AUC, on what it had not seen", auc, width="content")
        st.metric("Labels", f"{card.labels:,}", width="content")
        st.metric("Of the rarer kind", f"{card.rarer:,}", width="content")
    error = "–" if card.calibration_error is None else f"{card.calibration_error:.3f}"
    length = "–" if card.auc_of_length is None else f"{card.auc_of_length:.2f}"
    st.markdown(
        f"95 % interval {span or '–'} · length alone {length} · ECE before calibration {error} · "
        f"{card.features} features · {card.groups:,} conversations · penalty 1/{card.penalty:g}"
    )


def _title(what: What) -> str:
    aim, kind = what
    of = "an answer" if kind == "message" else "a conversation"
    words = {"quality": "How good people find", "reject": "Whether people reject"}
    return f"{words[aim]} {of}"
