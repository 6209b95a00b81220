"""A run beside another one: figures, tags, graphs, pairs of conversations."""

from itertools import zip_longest
from typing import Any

import pandas as pd
import streamlit as st

from grasp_ui.model.conversation import Thread
from grasp_ui.model.run import Run
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import RunId
from grasp_ui.services import runs
from grasp_ui.services.run_comparison import Both, RunComparison, RunPair, compare_runs
from grasp_ui.services.run_comparison import pairs_of_runs as page_of_pairs
from grasp_ui.services.workspace import Workspace
from grasp_ui.text.word_diff import word_diff
from grasp_ui.ui import theme
from grasp_ui.ui.cards import shown_value, verdict_badge
from grasp_ui.ui.diff_parts import diff_summary, show_diff
from grasp_ui.ui.durations import seconds_in_words
from grasp_ui.ui.live import run_name
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.session import address, go_to
from grasp_ui.ui.word_marks import marked

MOST = 200
PAGE = 5
VIEWS = ("Figures", "Nodes", "Tags", "Graph", "Conversations")


def compare(workspace: Workspace, run_id: RunId) -> None:
    """The way to the graph as it ran, and to another run to compare with."""
    run = runs.find_run(workspace, run_id)
    others = {one.id: one for one in runs.recent_runs(workspace, MOST) if one.id != run_id}
    with st.container(horizontal=True, vertical_alignment="bottom", key="run-compare"):
        chosen = _choose(run, others)
        st.markdown(f":gray[Graph version] `{run.graph_version[:7]}`", width="content")
        if pressed("Graph as it ran", key="run.version", icon=":material/history:"):
            go_to("design", graph=run.graph_id, run=run_id, version=f"run.{run_id}")
    if chosen:
        _both(workspace, run_id, chosen)


def _choose(run: Run, others: dict[RunId, Run]) -> RunId | None:
    """Which run to compare with: that of the address, those of the same graph first."""
    ranked = sorted(others, key=lambda name: others[name].graph_id != run.graph_id)
    named = RunId(address("against"))
    first = ranked.index(named) if named in others else None
    chosen = st.selectbox(
        "Compare with", ranked, index=first, key=f"run.against.{run.id}", width=420,
        format_func=lambda name: run_name(others[name]), placeholder="Another run",
        disabled=not others,
    )  # fmt: skip
    if chosen:
        st.query_params["against"] = chosen
    else:
        st.query_params.pop("against", None)
    return chosen


def _both(workspace: Workspace, one: RunId, other: RunId) -> None:
    found = compare_runs(workspace, one, other)
    with st.container(border=True, key="run-both"):
        left, right = run_name(found.one), run_name(found.other)
        st.markdown(f"**A** {literal(left)} &nbsp; **B** {literal(right)}")
        shown = st.segmented_control(
            "Compare", VIEWS, default=VIEWS[0], key="run.compare.view", required=True,
            label_visibility="collapsed",
        )  # fmt: skip
        match shown:
            case "Figures":
                _table(_figures(found))
            case "Nodes":
                _table(_nodes(found))
            case "Tags":
                _table(_tags(found))
            case "Graph":
                st.markdown(diff_summary(found.graphs))
                show_diff(found.graphs)
            case _:
                _conversations(workspace, found)


def _table(rows: list[dict[str, Any]]) -> None:
    if rows:
        st.dataframe(pd.DataFrame(rows), hide_index=True, height="content", key="run.compare.table")
    else:
        st.caption("Neither run has any.")


def _figures(found: RunComparison) -> list[dict[str, Any]]:
    return [
        {
            "Figure": figure.name,
            "A": _said(figure.values[0], figure.unit),
            "B": _said(figure.values[1], figure.unit),
            "B − A": _said(figure.change, figure.unit, is_change=True),
        }
        for figure in found.figures
    ]


def _nodes(found: RunComparison) -> list[dict[str, Any]]:
    return [
        {
            "Node": node.node,
            **_columns("Done", node.done, "visits"),
            **_columns("Calls", node.calls, "calls"),
            **_columns("Tokens", node.tokens, "tokens"),
            **_columns("Spend", node.cost_usd, "dollars"),
            **_columns("Time a visit", node.seconds, "seconds"),
        }
        for node in found.nodes
    ]


def _tags(found: RunComparison) -> list[dict[str, Any]]:
    return [
        {
            "Tag": tag.name,
            "Source": tag.source,
            **_columns("Conversations", tag.share, "share"),
            **_columns("Mean score", tag.score, "score"),
            "Score B − A": _said(_change(tag.score), "score", is_change=True),
        }
        for tag in found.tags
    ]


def _columns(name: str, values: Both, unit: str) -> dict[str, str]:
    return {f"{name} A": _said(values[0], unit), f"{name} B": _said(values[1], unit)}


def _change(values: Both) -> float | None:
    one, other = values
    return None if one is None or other is None else other - one


def _said(value: float | None, unit: str, *, is_change: bool = False) -> str:
    """A figure with its unit; a change has its sign."""
    if value is None:
        return "–"
    sign = "" if not is_change or not value else "+" if value > 0 else "−"
    size = abs(value)
    match unit:
        case "dollars":
            # Nothing spent and a price that is not known look alike in what is stored.
            return f"{sign}${size:.4f}" if size else "–"
        case "seconds":
            return f"{sign}{size:.2f} s" if size < 60 else f"{sign}{seconds_in_words(size)}"
        case "share":
            return f"{sign}{size:.0%}"
        case "score":
            return f"{sign}{size:.2f}"
        case _:
            return f"{sign}{size:,.0f}"


def _conversations(workspace: Workspace, found: RunComparison) -> None:
    if not found.pairs:
        st.caption("No record has a conversation in both runs.")
        return
    pages = -(-found.pairs // PAGE)
    page = 1
    if pages > 1:
        page = st.number_input(
            f"Page of {pages}", 1, pages, key=f"run.compare.page.{found.other.id}", width=140
        )
    pairs = page_of_pairs(
        workspace, found.one.id, found.other.id, offset=(page - 1) * PAGE, limit=PAGE
    )
    for pair in pairs:
        _pair(pair)


def _pair(pair: RunPair) -> None:
    """What was said of both, then message against message with what differs marked."""
    seeds = "" if pair.same_seed else " :orange-badge[another seed]"
    st.markdown(f"**Record {pair.one.conversation.record_index}**{seeds}")
    threads = _active(pair.one), _active(pair.other)
    for name, column, tagged, thread in zip(
        "AB", st.columns(2, gap="medium"), (pair.one, pair.other), threads, strict=True
    ):
        column.markdown(f"**{name}** {_judged(tagged, thread)}")
    for one, other in zip_longest(*(thread.messages if thread else () for thread in threads)):
        left, right = st.columns(2, gap="medium")
        left.caption(one.role if one else "–")
        right.caption(other.role if other else "–")
        pieces = word_diff(one.content if one else "", other.content if other else "")
        if one:
            left.html(marked(piece for piece in pieces if piece[0] != "added"))
        if other:
            right.html(marked(piece for piece in pieces if piece[0] != "removed"))
    st.divider()


def _active(tagged: TaggedConversation) -> Thread | None:
    """The thread that is active, else the first."""
    threads = tuple(tagged.conversation.threads())
    return next(
        (one for one in threads if one.is_active),
        threads[0] if threads else None,
    )


def _judged(tagged: TaggedConversation, thread: Thread | None) -> str:
    """Verdict, score and tags of a thread, in one line of Markdown."""
    if thread is None:
        return ""
    verdict = tagged.verdicts.get(thread.leaf_id)
    targets = {tagged.conversation.id, *(message.id for message in thread.messages)}
    tags = [tag for tag in tagged.effective if tag.target.id in targets]
    parts = [verdict_badge(verdict)] if verdict else []
    parts += [f"score {verdict.score:.2f}"] if verdict and verdict.score is not None else []
    parts += [
        theme.badge(theme.ACTIONS[tag.action], literal(f"{tag.name} {shown_value(tag.value)}"))
        for tag in tags
        if tag.action != "pass" or tag.source != "rule"
    ]
    return " ".join(parts)
