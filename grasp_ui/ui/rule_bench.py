"""The profile that is worked on: as kept, as drafted, and what it would do."""

from dataclasses import dataclass

import streamlit as st

from grasp_ui.model.selection import Selection
from grasp_ui.services.calibration import RuleReport, rule_reports
from grasp_ui.services.profile_effect import Effect, EffectMeter, meter_of
from grasp_ui.services.profiles import ProfileEntry, list_profiles
from grasp_ui.services.workspace import Workspace
from grasp_ui.tagging.profile import Profile, RuleSetting
from grasp_ui.ui.session import address

SIZES = (200, 1_000, 5_000)
METER = "tagging.meter"
PROFILE = "tagging.profile"
PEOPLE = "tagging.people"


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


def said_by_people(workspace: Workspace) -> dict[str, RuleReport]:
    """What each rule found in the store, and what people made of it."""
    seq = workspace.database.loaded_seq
    kept: tuple[int, dict[str, RuleReport]] | None = st.session_state.get(PEOPLE)
    if kept is None or kept[0] != seq:
        found = {report.rule: report for report in rule_reports(workspace)}
        st.session_state[PEOPLE] = kept = (seq, found)
    return kept[1]


def save_first(bench: Bench) -> str:
    """What to do before a changed profile can be used."""
    if bench.entry.is_own:
        return "Save the changes first: what counts is what is kept."
    return "This profile ships with the program. Copy it first; your changes go along."


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


def forget_meter() -> None:
    """Read the conversations anew before a profile is tried again."""
    st.session_state.pop(METER, None)


def _draft_key(name: str) -> str:
    return f"tagging.draft.{name}"


def drop_draft(name: str) -> None:
    """Forget what was changed in the profile `name` and not saved."""
    st.session_state.pop(_draft_key(name), None)
