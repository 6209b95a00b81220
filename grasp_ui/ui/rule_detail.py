"""One rule: what it measures, its thresholds, and what it finds."""

import inspect
from html import escape
from typing import Any

import streamlit as st

from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Part
from grasp_ui.services.profile_effect import Firing, RuleEffect
from grasp_ui.tagging.heuristic import HEURISTICS
from grasp_ui.ui.checked_form import CheckedForm
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.rule_bench import Bench, said_by_people
from grasp_ui.ui.rule_list import chosen_rule
from grasp_ui.ui.session import go_to

AROUND = 160


def rule_detail(bench: Bench) -> None:
    """The chosen rule: thresholds and findings."""
    part = chosen_rule(bench)
    with st.container(border=True):
        st.markdown(f"#### {literal(part.look.title)}", anchors=False)
        st.caption(f"`{part.name}` · {part.look.help}")
        _people(bench, part)
        _thresholds(bench, part)
        with st.expander("How it is measured", icon=":material/straighten:"):
            st.markdown(_about(part))
    is_tried = part.name in HEURISTICS and len(bench.meter) > 0
    if bench.setting(part.name).enabled and is_tried:
        _findings(part, bench.effect.rules.get(part.name, RuleEffect()))


def _people(bench: Bench, part: Part[Any]) -> None:
    """What people made of the rule's findings, where they decided about some."""
    report = said_by_people(bench.workspace).get(part.name)
    if report is None or not report.decided:
        return
    told = f"{report.decided:,} of {report.firings:,} findings decided by people."
    mark = ":orange[:material/balance:]" if report.is_often_wrong else ":gray[:material/balance:]"
    st.markdown(f"{mark} **{literal(report.advice)}** :small[:gray[{told}]]")


def _thresholds(bench: Bench, part: Part[Any]) -> None:
    values = bench.setting(part.name).config
    if not part.config.model_fields:
        st.caption("It has no thresholds.")
        return

    def put(said: JsonObject) -> None:
        bench.set_rule(part.name, config=said, enabled=True)

    CheckedForm(part.config, f"tagging.{bench.name}.{part.name}.config", put).draw(values)


def _about(part: Part[Any]) -> str:
    return inspect.cleandoc(part.deed.__doc__ or part.look.help)


def _findings(part: Part[Any], effect: RuleEffect) -> None:
    if not effect.fires:
        st.caption("It finds nothing in these conversations.")
        return
    alone = f", {effect.alone:,} of them alone" if effect.drops else ""
    many = "" if effect.fires == 1 else "s"
    st.markdown(
        f"Fires in **{effect.fires:,}** conversation{many}; drops **{effect.drops:,}**{alone}. "
        "The first of them:"
    )
    for number, firing in enumerate(effect.examples):
        _finding(firing, f"tagging.open.{part.name}.{number}")


def _finding(firing: Firing, key: str) -> None:
    with st.container(border=True, gap="small"):
        st.html(marked_span(firing))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":small[:gray[{literal(measured(firing))}]]", width="stretch")
            if pressed("Open", key=key, type="tertiary", icon=":material/open_in_new:"):
                go_to("review", conversation=firing.conversation_id)


def measured(firing: Firing) -> str:
    """What was measured, and what it was held against.

    Example:
        >>> from grasp_ui.services.profile_effect import Firing
        >>> measured(Firing("c", "m", "user", "hi", (0, 2), "words", 1, 3.0))
        "user's turn · words: 1 (threshold 3)"
    """
    found = f"{firing.measure or 'measured'}: {firing.number:g} (threshold {firing.threshold:g})"
    return f"{firing.role}'s turn · {found}"


def marked_span(firing: Firing) -> str:
    """The found stretch lit, with some of what stands around it, as harmless HTML.

    Where it is the whole text, nothing is lit.

    Example:
        >>> marked_span(Firing("c", "m", "user", "a <b> c", (2, 5), "", 0, 0))
        '<div class="word-diff" dir="auto">a <mark>&lt;b&gt;</mark> c</div>'
    """
    text, (start, end) = firing.text, firing.span
    if (start, end) == (0, len(text)):
        whole = f"{text[: 2 * AROUND]}{' …' if len(text) > 2 * AROUND else ''}"
        return f'<div class="word-diff" dir="auto">{_safe(whole)}</div>'
    before = text[max(0, start - AROUND) : start]
    found = text[start : min(end, start + 2 * AROUND)]
    after = text[end : end + AROUND] if len(found) == end - start else " …"
    lead = "… " if start > AROUND else ""
    tail = " …" if end + AROUND < len(text) and after != " …" else ""
    parts = (f"{lead}{_safe(before)}", f"<mark>{_safe(found)}</mark>", f"{_safe(after)}{tail}")
    return f'<div class="word-diff" dir="auto">{"".join(parts)}</div>'


def _safe(text: str) -> str:
    return escape(text.encode("utf-8", "replace").decode("utf-8"))
