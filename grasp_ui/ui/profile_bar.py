"""The profile that is worked on: chosen, copied, saved, applied."""

from dataclasses import dataclass

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.model.selection import Selection
from grasp_ui.services.applying import Applied, apply_profile
from grasp_ui.services.profile_effect import Effect, EffectMeter, meter_of
from grasp_ui.services.profiles import (
    ProfileEntry,
    copy_profile,
    delete_profile,
    list_profiles,
    profile_versions,
    save_profile,
)
from grasp_ui.services.workspace import Workspace
from grasp_ui.tagging.profile import Profile, RuleSetting
from grasp_ui.ui.durations import local
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.session import address
from grasp_ui.ui.shell import failed_state, toast

SIZES = (200, 1_000, 5_000)
METER = "tagging.meter"
APPLIED = "tagging.applied"
PROFILE = "tagging.profile"


@dataclass(frozen=True, slots=True)
class Bench:
    """A profile as it is kept, as it is drafted, and what the draft would do."""

    workspace: Workspace
    entry: ProfileEntry
    meter: EffectMeter

    @property
    def name(self) -> str:
        """The profile's name."""
        return self.entry.profile.name

    @property
    def draft(self) -> Profile:
        """The profile as it is being changed."""
        kept = self.entry.profile
        draft = st.session_state.get(_draft_key(self.name), kept)
        return draft if isinstance(draft, Profile) else kept

    @property
    def is_changed(self) -> bool:
        """Whether the draft does something else than what is kept."""
        return self.draft.version != self.entry.profile.version

    @property
    def effect(self) -> Effect:
        """What the draft makes of the conversations that it is tried on."""
        return self.meter.effect(self.draft)

    def setting(self, rule: str) -> RuleSetting:
        """How the draft sets a rule; one that it does not name is off."""
        return self.draft.rules.get(rule, RuleSetting(enabled=False))

    def set_rule(self, rule: str, **changes: object) -> None:
        """Change a rule in the draft."""
        changed = RuleSetting.model_validate({**self.setting(rule).model_dump(), **changes})
        self.set_draft(rules={**self.draft.rules, rule: changed})

    def set_draft(self, **changes: object) -> None:
        """Change the draft."""
        st.session_state[_draft_key(self.name)] = self.draft.model_copy(update=changes)


def open_bench(workspace: Workspace) -> Bench:
    """The profile that the address names, else the last one."""
    known = list_profiles(workspace)
    asked = address("profile") or st.session_state.get(PROFILE, "")
    name = asked if asked in known else next(iter(known))
    return Bench(workspace, known[name], _meter(workspace))


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
                format_func=lambda size: f"the first {size:,}", on_change=_forget_meter,
            )  # fmt: skip
        with st.popover("Copy", icon=":material/content_copy:"):
            _copy_form(bench)
        if bench.entry.is_own:
            _own_buttons(bench)
        with st.popover("Apply", icon=":material/play_arrow:"):
            _apply_form(bench)
    _notes(bench)


def _notes(bench: Bench) -> None:
    kept = bench.entry.profile
    about = f"{literal(kept.description)}  " if kept.description else ""
    where = "your own" if bench.entry.is_own else "ships with the program: copy it to keep changes"
    changed = " · :orange[changed, not saved]" if bench.is_changed else ""
    st.caption(f"{about}`{kept.name}` version `{kept.version}` · {where}{changed}")
    applied = st.session_state.get(APPLIED)
    if isinstance(applied, Applied) and applied.profile == bench.name:
        _show_applied(applied)


def _own_buttons(bench: Bench) -> None:
    st.button(
        "Save", key="tagging.save", type="primary", icon=":material/save:",
        disabled=not bench.is_changed, on_click=_save, args=(bench,),
    )  # fmt: skip
    st.button(
        "Discard", key="tagging.discard", icon=":material/undo:", type="tertiary",
        disabled=not bench.is_changed, on_click=_drop_draft, args=(bench.name,),
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


def _apply_form(bench: Bench) -> None:
    if bench.is_changed:
        st.markdown("Save the changes first: what is applied is what is kept.")
    else:
        st.markdown("Runs the rules over every stored conversation. What people said stays.")
    if pressed(
        "Apply to all conversations", key="tagging.apply", type="primary",
        disabled=bench.is_changed,
    ):  # fmt: skip
        _apply(bench)


def _show_applied(applied: Applied) -> None:
    with st.container(border=True, key="tagging-applied"):
        change = applied.kept_after - applied.kept_before
        st.markdown(
            f":green[:material/check_circle:] **{applied.kept_after:,} of "
            f"{applied.conversations:,} conversations are kept** ({change:+,}); "
            f"{applied.changed.new:,} tags new, {applied.changed.changed:,} changed, "
            f"{applied.changed.taken_back:,} taken back."
        )
        if applied.by_name:
            words = {"pass": "taken back"}
            told = (f"{name} {words.get(act, act)} {n:,}" for name, act, n in applied.by_name[:12])
            st.caption(" · ".join(map(literal, told)))


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
    _drop_draft(bench.name)
    st.session_state[PROFILE] = st.session_state[f"{PROFILE}.chosen"] = name
    st.query_params["profile"] = name
    toast(f"'{name}' is yours to change.")


def _save(bench: Bench) -> None:
    try:
        save_profile(bench.workspace, bench.draft)
    except (GraspError, OSError) as error:
        toast(str(error), good=False)
        return
    _drop_draft(bench.name)
    toast("Saved. New conversations of graphs that name it are tagged so.")


def _take_version(bench: Bench, version: Profile) -> None:
    bench.set_draft(**{name: getattr(version, name) for name in Profile.model_fields})


def _delete(bench: Bench) -> None:
    delete_profile(bench.workspace, bench.name)
    _drop_draft(bench.name)
    st.query_params.pop("profile", None)
    st.session_state.pop(PROFILE, None)
    st.session_state.pop(f"{PROFILE}.chosen", None)


def _apply(bench: Bench) -> None:
    bar = st.progress(0.0, text="Applying …")

    def heard(done: int, total: int) -> None:
        bar.progress(min(1.0, done / max(1, total)), text=f"Applying … {done:,} of {total:,}")

    try:
        applied = apply_profile(bench.workspace, bench.name, Selection(), on_progress=heard)
    except GraspError as error:
        failed_state(str(error), title="It was not applied", key="tagging-apply")
        return
    st.session_state[APPLIED] = applied
    _forget_meter()
    st.rerun()


def _meter(workspace: Workspace) -> EffectMeter:
    workspace.database.settle()
    size = st.session_state.get("tagging.size", SIZES[0])
    key = (size, workspace.database.loaded_seq)
    held = st.session_state.get(METER)
    if held is None or held[0] != key:
        with st.spinner("Reading conversations …"):
            held = (key, meter_of(workspace, Selection(), size))
        st.session_state[METER] = held
    meter: EffectMeter = held[1]
    return meter


def _forget_meter() -> None:
    st.session_state.pop(METER, None)


def _draft_key(name: str) -> str:
    return f"tagging.draft.{name}"


def _drop_draft(name: str) -> None:
    st.session_state.pop(_draft_key(name), None)
