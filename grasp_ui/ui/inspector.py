"""The forms beside the canvas: a node, an arrow, the seeds."""

from collections.abc import Mapping
from typing import Annotated, Any

import streamlit as st
from pydantic import BaseModel, Field

from grasp_ui.engine.call_settings import CallSettings
from grasp_ui.engine.kind import NodeConfig
from grasp_ui.interchange.seed_source import SEED_SOURCES, SourceConfig
from grasp_ui.model.fields import ConditionText
from grasp_ui.model.graph import EdgeSpec, NodeSpec
from grasp_ui.model.problem import Problem
from grasp_ui.model.value import JsonObject
from grasp_ui.services.node_kinds import KindCard
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.forms import Form, changed_value, draw_form
from grasp_ui.ui.graph_steps import change_graph, step_buttons
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.node_choices import choices_of_node
from grasp_ui.ui.note_form import note_form, selected_notes
from grasp_ui.ui.problems import problem_line

LATER = frozenset({
    *CallSettings.model_fields, *NodeConfig.model_fields,
    "jinja", "overrides", "at_once", "role_key", "content_key", "keep_names", "unicode", "unwrap",
    "quotes", "spaces", "case", "unclosed", "fewest", "most", "ignore_case", "dot_all",
})  # fmt: skip
"""What few need: under *More*."""
ORDER = (
    "graph", "over", "item", "role", "model", "models", "candidates", "pick", "rubric", "method",
    "prompt",
)  # fmt: skip
"""What says most of a node comes first in its form."""


class ArrowSettings(BaseModel):
    """What can be said of an arrow."""

    when: Annotated[
        ConditionText | None,
        Field(
            title="Taken when",
            description="Empty: always. For example: critique.score < 4 and mood == 'annoyed'",
        ),
    ] = None
    max_visits: Annotated[
        int | None,
        Field(ge=1, title="Most visits", description="How often an arrow back is taken a record."),
    ] = None


def selection_name(desk: Desk) -> tuple[object, ...]:
    """What tells what is selected from anything else, also when a node is renamed."""
    nodes, edges = desk.selected("nodes"), desk.selected("edges")
    forms = tuple(desk.forms.of(name) for name in nodes)
    return (forms, tuple(edges), tuple(selected_notes(desk)), bool(desk.selection.get("seeds")))


def selection_form(desk: Desk, kinds: Mapping[str, KindCard]) -> None:
    """The form of what is selected on the canvas."""
    nodes, edges = desk.selected("nodes"), desk.selected("edges")
    if len(nodes) == 1:
        node_form(desk, nodes[0], kinds)
    elif len(edges) == 1 and not nodes:
        edge_form(desk, edges[0])
    elif desk.selection.get("seeds") and not nodes:
        step_buttons(desk, key="design.seeds")
        seeds_form(desk)
    elif nodes or edges:
        st.caption(f"{len(nodes)} nodes and {len(edges)} arrows are selected.")
    else:
        _notes_or_advice(desk)


def _notes_or_advice(desk: Desk) -> None:
    """The form of the selected note; where nothing is selected, what to do."""
    notes = selected_notes(desk)
    if len(notes) == 1:
        note_form(desk, notes[0])
    elif notes:
        st.caption(f"{len(notes)} notes are selected.")
    else:
        st.markdown(
            ":gray[Click a node to see its form. Add one from the palette, then drag from its "
            "right side to the next node. **Run** tries a few records, live on the cards.]"
        )


def node_form(desk: Desk, name: str, kinds: Mapping[str, KindCard]) -> None:
    """A node: its name, its kind's form, and the way to delete it."""
    node, card = desk.spec.nodes[name], kinds.get(desk.spec.nodes[name].kind)
    key = f"design.{desk.graph_id}.{desk.forms.of(name)}"
    title = card.title if card else node.kind
    st.markdown(f"###### {literal(title)}", anchors=False, help=card.help if card else None)
    _name_field(desk, name, key)
    found = [problem for problem in desk.problems if problem.node == name]
    if card is None:
        for problem in found:
            problem_line(problem)
        st.json(node.fields)
    else:
        _config_form(desk, name, card, key, found)
    st.button(
        "Delete node", key=f"{key}.delete", icon=":material/delete:", type="tertiary",
        on_click=_delete, args=(desk, name),
    )  # fmt: skip


def edge_form(desk: Desk, name: str) -> None:
    """An arrow: when it is taken, and how often where it leads back."""
    edge = next(edge for edge in desk.spec.edges if edge.name == name)
    key = f"design.{desk.graph_id}.{name}"
    st.markdown(f"###### {literal(edge.source)} → {literal(edge.target)}", anchors=False)

    def changed(field: str) -> None:
        now = next((one for one in desk.spec.edges if one.name == name), None)
        if now is None:  # undone on the canvas while its form was still on screen
            return
        said = changed_value(ArrowSettings, _settings(now), form, field)
        new = now.model_copy(update={field: said.get(field)})
        edges = tuple(new if one is now else one for one in desk.spec.edges)
        desk.change(desk.spec.model_copy(update={"edges": edges}))

    found = [_at_arrow(problem) for problem in desk.problems if problem.edge == name]
    form = Form(key=key, problems=found, on_change=changed)
    draw_form(ArrowSettings, _settings(edge), form)
    variables = sorted({*desk.variables(edge.source), *desk.variables(edge.target)})
    st.markdown(f":small[:gray[Variables here:] {_chips(variables)}]")
    st.button(
        "Delete arrow", key=f"{key}.delete", icon=":material/delete:", type="tertiary",
        on_click=_delete_edge, args=(desk, edge),
    )  # fmt: skip


def _settings(edge: EdgeSpec) -> JsonObject:
    return {"when": edge.when, "max_visits": edge.max_visits}


def seeds_form(desk: Desk) -> None:
    """Where the rows come from that the graph starts with."""
    st.markdown(
        "###### Seeds",
        anchors=False,
        help="Each record starts from one row; rows are taken in turn.",
    )
    key, seeds = f"design.{desk.graph_id}.seeds", desk.spec.seeds
    kinds = [part.name for part in SEED_SOURCES]
    present = seeds.get("kind")
    st.selectbox(
        "From", kinds, index=kinds.index(present) if present in kinds else None,
        key=f"{key}.kind.{present}", format_func=lambda kind: SEED_SOURCES[kind].look.title,
        placeholder="No seeds: every record starts empty",
        on_change=_change_seed_kind, args=(desk, f"{key}.kind.{present}"),
    )  # fmt: skip
    found = [_below_seeds(p) for p in desk.problems if (p.field or "").startswith("seeds")]
    if present not in SEED_SOURCES:
        for problem in found:
            problem_line(problem)
        return
    config = SEED_SOURCES[str(present)].config

    def changed(name: str) -> None:
        rows = changed_value(config, desk.spec.seeds, form, name)
        change_graph(desk, desk.spec.model_copy(update={"seeds": rows}))

    form = Form(
        key=f"{key}.{present}",
        problems=found,
        on_change=changed,
        later=frozenset(SourceConfig.model_fields),
    )
    draw_form(config, seeds, form)


def _name_field(desk: Desk, name: str, key: str) -> None:
    st.text_input(
        "Node", value=name, key=f"{key}@name", help="How arrows and problems call it.",
        on_change=_rename, args=(desk, name, f"{key}@name"),
    )  # fmt: skip
    if desk.refused:
        problem_line(Problem(what=desk.refused))


def _config_form(desk: Desk, name: str, card: KindCard, key: str, found: list[Problem]) -> None:
    own = desk.forms.of(name)

    def changed(field: str) -> None:
        now = desk.forms.node_of(own)
        if now not in desk.spec.nodes:  # undone on the canvas while its form was still on screen
            return
        node = desk.spec.nodes[now]
        fields = changed_value(card.config, node.fields, form, field)
        nodes = {**desk.spec.nodes, now: NodeSpec(kind=node.kind, fields=fields)}
        desk.change(desk.spec.model_copy(update={"nodes": nodes}))

    form = Form(
        key=key,
        choices=choices_of_node(desk, name),
        problems=found,
        on_change=changed,
        later=LATER,
        order=ORDER,
    )
    draw_form(card.config, desk.spec.nodes[name].fields, form)


def _chips(names: Any) -> str:
    return " ".join(f":blue-badge[{literal(name)}]" for name in names) or ":gray[none]"


def _at_arrow(problem: Problem) -> Problem:
    """A problem of an arrow that names no field is one of its condition."""
    return problem.model_copy(update={"field": problem.field or "when"})


def _below_seeds(problem: Problem) -> Problem:
    field = (problem.field or "").removeprefix("seeds").lstrip(".")
    return problem.model_copy(update={"field": field or None})


def _rename(desk: Desk, name: str, key: str) -> None:
    new = st.session_state[key].strip()
    if new and new != name and name in desk.spec.nodes:
        desk.rename(name, new)


def _delete(desk: Desk, name: str) -> None:
    spec = desk.spec
    desk.change(
        spec.model_copy(
            update={
                "nodes": {other: node for other, node in spec.nodes.items() if other != name},
                "edges": tuple(e for e in spec.edges if name not in (e.source, e.target)),
                "layout": {other: at for other, at in spec.layout.items() if other != name},
            }
        )
    )


def _delete_edge(desk: Desk, edge: EdgeSpec) -> None:
    edges = tuple(other for other in desk.spec.edges if other != edge)
    desk.change(desk.spec.model_copy(update={"edges": edges}))


def _change_seed_kind(desk: Desk, key: str) -> None:
    kind = st.session_state[key]
    if kind == desk.spec.seeds.get("kind"):
        return
    steps = {key: desk.spec.seeds[key] for key in ("transform",) if key in desk.spec.seeds}
    seeds = {"kind": kind, **({"rows": [{}]} if kind == "inline" else {}), **steps}
    change_graph(desk, desk.spec.model_copy(update={"seeds": seeds}))
