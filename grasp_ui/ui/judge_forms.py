"""Stage two of a profile on a page: what passes, and who is asked what."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from grasp_ui.model.value import JsonObject
from grasp_ui.tagging.profile import PASSING, DescribeSetting, JudgeSetting, Profile
from grasp_ui.ui.checked_form import CheckedForm
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.rule_bench import Bench
from grasp_ui.ui.widgets import Choices

MEANINGS = {"rubric": "rubric", "models": "models", "model": "model"}


def stage_line(profile: Profile) -> None:
    """The stages in their order, and what goes on from each to the next."""
    cards = st.columns([4, 1, 4, 1, 3], vertical_alignment="center")
    stages = profile.stages
    rules = len(stages[0].does)
    with cards[0], st.container(border=True):
        st.markdown(f"**1 · Rules** :small[:gray[{rules} on]]  \nfast, free, on everything")
    _arrow(cards[1])
    with cards[2], st.container(border=True):
        asked = ", ".join(stages[1].does) if len(stages) > 1 else "no judge is asked"
        st.markdown(f"**2 · Judges** :small[:gray[{literal(PASSING[profile.only])}]]  \n{asked}")
    _arrow(cards[3])
    with cards[4], st.container(border=True):
        st.markdown("**Kept**  \nwhat neither rejects")


def judge_forms(bench: Bench, rubrics: tuple[str, ...]) -> None:
    """What judges see, each judge, and what else a model says."""
    _passing(bench)
    models = tuple(model.name for model in bench.workspace.settings.models)
    choices = Choices(models=models, rubrics=rubrics)
    for place, judge in enumerate(bench.draft.judges):
        _judge(bench, place, judge, choices)
    st.button("Add a judge", key="judging.add", icon=":material/add:", on_click=_add, args=(bench,))
    _describing(bench, choices)


def _passing(bench: Bench) -> None:
    options = list(PASSING)
    key = f"judging.{bench.name}.only"

    def passed() -> None:
        bench.set_draft(only=st.session_state[key])

    st.selectbox(
        "What judges see", options, index=options.index(bench.draft.only), key=key,
        format_func=lambda one: PASSING[one], on_change=passed,
    )  # fmt: skip


def _judge(bench: Bench, place: int, judge: JudgeSetting, choices: Choices) -> None:
    key = f"judging.{bench.name}.{place}.{len(bench.draft.judges)}"

    def put(said: JsonObject) -> None:
        _set_judge(bench, place, said)

    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{literal(judge.rubric)}**", width="stretch")
            st.button(
                "", key=f"{key}.remove", icon=":material/delete:", type="tertiary",
                help="Remove this judge", on_click=_remove, args=(bench, place),
            )  # fmt: skip
        form = CheckedForm(JudgeSetting, key, put, choices, MEANINGS)
        form.draw(judge.model_dump(mode="json"))


def _describing(bench: Bench, choices: Choices) -> None:
    def put(said: JsonObject) -> None:
        bench.set_draft(describe=DescribeSetting.model_validate(said))

    with st.expander("Describe conversations too", icon=":material/label:"):
        st.caption("Category, instruction tags, difficulty, intent: nothing of it drops any.")
        key = f"judging.{bench.name}.describe"
        form = CheckedForm(DescribeSetting, key, put, choices, MEANINGS)
        form.draw(bench.draft.describe.model_dump(mode="json"))


def _arrow(column: DeltaGenerator) -> None:
    column.markdown(":gray[:material/arrow_forward:]", width="stretch", text_alignment="center")


def _add(bench: Bench) -> None:
    bench.set_draft(judges=(*bench.draft.judges, JudgeSetting(rubric="response_quality")))


def _remove(bench: Bench, place: int) -> None:
    judges = bench.draft.judges
    bench.set_draft(judges=(*judges[:place], *judges[place + 1 :]))


def _set_judge(bench: Bench, place: int, said: Mapping[str, Any]) -> None:
    judges = list(bench.draft.judges)
    judges[place] = JudgeSetting.model_validate(said)
    bench.set_draft(judges=tuple(judges))
