"""Versions of the graph on the desk, and news of its file."""

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.value import JsonObject
from grasp_ui.services import versions
from grasp_ui.services.graph_diff import diff_graphs
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.versions import KeptVersion
from grasp_ui.ui.canvas.marks import marks_of, pair_of
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.diff_parts import diff_summary, show_diff
from grasp_ui.ui.durations import local
from grasp_ui.ui.neutral import literal, one_line
from grasp_ui.ui.press import pressed
from grasp_ui.ui.shell import failed_state, toast

ADDRESS = "version"
OTHER = "against"
"""In the address: the version that `version` is compared with; what is drawn without it."""
NOW = "What is drawn now"
BEAT_SECONDS = 3.0
DRAWN = ("node", "arrow")
"""What of a graph the canvas draws, and so can undo."""
ICONS: dict[versions.Source, str] = {
    "snapshot": ":material/bookmark:",
    "run": ":material/play_circle:",
    "save": ":material/save:",
}


def versions_side(desk: Desk) -> None:
    """The list of versions, or one of them against another or the drawing."""
    chosen, _ = _addressed()
    if not chosen:
        _name_form(desk)
    listed = versions.list_versions(desk.workspace, desk.graph_id)
    if chosen:
        _one(desk, chosen, listed)
    else:
        _list(desk, listed)


def compared_marks(desk: Desk) -> JsonObject | None:
    """What the canvas marks while the address names one version; None without one."""
    chosen, other = _addressed()
    if not chosen or other:
        return None
    try:
        then = versions.version_spec(desk.workspace, chosen)
    except GraspError:
        return None
    return marks_of(diff_graphs(then, desk.spec), versions.placed_like(then, desk.spec))


def compared_pair(desk: Desk) -> JsonObject | None:
    """What the canvas shows while the address names two versions; None without them."""
    first, other = _addressed()
    if not (first and other):
        return None
    listed = versions.list_versions(desk.workspace, desk.graph_id)
    try:
        before, after = (_placed(desk, key) for key in (first, other))
    except GraspError:
        return None
    words = " → ".join(_name_of(key, listed) for key in (first, other))
    return pair_of(versions.placed_like(before, after), after, words)


def leave_versions() -> None:
    """Compare nothing any more."""
    for name in (ADDRESS, OTHER):
        st.query_params.pop(name, None)


def file_notice(desk: Desk) -> None:
    """Offer the file where another hand changed it; looked at every few seconds."""
    st.fragment(_file_notice, run_every=BEAT_SECONDS)(desk)


def restore(desk: Desk, key: str, name: str) -> None:
    """Go back to a kept version; the canvas can undo that.

    Where models, seeds or texts differ, which the canvas does not draw, the drawing is kept
    as a snapshot before.
    """
    spec = versions.placed_like(versions.version_spec(desk.workspace, key), desk.spec)
    if any(part.family not in DRAWN for part in diff_graphs(desk.spec, spec).parts):
        versions.keep_snapshot(desk.workspace, desk.graph_id, f"Before going back to {name}")
    desk.change(spec)
    leave_versions()
    toast(f"Back at {name}. Undo on the canvas returns.")


def take_file(desk: Desk) -> None:
    """Go over to the file that another hand changed; the canvas can undo that."""
    desk.editing.change(desk.file.take())
    desk.is_saved = True
    toast("The file was taken. The drawing as it was is under Versions.")


def keep_mine(desk: Desk) -> None:
    """Stay with the drawing where another hand changed the file."""
    desk.file.keep_mine()
    desk.is_saved = False
    toast("The drawing stays. The file as it was found is under Versions.")


def _name_form(desk: Desk) -> None:
    with st.form("design.snapshot", border=False, clear_on_submit=True):
        name = st.text_input("Keep this state as", placeholder="A name", key="design.snapshot.name")
        if st.form_submit_button("Keep a snapshot", icon=":material/bookmark_add:"):
            versions.keep_snapshot(desk.workspace, desk.graph_id, name)


def _list(desk: Desk, listed: list[KeptVersion]) -> None:
    if not listed:
        st.caption("No versions yet. Name one above; runs and saves are listed by themselves.")
    now = desk.spec.version
    for one in listed:
        alike = " · :green[as drawn now]" if one.version == now else ""
        with st.container(gap=None, key=f"version-{one.key.replace('.', '-')}"):
            st.button(
                one_line(_title(one), 60), key=f"design.version.{one.key}", type="tertiary",
                icon=ICONS[one.source], on_click=_choose, args=(one.key,),
            )  # fmt: skip
            st.caption(f"{_when(one)} · `{one.version[:7]}`{alike}")


def _one(desk: Desk, key: str, listed: list[KeptVersion]) -> None:
    st.button(
        "All versions", key="design.version.back", type="tertiary", icon=":material/arrow_back:",
        on_click=_choose, args=("",),
    )  # fmt: skip
    _, other = _addressed()
    _other_field(key, other, listed)
    try:
        then = versions.version_spec(desk.workspace, key)
        after = _placed(desk, other) if other else desk.spec
    except GraspError as error:
        failed_state(str(error), key="version")
        return
    name = _name_of(key, listed)
    end = literal(_name_of(other, listed)) if other else "now"
    if other:
        then = versions.placed_like(then, after)
    diff = diff_graphs(then, versions.placed_like(after, then))
    st.markdown(f"**{literal(name)}** → {end} &nbsp; {diff_summary(diff)}")
    if other:
        st.button(
            "Turn round", key="design.version.turn", icon=":material/swap_horiz:", type="tertiary",
            on_click=_turn, args=(key, other),
        )  # fmt: skip
    elif not diff.is_empty and pressed(
        "Restore", key="design.version.restore", type="primary", icon=":material/restore:",
        help="The canvas can undo it.",
    ):  # fmt: skip
        restore(desk, key, name)
        st.rerun()
    show_diff(diff)


def _other_field(key: str, other: str, listed: list[KeptVersion]) -> None:
    """Lets a person choose what `key` is compared with: `other`, or the drawing."""
    names = {"": NOW, **{one.key: f"{_title(one)} · {_when(one)}" for one in listed}}
    names.setdefault(other, _name_of(other, listed))
    keys, widget = [one for one in names if one != key], f"design.version.against.{key}.{other}"
    st.selectbox(
        "Compared with", keys, index=keys.index(other), key=widget,
        format_func=lambda one: one_line(names[one], 60), on_change=_compare, args=(widget,),
    )  # fmt: skip


def _file_notice(desk: Desk) -> None:
    if not desk.file.look():
        return
    found = read_graph(desk.file.found)
    with st.container(border=True, key="design-file"):
        st.markdown(":orange[:material/sync_problem:] **The file was changed elsewhere.**")
        is_graph = bool(found.nodes) or not found.unread
        if not is_graph:
            st.markdown(f":red[{literal(str(found.unread[0]))}]")
        with st.container(horizontal=True, gap="small"):
            takes = is_graph and pressed("Take the file", key="design.file.take", type="primary")
            keeps = pressed("Keep mine", key="design.file.mine")
        with st.expander("See the difference", key="design.file.difference"):
            show_diff(diff_graphs(desk.spec, found))
    if takes or keeps:
        (take_file if takes else keep_mine)(desk)
        st.rerun()


def _addressed() -> tuple[str, str]:
    """The version that is looked at, and the other one of a pair; empty without."""
    first, other = (st.query_params.get(name, "") for name in (ADDRESS, OTHER))
    return first, other if other != first else ""


def _choose(key: str) -> None:
    leave_versions()
    if key:
        st.query_params[ADDRESS] = key


def _compare(widget: str) -> None:
    other = st.session_state[widget]
    if other:
        st.query_params[OTHER] = other
    else:
        st.query_params.pop(OTHER, None)


def _turn(first: str, other: str) -> None:
    st.query_params.update({ADDRESS: other, OTHER: first})


def _placed(desk: Desk, key: str) -> GraphSpec:
    """A kept version; what it has no place for stands where it is drawn now."""
    return versions.placed_like(versions.version_spec(desk.workspace, key), desk.spec)


def _name_of(key: str, listed: list[KeptVersion]) -> str:
    found = next((one for one in listed if one.key == key), None)
    return _title(found) if found else f"the graph of run {key.partition('.')[2]}"


def _title(one: KeptVersion) -> str:
    if one.source != "run":
        return one.name
    runs = "1 run" if one.runs == 1 else f"{one.runs} runs"
    return f"{runs}, {one.records} record{'' if one.records == 1 else 's'}"


def _when(one: KeptVersion) -> str:
    return f"{local(one.kept):%d %b %H:%M}"
