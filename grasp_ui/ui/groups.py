"""Groups beside the canvas: make one, take one apart, go into one and back."""

from dataclasses import dataclass

import streamlit as st

from grasp_ui.errors import CannotGroup, GraspError
from grasp_ui.model.value import GraphId, JsonObject
from grasp_ui.services import graphs, groups
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.session import address
from grasp_ui.ui.shell import failed_state, toast

KEY = "design.group"
WITHIN = "within"
"""In the address: the graphs around the open one, the outermost first, with commas between."""
UNSAVED = ":orange-badge[which use the saved file]"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a dialog is open for: nodes to group, or why there is no way."""

    nodes: tuple[str, ...] = ()
    refused: str = ""


def follow_wish(desk: Desk, wish: str) -> bool:
    """Do what was asked about groups; True where the whole page is to be drawn."""
    names = tuple(desk.selected("nodes"))
    match wish:
        case "group":
            st.session_state[KEY] = _Asked(nodes=names)
        case "ungroup":
            _ungroup(desk, names)
        case "open":
            return _go_in(desk, names)
    return False


def group_dialog(desk: Desk) -> None:
    """The dialog that is open, if one is."""
    asked = st.session_state.get(KEY)
    if asked is None:
        return
    title = "This cannot be ungrouped" if asked.refused else "Group into a subgraph"
    shown = st.dialog(title, icon=":material/account_tree:", on_dismiss=_shut)
    shown(_refused if asked.refused else _name_form)(desk, asked)


def crumbs(desk: Desk) -> None:
    """The way from the outermost graph to this one: each step leads back."""
    for place, graph_id in enumerate(_trail()):
        st.button(
            f"{literal(_title(desk, graph_id))} :gray[›]", key=f"design.crumb.{place}",
            type="tertiary", help="Back to this graph", on_click=_go_back, args=(desk, place),
        )  # fmt: skip


def used_by(desk: Desk) -> str:
    """How many graphs hold this one; says so where they do not see its draft."""
    users = st.session_state.get(f"{KEY}.users", ())
    if not users:
        return ""
    amount = "1 graph" if len(users) == 1 else f"{len(users)} graphs"
    unsaved = "" if desk.is_saved else UNSAVED
    return f":gray-badge[:material/link: used by {amount}] {unsaved}"


def chosen(desk: Desk) -> JsonObject:
    """What the canvas is to select, with a number of its own; empty where nothing is."""
    asked: JsonObject = st.session_state.get(f"{KEY}.chosen.{desk.graph_id}", {})
    return asked


def _name_form(desk: Desk, asked: _Asked) -> None:
    try:
        groups.try_group(desk.workspace, desk.spec, asked.nodes, desk.folder)
    except CannotGroup as error:
        failed_state(str(error), title="These cannot be one node", key="group")
        return
    with st.form(f"{KEY}.form", border=False):
        title = st.text_input(
            "Name", value=_default_title(desk, asked.nodes), key=f"{KEY}.title",
            help="A graph of this name is kept among your own, so that others can use it too.",
        )  # fmt: skip
        st.caption(literal(f"{len(asked.nodes)} nodes: {', '.join(asked.nodes)}"))
        if st.form_submit_button("Group", type="primary", icon=":material/account_tree:"):
            _group(desk, asked.nodes, title)


def _refused(desk: Desk, asked: _Asked) -> None:
    failed_state(asked.refused, title="Nothing was changed", key="ungroup")


def _group(desk: Desk, names: tuple[str, ...], title: str) -> None:
    try:
        group = groups.group_nodes(desk.workspace, desk.spec, names, title, desk.folder)
    except GraspError as error:
        failed_state(str(error), key="group-keep")
        return
    _shut()
    desk.change(group.outer)
    _choose(desk, [group.node])
    toast("Grouped. Double click the card to open it.")
    st.rerun()


def _ungroup(desk: Desk, names: tuple[str, ...]) -> None:
    try:
        node = names[0] if len(names) == 1 else ""
        if not node:
            raise CannotGroup("Select one subgraph to take apart.")
        flat, inner = groups.ungroup_node(desk.workspace, desk.spec, node, desk.folder)
    except GraspError as error:
        st.session_state[KEY] = _Asked(refused=str(error))
        return
    desk.change(flat)
    _choose(desk, list(inner))


def _go_in(desk: Desk, names: tuple[str, ...]) -> bool:
    inner = groups.graph_inside(desk.workspace, desk.spec, names[0], desk.folder) if names else None
    if inner is None:
        toast("The node names no graph that is here. Choose one in its form.", good=False)
        return False
    _show(desk, inner, [*_trail(), desk.graph_id])
    return True


def _go_back(desk: Desk, place: int) -> None:
    trail = _trail()
    _show(desk, trail[place], trail[:place])
    desk.wish = "redraw"


def _show(desk: Desk, graph_id: GraphId, trail: list[GraphId]) -> None:
    """Open a graph in this page; the run that is watched waits until one comes back."""
    st.session_state[f"design.run.{desk.graph_id}"] = address("run")
    run = st.session_state.get(f"design.run.{graph_id}", "")
    within = {WITHIN: ",".join(trail)} if trail else {}
    st.query_params.from_dict({"graph": graph_id, **within, **({"run": run} if run else {})})


def _trail() -> list[GraphId]:
    """The graphs around, as `look_around` found them.

    The address may be behind: a late word of a canvas that has gone brings the old one along.
    """
    return list(st.session_state.get(f"{KEY}.trail", ()))


def _title(desk: Desk, graph_id: GraphId) -> str:
    open_desk: Desk | None = st.session_state.get(f"design.desk.{graph_id}")
    if open_desk:
        return open_desk.spec.title or "Untitled"
    try:
        return graphs.open_graph(desk.workspace, graph_id).title
    except GraspError:
        return str(graph_id)


def look_around(desk: Desk) -> None:
    """See, while the whole page is drawn, what is around a graph and who uses it."""
    around = [GraphId(name) for name in address(WITHIN).split(",") if name]
    st.session_state[f"{KEY}.trail"] = around
    st.session_state[f"{KEY}.users"] = groups.graphs_that_hold(desk.workspace, desk.graph_id)


def _default_title(desk: Desk, names: tuple[str, ...]) -> str:
    """The first and the last node, as people call them."""
    drawn = [name for name in desk.spec.nodes if name in names]
    words = [str(desk.spec.nodes[n].fields.get("title") or n).replace("_", " ") for n in drawn]
    return f"{words[0]} to {words[-1]}".capitalize()


def _choose(desk: Desk, nodes: list[str]) -> None:
    """Select nodes on the canvas."""
    number = int(chosen(desk).get("number", 0)) + 1
    st.session_state[f"{KEY}.chosen.{desk.graph_id}"] = {"number": number, "nodes": nodes}
    desk.selection = {"nodes": nodes}


def _shut() -> None:
    st.session_state.pop(KEY, None)
