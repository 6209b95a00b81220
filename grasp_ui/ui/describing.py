"""Describe-to-graph: write a sentence, look at the draft, accept or reject it."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.model.graph import GraphSpec
from grasp_ui.services import graphs
from grasp_ui.services.drafting import Draft, Round, draft_graph, drafting_models
from grasp_ui.services.pricing import cost_in_words, price_in_words
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui import theme
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.draft_picture import draft_picture
from grasp_ui.ui.neutral import literal, one_line
from grasp_ui.ui.press import pressed
from grasp_ui.ui.problems import problem_list, summary
from grasp_ui.ui.session import go_to
from grasp_ui.ui.shell import failed_state, toast

EXAMPLE = (
    "A customer in some mood asks a shop about a late parcel. The assistant answers twice, a judge "
    "compares the answers, and the pairs become preference data."
)
NOT_OFFERED = "The built-in model is too small to draft graphs and is not offered here."
NO_MODEL = (
    "No model here can draft a graph: the built-in one is too small for it. Name an endpoint or a "
    "provider's model in Settings."
)
PICTURE_HEIGHT = 190
"""Pixels."""
TITLE = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a draft is asked for: the graph on the desk, or none for a new one."""

    workspace: Workspace
    desk: Desk | None = None

    @property
    def key(self) -> str:
        """The beginning of the keys of its widgets and of what it remembers."""
        return f"describe.{self.desk.graph_id if self.desk else 'new'}"

    @property
    def folder(self) -> Path | None:
        """The folder of the graph; None for a new one of one's own."""
        return self.desk.folder if self.desk else None

    @property
    def draft(self) -> Draft | None:
        """The draft that waits for an answer."""
        draft: Draft | None = st.session_state.get(f"{self.key}.draft")
        return draft

    def open(self) -> None:
        """Show the dialog, and go on showing it."""
        st.session_state[f"{self.key}.is_open"] = True

    def shut(self) -> None:
        """Close the dialog; a draft in it waits."""
        st.session_state.pop(f"{self.key}.is_open", None)

    def forget(self) -> None:
        """Let go of the draft; the sentence stays to be written anew."""
        st.session_state.pop(f"{self.key}.draft", None)


def describe_button(sheet: Sheet) -> None:
    """The way to the dialog; says so where a draft waits in it."""
    label = "Draft waits" if sheet.draft else "Describe"
    tip = "Say in a sentence what the graph should do; a model drafts it."
    st.button(
        label, key=f"{sheet.key}.button", icon=":material/auto_awesome:", help=tip,
        on_click=sheet.open,
    )  # fmt: skip
    if st.session_state.get(f"{sheet.key}.is_open"):
        shown = st.dialog(
            "Describe a graph", width="large", icon=":material/auto_awesome:", on_dismiss=sheet.shut
        )
        shown(describe)(sheet)


def take_back_button(desk: Desk) -> None:
    """The way back, as long as an accepted draft is on the desk as it came."""
    before, versions = st.session_state.get(f"describe.{desk.graph_id}.before", (None, ()))
    if before is not None and desk.spec.version in versions:
        st.button(
            "Take the draft back", key="describe.back", icon=":material/undo:", type="tertiary",
            on_click=_take_back, args=(desk, before),
        )  # fmt: skip


def describe(sheet: Sheet) -> None:
    """Ask for a draft, or show the one that waits."""
    if sheet.draft is not None:
        _proposal(sheet, sheet.draft)
    elif not drafting_models(sheet.workspace.settings):
        st.markdown(NO_MODEL)
        if pressed("Open Settings", key=f"{sheet.key}.settings", icon=":material/settings:"):
            go_to("settings")
    else:
        _question(sheet)


def _question(sheet: Sheet) -> None:
    settings = sheet.workspace.settings
    models = {model.name: model for model in drafting_models(settings)}
    kept = st.session_state.get(f"{sheet.key}.said", "")
    with st.form(f"{sheet.key}.form", border=False):
        sentence = st.text_area(
            "What should the graph do?", value=kept, key=f"{sheet.key}.sentence",
            placeholder=EXAMPLE, height=120,
        )  # fmt: skip
        name = st.selectbox(
            "Model", list(models), key=f"{sheet.key}.model",
            format_func=lambda name: f"{name} · {price_in_words(models[name])}",
        )  # fmt: skip
        st.caption(f"Three calls at most, some 6,000 tokens each. {NOT_OFFERED}")
        if st.form_submit_button("Draft", type="primary", icon=":material/auto_awesome:"):
            st.session_state[f"{sheet.key}.said"] = sentence
            _ask(sheet, sentence, name)


def _ask(sheet: Sheet, sentence: str, name: str) -> None:
    try:
        with st.status(f"Asking {name} …", expanded=True) as state:

            def heard(one: Round) -> None:
                state.write(_round_in_words(one))

            draft = draft_graph(
                sheet.workspace, sentence, name, folder=sheet.folder, on_round=heard
            )
    except GraspError as error:
        failed_state(str(error), title="There is no draft", key="draft")
        return
    st.session_state[f"{sheet.key}.draft"] = draft
    st.rerun()


def _proposal(sheet: Sheet, draft: Draft) -> None:
    st.caption(literal(f"“{one_line(draft.sentence, 300)}”"))
    if draft.spec is None:
        failed_state("\n".join(map(str, draft.problems)), title="No graph came of it", key="draft")
    else:
        _drawn(draft.spec, draft)
    st.caption(_spent(draft))
    with st.expander("What the model said", icon=":material/forum:"):
        for one in draft.rounds:
            st.markdown(f"**{_round_in_words(one)}**")
            st.code(one.answer, language=None, wrap_lines=True, height=200)
    _answers(sheet, draft)


def _drawn(spec: GraphSpec, draft: Draft) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        title = literal(one_line(spec.title, TITLE) or "Untitled")
        st.markdown(f"## {title}", width="content", anchors=False)
        st.markdown(f"{summary(draft.problems)} :gray-badge[{len(spec.nodes)} nodes]")
    if spec.notes.strip():
        st.markdown(f":gray[{literal(one_line(spec.notes, 300))}]")
    # The picture comes a moment later: its place is kept, so that no button moves away by then.
    with st.container(
        height=PICTURE_HEIGHT, horizontal_alignment="center", vertical_alignment="center"
    ):
        st.graphviz_chart(draft_picture(spec, theme.ground()), width="content")
    problem_list(draft.problems, key=f"describe.problems.{draft.best.number}")


def _answers(sheet: Sheet, draft: Draft) -> None:
    with st.container(horizontal=True, horizontal_alignment="right"):
        if pressed("Reject", key=f"{sheet.key}.reject", icon=":material/close:"):
            sheet.forget()
            st.rerun()
        if draft.spec is not None and pressed(
            "Accept", key=f"{sheet.key}.accept", type="primary", icon=":material/check:"
        ):
            _accept(sheet, draft.spec)


def _accept(sheet: Sheet, spec: GraphSpec) -> None:
    """Put the draft on the desk in one step, or into a new graph of one's own."""
    sheet.forget()
    sheet.shut()
    st.session_state.pop(f"{sheet.key}.said", None)
    if sheet.desk is None:
        titled = spec.model_copy(update={"title": spec.title.strip() or "Described graph"})
        graph_id = graphs.new_graph(sheet.workspace, titled.title)
        graphs.save_graph(sheet.workspace, graph_id, titled)
        go_to("design", graph=graph_id)
        return
    before = sheet.desk.spec
    # The canvas undoes nodes and arrows alone; the rest is still to be taken back then.
    undone = spec.model_copy(update={"nodes": before.nodes, "edges": before.edges})
    st.session_state[f"{sheet.key}.before"] = (before, (spec.version, undone.version))
    sheet.desk.change(spec)
    toast("The draft is on the canvas.")
    st.rerun()


def _take_back(desk: Desk, before: GraphSpec) -> None:
    st.session_state.pop(f"describe.{desk.graph_id}.before", None)
    desk.change(before)


def _spent(draft: Draft) -> str:
    rounds = "one round" if len(draft.rounds) == 1 else f"{len(draft.rounds)} rounds"
    cost = cost_in_words(draft.cost_usd) or "price not known"
    failure = f" · {literal(draft.failure)}" if draft.failure else ""
    said = f"{literal(draft.model)}: {rounds}, {draft.tokens:,} tokens, {cost}"
    return f"{said.replace('$', chr(92) + '$')}{failure}"


def _round_in_words(one: Round) -> str:
    if one.spec is None:
        return f"Round {one.number}: no graph in the answer"
    mend = f"{one.errors} to mend" if one.errors else "nothing to mend"
    return f"Round {one.number}: {len(one.spec.nodes)} nodes, {mend}"
