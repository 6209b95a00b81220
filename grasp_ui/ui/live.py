"""A run as pages show it: for the canvas, as a line of progress, in full."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from grasp_ui.model.run import Run, RunState
from grasp_ui.model.span import Span
from grasp_ui.services.run_view import RunView
from grasp_ui.ui import theme
from grasp_ui.ui.durations import local, seconds_in_words
from grasp_ui.ui.money import dollars
from grasp_ui.ui.neutral import literal, one_line

JUDGES = "Of them judges"
COLUMNS = [
    "State", "Graph", "Started", "Records", "Failed", "Calls", JUDGES, "Spend",
    "Continues", "Run",
]  # fmt: skip
MARKS: dict[RunState, str] = {
    "running": "▶", "done": "✓", "stopped": "■", "halted": "◆", "failed": "✕", "interrupted": "⚡",
}  # fmt: skip
KNOWN = "Answers that an earlier run, a pin or the cache had: no call was made for them."
FORKS = "A panel that picks each makes a record of its own for every candidate but the first."
SPEND = "By the prices in Settings; a model without prices counts nothing."
REASONS: dict[RunState, theme.Palette] = {
    "failed": "red",
    "interrupted": "orange",
    "halted": "orange",
    "stopped": "gray",
}
"""The states whose reason is told, and the colour that it is told in."""


def canvas_run(view: RunView) -> dict[str, Any]:
    """What the canvas is told of a run: nodes, arrows, and the bars of its time line.

    A bar is `[record, node, visit, start, seconds, state]`, in seconds since the first began.
    """
    reasons = {failure.node.partition("/")[0]: failure for failure in reversed(view.failures)}
    first = min((span.started for span in view.spans), default=0.0)
    return {
        "state": view.state,
        "records": view.run.settings.records,
        "done": view.run.done,
        "failed": view.run.failed,
        "reason": view.run.reason,
        "nodes": {
            name: {
                "state": node.state,
                "text": node.text,
                "done": node.done,
                "failed": node.failed,
                "skipped": node.skipped,
                "running": node.running,
                "seconds": round(node.seconds, 2),
                "error": one_line(reasons[name].example, 400) if name in reasons else "",
            }
            for name, node in view.nodes.items()
        },
        "edges": dict(view.edges),
        "rounds": dict(view.rounds),
        "spans": [_bar(span, first) for span in view.spans],
    }


def run_line(view: RunView, *, with_reason: bool = True) -> str:
    """How a run stands, in one line of Markdown."""
    run = view.run
    parts = [records_in_words(run), calls_in_words(run)]
    if view.is_running:
        parts += [view.stage] if not run.used.calls and view.stage else []
        parts += [f"{left} left" for left in (time_left(view),) if left]
    else:
        parts += [
            f"{view.kept} kept, {view.dropped} dropped",
            seconds_in_words(view.elapsed_seconds),
        ]
    parts += [f":red[{run.failed} failed]"] if run.failed else []
    parts += [reason_line(view)] if with_reason and reason_line(view) else []
    return f"{theme.badge(_style(view))} {' · '.join(parts)}"


def reason_line(view: RunView) -> str:
    """Why a run that is not done came to its end; empty where there is nothing to say."""
    color = REASONS.get(view.state)
    return f":{color}[{literal(view.run.reason)}]" if color and view.run.reason else ""


def failure_lines(view: RunView, *, limit: int = 2) -> str:
    """The most frequent failures with an example each; empty where all went well."""
    worst = sorted(view.failures, key=lambda failure: -failure.count)[:limit]
    lines = (
        f":small[:red[{f.count}× {literal(f.node)}:] :gray[{literal(one_line(f.example, 200))}]]"
        for f in worst
    )
    return "  \n".join(lines)


def records_in_words(run: Run) -> str:
    """How many of the records asked for have ended, and how many forks beside them."""
    forks = f" + {run.forks:,} fork{'' if run.forks == 1 else 's'}" if run.forks else ""
    return f"{run.records_ended:,} of {run.settings.records:,} records{forks}"


def calls_in_words(run: Run) -> str:
    """How many calls a run made, and how many of them were judges at its end."""
    calls, judges = run.used.calls, run.judges.calls
    told = f" ({judges:,} by judges)" if judges else ""
    return f"{calls:,} call{'' if calls == 1 else 's'}{told}"


def run_figures(view: RunView) -> None:
    """The numbers of a run: records, rate, time, tokens, cost, what was kept."""
    run, seconds = view.run, max(view.elapsed_seconds, 0.001)
    used = run.used
    columns = st.columns([1.1, 1, 1, 1.2, 1.5, 0.9, 1])
    records, *forks = records_in_words(run).replace(" records", "").split(" + ")
    columns[0].metric("Records", records, help=f"+ {forks[0]}. {FORKS}" if forks else None)
    columns[1].metric("Rate", f"{60 * run.records_ended / seconds:,.1f} a minute")
    shown = time_left(view) or "–" if view.is_running else seconds_in_words(view.elapsed_seconds)
    columns[2].metric("Time left" if view.is_running else "Time", shown)
    known = f" + {view.replayed:,} known" if view.replayed else ""
    columns[3].metric("Calls", f"{used.calls:,}{known}", help=KNOWN if known else None)
    tokens = f"{used.prompt_tokens:,} + {used.completion_tokens:,}"
    columns[4].metric("Tokens (sent + written)", tokens)
    columns[5].metric("Spend", dollars(used.cost_usd) if used.cost_usd else "–", help=SPEND)
    columns[6].metric("Kept / dropped", f"{view.kept} / {view.dropped}")
    if judges := judges_line(run):
        st.caption(judges)


def judges_line(run: Run) -> str:
    """What of a run's figures judges at its end used; empty without any."""
    used = run.judges
    if not used.calls:
        return ""
    spend = f", {dollars(used.cost_usd)}" if used.cost_usd else ""
    return (
        f"Of these, judges at the end: {used.calls:,} calls, {used.prompt_tokens:,} + "
        f"{used.completion_tokens:,} tokens{spend}."
    )


def node_table(view: RunView) -> None:
    """What each node did and used, in drawing order."""
    rows = [
        {
            "Node": name,
            "Done": node.done,
            "Failed": node.failed,
            "Calls": node.calls,
            "Known": node.replayed,
            "Tokens": node.tokens,
            "Dollars": node.cost_usd,
            "Seconds": round(node.seconds, 1),
        }
        for name, node in view.nodes.items()
    ]
    rows += [_judges_row(view.run)] if view.run.judges.calls else []
    columns = {
        "Known": st.column_config.NumberColumn(help=KNOWN),
        "Dollars": st.column_config.NumberColumn(format="$%.4f", help=SPEND),
        "Seconds": st.column_config.NumberColumn(help="All visits added up; they overlap."),
        "Tokens": st.column_config.NumberColumn(format="localized", help="Sent and written."),
    }
    unused = {"Known": not view.replayed, "Dollars": not view.run.used.cost_usd}
    shown = [name for name in rows[0] if not unused.get(name)] if rows else None
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, column_config=columns, column_order=shown,
        key=f"run.nodes.{view.run.id}",
    )  # fmt: skip


def _judges_row(run: Run) -> dict[str, Any]:
    used = run.judges
    return {
        "Node": "(judges at the end)", "Calls": used.calls, "Tokens": used.tokens,
        "Dollars": used.cost_usd,
    }  # fmt: skip


def failure_table(view: RunView) -> None:
    """Failures by cause, with an example and what to do."""
    rows = [
        {
            "Times": failure.count,
            "Cause": failure.error_code.replace("_", " "),
            "Node": failure.node,
            "Example": failure.example,
        }
        for failure in view.failures
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={"Example": st.column_config.TextColumn(width="large")},
    )


def run_table(runs: Sequence[Run]) -> pd.DataFrame:
    """Runs as a table to choose from, in the order given."""
    has_judges = any(run.judges.calls for run in runs)
    return pd.DataFrame(
        [
            {
                "State": f"{MARKS[run.state]} {run.state}",
                "Graph": run.title,
                "Started": f"{local(run.started):%d %b %H:%M}",
                "Records": records_in_words(run).replace(" records", ""),
                "Failed": run.failed,
                "Calls": run.used.calls,
                JUDGES: run.judges.calls or None,
                "Spend": dollars(run.used.cost_usd) if run.used.cost_usd else "",
                "Continues": run.continues or "",
                "Run": run.id,
            }
            for run in runs
        ],
        columns=[name for name in COLUMNS if has_judges or name != JUDGES],
    )


def run_name(run: Run) -> str:
    """A run in a list: its graph, when, and how many records it left."""
    return f"{run.title} · {local(run.started):%d %b %H:%M} · {run.done} records"


def time_left(view: RunView) -> str:
    """How long the rest will take at the rate so far; empty where none is known."""
    ended = view.run.records_ended
    if not ended:
        return ""
    each = view.elapsed_seconds / ended
    return seconds_in_words(each * (view.run.settings.records - ended))


def _style(view: RunView) -> theme.Style:
    """The state's look; a run that is done but not whole is not shown as good."""
    run, style = view.run, theme.STATES[view.state]
    if view.state != "done" or not run.failed:
        return style
    color: theme.Palette = "orange" if run.done else "red"
    return replace(style, color=color, icon=":material/warning:")


def _bar(span: Span, first: float) -> list[Any]:
    """A visit as the time line draws it."""
    started, seconds = round(span.started - first, 3), round(span.seconds, 3)
    return [span.record_index, span.node, span.visit, started, seconds, span.state]
