"""The profile that is worked on: chosen, copied, saved, applied."""

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.services.profiles import (
    copy_profile,
    delete_profile,
    list_profiles,
    profile_versions,
    save_profile,
)
from grasp_ui.services.workspace import Workspace
from grasp_ui.tagging.profile import Profile
from grasp_ui.ui.durations import local
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.rule_applying import apply_form, show_applied
from grasp_ui.ui.rule_bench import PROFILE, SIZES, Bench, drop_draft, forget_meter
from grasp_ui.ui.shell import toast

NAMED = 4


def profile_bar(workspace: Workspace, bench: Bench, *, tries: bool = True) -> None:
    """Choose a profile; copy, save, apply it, or go back to an earlier version.

    With `tries` it also asks on how many conversations the profile is tried.
    """
    known = list_profiles(workspace)
    with st.container(horizontal=True, vertical_alignment="bottom", key="tagging-bar"):
        names = list(known)
        st.selectbox(
            "Profile", names, index=names.index(bench.name), key=f"{PROFILE}.chosen", width=260,
            format_func=lambda name: known[name].profile.title or name, on_change=_choose,
        )  # fmt: skip
        if tries:
            st.selectbox(
                "Try it on", SIZES, key="tagging.size", width=190,
                format_func=lambda size: f"the first {size:,}", on_change=forget_meter,
            )  # fmt: skip
        with st.popover("Copy", icon=":material/content_copy:"):
            _copy_form(bench)
        if bench.entry.is_own:
            _own_buttons(bench)
        with st.popover("Apply", icon=":material/play_arrow:"):
            apply_form(bench)
    _notes(bench)


def _notes(bench: Bench) -> None:
    kept = bench.entry.profile
    about = f"{literal(kept.description)}  " if kept.description else ""
    where = "your own" if bench.entry.is_own else "ships with the program: copy it to keep changes"
    changed = f" · :orange[changed, not saved: {_changes(bench)}]" if bench.is_changed else ""
    st.caption(f"{about}`{kept.name}` version `{kept.version}` · {where}{changed}")
    show_applied(bench)


def _changes(bench: Bench) -> str:
    """The rules that the draft sets otherwise; what else differs has no name here."""
    kept, draft = bench.entry.profile.rules, bench.draft.rules
    names = [name for name in {**kept, **draft} if kept.get(name) != draft.get(name)]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(map(literal, names[:NAMED]))}{more}" if names else "judges"


def _own_buttons(bench: Bench) -> None:
    st.button(
        "Save", key="tagging.save", type="primary", icon=":material/save:",
        disabled=not bench.is_changed, on_click=_save, args=(bench,),
    )  # fmt: skip
    st.button(
        "Discard", key="tagging.discard", icon=":material/undo:", type="tertiary",
        disabled=not bench.is_changed, on_click=drop_draft, args=(bench.name,),
    )  # fmt: skip
    with st.popover("Versions", icon=":material/history:"):
        for version in profile_versions(bench.workspace, bench.name):
            when = local(version.saved)
            st.button(
                f"{when:%d %b %H:%M} · {version.profile.version}",
                key=f"tagging.version.{version.profile.version}",
                disabled=version.profile.version == bench.draft.version,
                on_click=_take_version,
                args=(bench, version.profile),
            )
        is_meant = st.checkbox("I want to delete it", key="tagging.delete.meant")
        st.button(
            "Delete this profile", key="tagging.delete", icon=":material/delete:", type="tertiary",
            disabled=not is_meant, on_click=_delete, args=(bench,),
        )  # fmt: skip
        st.caption("Its versions stay as files in the workspace's `profiles/history/`.")


def _copy_form(bench: Bench) -> None:
    st.text_input("Name", key="tagging.copy.name", placeholder="strict")
    st.caption("Lower-case letters, digits, - and _. What you changed here goes with it.")
    st.button("Make the copy", key="tagging.copy", type="primary", on_click=_copy, args=(bench,))


def _choose() -> None:
    chosen = st.session_state[f"{PROFILE}.chosen"]
    st.session_state[PROFILE] = chosen
    st.query_params["profile"] = chosen


def _copy(bench: Bench) -> None:
    name = str(st.session_state["tagging.copy.name"]).strip()
    try:
        copied = copy_profile(bench.workspace, bench.name, name)
        changed = bench.draft.model_copy(update={"name": name, "title": copied.title})
        save_profile(bench.workspace, changed)
    except GraspError as error:
        toast(str(error), good=False)
        return
    drop_draft(bench.name)
    st.session_state[PROFILE] = st.session_state[f"{PROFILE}.chosen"] = name
    st.query_params["profile"] = name
    toast(f"'{name}' is yours to change.")


def _save(bench: Bench) -> None:
    try:
        save_profile(bench.workspace, bench.draft)
    except (GraspError, OSError) as error:
        toast(str(error), good=False)
        return
    drop_draft(bench.name)
    toast("Saved. New conversations of graphs that name it are tagged so.")


def _take_version(bench: Bench, version: Profile) -> None:
    bench.set_draft(**{name: getattr(version, name) for name in Profile.model_fields})


def _delete(bench: Bench) -> None:
    delete_profile(bench.workspace, bench.name)
    drop_draft(bench.name)
    st.query_params.pop("profile", None)
    st.session_state.pop(PROFILE, None)
    st.session_state.pop(f"{PROFILE}.chosen", None)
