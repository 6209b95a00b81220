"""Problems as a list whose rows say what is wrong, where, and how to mend it."""

from collections.abc import Callable, Sequence

import streamlit as st

from grasp_ui.model.problem import Problem
from grasp_ui.ui.neutral import literal


def problem_list(
    problems: Sequence[Problem], *, key: str, on_jump: Callable[[Problem], None] | None = None
) -> None:
    """All `problems`, one a row; with `on_jump` a button leads to the node or arrow."""
    for number, problem in enumerate(problems):
        with st.container(horizontal=True, gap="small", vertical_alignment="top"):
            st.markdown(_mark(problem), width="content")
            place = f"**{literal(problem.place)}** · " if problem.place else ""
            st.markdown(f"{place}{literal(problem.what)} :gray[{literal(problem.fix)}]")
            if on_jump is not None and (problem.node or problem.edge):
                st.button(
                    "Show",
                    key=f"{key}.jump.{number}",
                    type="tertiary",
                    icon=":material/my_location:",
                    on_click=on_jump,
                    args=(problem,),
                )


def problem_line(problem: Problem) -> None:
    """One problem, small, below the field that it is about."""
    color = "red" if problem.severity == "error" else "orange"
    st.markdown(f":small[:{color}[{_icon(problem)} {literal(in_words(problem))}]]")


def in_words(problem: Problem) -> str:
    """What is wrong and how to mend it, where its place is plain to see."""
    return f"{problem.what} {problem.fix}".strip()


def summary(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are, as a Markdown chip."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if errors:
        return f":red-badge[:material/error: {errors} to mend]"
    if warnings:
        return f":orange-badge[:material/warning: {warnings} to look at]"
    return ":green-badge[:material/check_circle: ready to run]"


def _mark(problem: Problem) -> str:
    return f":{'red' if problem.severity == 'error' else 'orange'}[{_icon(problem)}]"


def _icon(problem: Problem) -> str:
    return ":material/error:" if problem.severity == "error" else ":material/warning:"
