"""What the prompts of a graph can name, and a record to show them with."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from grasp_ui.model.value import RunId
from grasp_ui.services.sample_record import (
    Choice,
    Drawing,
    SampleRecord,
    jinja_preview,
    last_run,
    sample_record,
)
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.prompts.component import PromptScope
from grasp_ui.ui.prompts.parts import parts_known, parts_of

LONGEST = 1000
"""Letters of a value that a preview shows; longer ones are cut."""


def scope_of_node(desk: Desk, node: str) -> PromptScope:
    """What the texts of `node` can name, with the values of a real record."""
    known, record = desk.variables(node), _record(desk)
    values = {name: value for name, value in record.values.items() if name in known}
    sample, jinja = _shown(record, values), bool(desk.spec.nodes[node].fields.get("jinja"))
    return PromptScope(
        known=known if record.has_seeds else (),
        is_open=not record.has_seeds,
        jinja=jinja,
        parts={
            name: parts_known(desk.findings.schemas.get(name), values.get(name)) for name in known
        },
        sample=sample,
        on_choice=_chooser(desk),
        fill=partial(jinja_preview, sample.values) if jinja else None,
    )


def scope_of_graph(desk: Desk) -> PromptScope:
    """What the graph's own system message can name: the columns of the seeds."""
    record = _record(desk, of_run=False)
    values = {name: shortened(value) for name, value in record.values.items() if name != "visit"}
    return PromptScope(
        known=tuple(values),
        is_open=not record.has_seeds,
        parts={name: parts_of(value) for name, value in values.items()},
        sample=replace(record, values=values),
        on_choice=_chooser(desk),
    )


def shortened(value: Any) -> Any:
    """`value` without what is too long to be looked at.

    Example:
        >>> shortened({"n": 4, "text": "a" * 1001})["text"][-3:]
        'aa…'
    """
    match value:
        case str():
            return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
        case dict():
            return {key: shortened(part) for key, part in value.items()}
        case list():
            return [shortened(part) for part in value]
        case _:
            return value


def _shown(record: SampleRecord, values: Mapping[str, Any]) -> SampleRecord:
    return replace(record, values={name: shortened(value) for name, value in values.items()})


def _record(desk: Desk, *, of_run: bool = True) -> SampleRecord:
    """Read once for each state of the seeds, of the run and of the choice."""
    run_id = _run(desk) if of_run else None
    done = desk.workspace.runner.view(run_id).run.done if run_id else 0
    choice: Choice | None = st.session_state.get(_chosen_key(desk))
    key = f"design.{desk.graph_id}.record.{of_run}"
    kept: tuple[object, SampleRecord] | None = st.session_state.get(key)
    if kept is None or kept[0] != (desk.spec.seeds, run_id, done, choice):
        drawing = Drawing(desk.spec, desk.folder)
        record = sample_record(desk.workspace, drawing, run_id, choice)
        if choice and choice.steps:  # from here on it is that record, however many there will be
            choice = st.session_state[_chosen_key(desk)] = Choice(record.record)
        kept = st.session_state[key] = ((desk.spec.seeds, run_id, done, choice), record)
    return kept[1]


def _chooser(desk: Desk) -> Callable[[int, int], None]:
    """Lets a person choose another record, for all texts of this graph."""

    def choose(record: int, steps: int) -> None:
        st.session_state[_chosen_key(desk)] = Choice(record, steps)

    return choose


def _chosen_key(desk: Desk) -> str:
    return f"design.{desk.graph_id}.record.chosen"


def _run(desk: Desk) -> RunId | None:
    watched = st.query_params.get("run")
    return RunId(watched) if watched else last_run(desk.workspace, desk.graph_id)
