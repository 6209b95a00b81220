"""The rubric editor: what a judge is asked, level by level."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.model.rubric import Rubric
from grasp_ui.model.value import JsonObject
from grasp_ui.services.rubrics import (
    RubricEntry,
    WrongRubric,
    copy_rubric,
    delete_rubric,
    list_rubrics,
    rubric_from,
    save_rubric,
)
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.session import address
from grasp_ui.ui.shell import toast

CHOSEN = "rubric.chosen"
NEW_NAME = "rubric.copy.name"
LOOSE = ("description", "question", "comparison")


def chosen_rubric(workspace: Workspace) -> RubricEntry:
    """The rubric that the address names, else the last one, else the first."""
    known = list_rubrics(workspace)
    asked = address("rubric") or st.session_state.get("rubric.last", "")
    return known[asked if asked in known else next(iter(known))]


def rubric_bar(workspace: Workspace, entry: RubricEntry) -> None:
    """Choose a rubric; copy, save or delete it."""
    known = list_rubrics(workspace)
    names = list(known)
    name = entry.rubric.name
    with st.container(horizontal=True, vertical_alignment="bottom", key="rubric-bar"):
        st.selectbox(
            "Rubric", names, index=names.index(name), key=CHOSEN, width=320, on_change=_choose,
            format_func=lambda one: known[one].rubric.title or one,
        )  # fmt: skip
        with st.popover("Copy", icon=":material/content_copy:"):
            st.text_input("Name", key=NEW_NAME, placeholder="my_rubric")
            st.caption("Lower-case letters, digits and _. What you changed here goes with it.")
            st.button(
                "Make the copy", key="rubric.copy", type="primary",
                on_click=_copy, args=(workspace, entry),
            )  # fmt: skip
        if entry.is_own:
            changed = is_changed(entry)
            st.button(
                "Save", key="rubric.save", type="primary", icon=":material/save:",
                disabled=not changed, on_click=_save, args=(workspace, entry),
            )  # fmt: skip
            st.button(
                "Discard", key="rubric.discard", type="tertiary", icon=":material/undo:",
                disabled=not changed, on_click=_discard, args=(name,),
            )  # fmt: skip
            with st.popover("Delete", icon=":material/delete:"):
                st.caption("Tags that it gave stay, and the file goes to `rubrics/history/`.")
                st.button(
                    "Delete this rubric", key="rubric.delete",
                    on_click=_delete, args=(workspace, name),
                )  # fmt: skip
    where = "your own" if entry.is_own else "a preset: copy it to keep changes"
    unsaved = " · :orange[changed, not saved]" if is_changed(entry) else ""
    st.caption(f"`{name}` version `{entry.rubric.version}` · {where}{unsaved}")


def rubric_form(entry: RubricEntry) -> Rubric | None:
    """The rubric's fields; gives the draft, None while it is not complete."""
    draft = draft_of(entry)
    name = entry.rubric.name
    _text("Title", draft, "title", name)
    _text("What it judges", draft, "description", name, area=True)
    _text("Yes-or-no question, for judging by one token", draft, "question", name, area=True)
    low, high = st.columns(2)
    with low:
        _number("Lowest level", draft, "minimum", name)
    with high:
        _number("Highest level", draft, "maximum", name)
    for place, dimension in enumerate(draft["dimensions"]):
        _dimension(name, draft, place, dimension)
    st.button(
        "Add a dimension", key=f"rubric.{name}.add", icon=":material/add:",
        on_click=_add_dimension, args=(name, draft),
    )  # fmt: skip
    try:
        return rubric_from(name, draft)
    except WrongRubric as wrong:
        st.warning(literal(str(wrong)), icon=":material/error:")
        return None


def draft_of(entry: RubricEntry) -> JsonObject:
    """The rubric as it is being changed, as it would stand in a file."""
    key = f"rubric.draft.{entry.rubric.name}"
    if key not in st.session_state:
        st.session_state[key] = _plain(entry.rubric)
    draft: JsonObject = st.session_state[key]
    return draft


def is_changed(entry: RubricEntry) -> bool:
    """Whether the draft says something else than what is kept."""
    return draft_of(entry) != _plain(entry.rubric)


def _plain(rubric: Rubric) -> JsonObject:
    said = rubric.model_dump(mode="json", exclude={"name"})
    for dimension in said["dimensions"]:
        dimension["levels"] = {str(level): text for level, text in dimension["levels"].items()}
    return said


def _dimension(name: str, draft: JsonObject, place: int, dimension: JsonObject) -> None:
    title = dimension["name"] or "A new dimension"
    count = len(draft["dimensions"])
    with st.expander(f"**{literal(title)}**", expanded=count == 1 or not dimension["name"]):
        path = f"{name}.{place}"
        _text("Name", dimension, "name", path)
        _text("What it asks", dimension, "description", path, area=True)
        for level in range(int(draft["minimum"]), int(draft["maximum"]) + 1):
            _text(f"Level {level}", dimension["levels"], str(level), path)
        st.button(
            "Remove this dimension", key=f"rubric.{path}.remove", icon=":material/delete:",
            type="tertiary", disabled=count == 1, on_click=_remove, args=(name, draft, place),
        )  # fmt: skip


def _text(label: str, holder: JsonObject, field: str, path: str, *, area: bool = False) -> None:
    key = _field_key(path, field)
    draw = st.text_area if area else st.text_input
    size: Mapping[str, Any] = {"height": 84} if area else {}
    draw(
        label, value=str(holder.get(field) or ""), key=key,
        on_change=_put, args=(holder, field, key), **size,
    )  # fmt: skip


def _number(label: str, draft: JsonObject, field: str, name: str) -> None:
    key = _field_key(name, field)
    st.number_input(
        label, value=int(draft[field]), min_value=0, max_value=20, key=key,
        on_change=_put_scale, args=(draft, field, key),
    )  # fmt: skip


def _field_key(path: str, field: str) -> str:
    turn = st.session_state.get(f"rubric.turn.{path.partition('.')[0]}", 0)
    return f"rubric.{path}.{field}.{turn}"


def _put(holder: JsonObject, field: str, key: str) -> None:
    holder[field] = st.session_state[key]


def _put_scale(draft: JsonObject, field: str, key: str) -> None:
    """A new scale has the sentences that fit it, and asks for the others."""
    draft[field] = int(st.session_state[key])
    scale = [str(level) for level in range(draft["minimum"], draft["maximum"] + 1)]
    for dimension in draft["dimensions"]:
        dimension["levels"] = {level: dimension["levels"].get(level, "") for level in scale}


def _add_dimension(name: str, draft: JsonObject) -> None:
    levels = range(int(draft["minimum"]), int(draft["maximum"]) + 1)
    fresh = {"name": "", "description": "", "levels": {str(level): "" for level in levels}}
    draft["dimensions"].append(fresh)
    _turn(name)


def _remove(name: str, draft: JsonObject, place: int) -> None:
    del draft["dimensions"][place]
    _turn(name)


def _turn(name: str) -> None:
    """Give all fields fresh widgets: a row that moved would hold another's text."""
    key = f"rubric.turn.{name}"
    st.session_state[key] = st.session_state.get(key, 0) + 1


def _choose() -> None:
    st.session_state["rubric.last"] = st.query_params["rubric"] = st.session_state[CHOSEN]


def _copy(workspace: Workspace, entry: RubricEntry) -> None:
    new_name = str(st.session_state[NEW_NAME]).strip()
    try:
        draft = rubric_from(entry.rubric.name, draft_of(entry))
        copy_rubric(workspace, draft, new_name)
    except GraspError as error:
        toast(str(error), good=False)
        return
    _discard(entry.rubric.name)
    st.session_state["rubric.last"] = st.session_state[CHOSEN] = new_name
    st.query_params["rubric"] = new_name


def _save(workspace: Workspace, entry: RubricEntry) -> None:
    try:
        save_rubric(workspace, rubric_from(entry.rubric.name, draft_of(entry)))
    except GraspError as error:
        toast(str(error), good=False)
        return
    _discard(entry.rubric.name)
    toast("Saved. Judges that use it give tags of the new version from now on.")


def _discard(name: str) -> None:
    st.session_state.pop(f"rubric.draft.{name}", None)
    _turn(name)


def _delete(workspace: Workspace, name: str) -> None:
    delete_rubric(workspace, name)
    _discard(name)
    st.session_state.pop("rubric.last", None)
    st.session_state.pop(CHOSEN, None)
    st.query_params.pop("rubric", None)
