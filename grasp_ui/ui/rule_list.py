"""The rules of a profile: on or off, what a firing means, how often it fires."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import streamlit as st

from grasp_ui.registry import Part
from grasp_ui.services.profile_effect import RuleEffect
from grasp_ui.tagging.arming import FAMILIES
from grasp_ui.tagging.heuristic import HEURISTICS, HeuristicConfig
from grasp_ui.ui import theme
from grasp_ui.ui.following import follow
from grasp_ui.ui.rule_bench import Bench, said_by_people
from grasp_ui.ui.session import address

CHOSEN = "tagging.rule"
ACTIONS = ("reject", "warn", "info")


@dataclass(frozen=True, slots=True)
class Row:
    """A rule, what it does here, and whether the draft sets it otherwise."""

    part: Part[Any]
    effect: RuleEffect
    is_on: bool
    is_changed: bool


VIEWS: Mapping[str, Callable[[Row], bool]] = {
    "All": lambda row: True,
    "Dropping": lambda row: row.effect.drops > 0,
    "Finding": lambda row: row.effect.fires > 0,
    "Off": lambda row: not row.is_on,
    "Changed": lambda row: row.is_changed,
}


def rule_list(bench: Bench) -> None:
    """The rules, by group: all of them, or those of one view or word."""
    rows = [_row_of(bench, part) for part in chain(*FAMILIES)]
    shown = _narrowed(rows)
    if not shown:
        st.caption("No rule is like that here. *All* shows every rule.")
    whole = dict(_groups(rows))
    for group, these in _groups(shown):
        on = sum(row.is_on for row in whole[group])
        with st.container(border=True, gap="small"):
            st.markdown(f"**{group or 'Other'}** :small[:gray[{on} of {len(whole[group])} on]]")
            for row in these:
                _draw(bench, row)


def chosen_rule(bench: Bench) -> Part[Any]:
    """The rule that is looked at: the chosen one, else the first that drops."""
    for named in (address("rule"), st.session_state.get(CHOSEN)):
        for family in FAMILIES:
            if isinstance(named, str) and named in family:
                return family[named]
    effects = bench.effect.rules if len(bench.meter) else {}
    dropping = (name for name, effect in effects.items() if effect.drops)
    firing = (name for name, effect in effects.items() if effect.fires)
    name = next(dropping, None) or next(firing, None) or next(iter(HEURISTICS)).name
    return HEURISTICS[name]


def count_words(effect: RuleEffect) -> tuple[str, str]:
    """In how many conversations a rule finds something, and how many it drops.

    Example:
        >>> count_words(RuleEffect(fires=1200, drops=3)), count_words(RuleEffect())
        (('1,200 found', '3 dropped'), ('none', ''))
    """
    found = f"{effect.fires:,} found" if effect.fires else "none"
    return found, f"{effect.drops:,} dropped" if effect.drops else ""


def _row_of(bench: Bench, part: Part[Any]) -> Row:
    effects = bench.effect.rules if len(bench.meter) else {}
    setting, kept = bench.setting(part.name), bench.entry.profile.rules.get(part.name)
    is_changed = bench.draft.rules.get(part.name) != kept
    return Row(part, effects.get(part.name, RuleEffect()), setting.enabled, is_changed)


def _narrowed(rows: Iterable[Row]) -> list[Row]:
    """What the view and the word above the list leave."""
    with st.container(horizontal=True, vertical_alignment="center", key="tagging-narrow"):
        view = st.segmented_control(
            "Show", list(VIEWS), default="All", required=True, key="tagging.shown",
            label_visibility="collapsed",
        )  # fmt: skip
        word = st.text_input(
            "Find a rule", key="tagging.find", placeholder="Find a rule", width=150,
            label_visibility="collapsed", icon=":material/search:",
        )  # fmt: skip
    fits, said = VIEWS[view or "All"], word.strip().lower()
    return [row for row in rows if fits(row) and said in _words_of(row.part)]


def _words_of(part: Part[Any]) -> str:
    return f"{part.name} {part.look.title} {part.look.group} {part.look.help}".lower()


def _draw(bench: Bench, row: Row) -> None:
    part, setting = row.part, bench.setting(row.part.name)
    key = f"tagging.{bench.name}.{part.name}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"rule-{part.name}"):
        switch = follow(f"{key}.on", setting.enabled, setting.enabled)
        st.toggle(
            part.look.title, value=setting.enabled, key=switch, help=part.look.help,
            on_change=_switch, args=(bench, part.name, switch), width="stretch",
        )  # fmt: skip
        _counts(bench, row)
        action = setting.action or _default_action(part)
        choice = follow(f"{key}.action", action, action)
        st.selectbox(
            f"What {part.look.title} means", ACTIONS, index=ACTIONS.index(action),
            key=choice, label_visibility="collapsed", width=112,
            disabled=not setting.enabled,
            format_func=lambda name: theme.ACTIONS[name].word,
            on_change=_act, args=(bench, part.name, choice),
        )  # fmt: skip
        st.button(
            "", key=f"{key}.look", icon=":material/tune:", type="tertiary",
            help=f"Thresholds and findings of {part.look.title}",
            on_click=_look, args=(part.name,),
        )  # fmt: skip


def _counts(bench: Bench, row: Row) -> None:
    """Two numbers that stand below each other from rule to rule."""
    if not row.is_on or not len(bench.meter):
        return
    if row.part.name not in HEURISTICS:
        stored = said_by_people(bench.workspace).get(row.part.name)
        told = f"{stored.firings:,} in the store" if stored else "counted when applied"
        st.markdown(f":small[:gray[{told}]]", width="content")
        return
    found, dropped = count_words(row.effect)
    told = found if row.effect.fires else f":gray[{found}]"
    st.markdown(f":small[{told}]", width=72, text_alignment="right")
    st.markdown(f":small[:red[{dropped}]]" if dropped else "", width=88, text_alignment="right")


def _groups(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.part.look.group, []).append(row)
    return [
        (group, sorted(these, key=lambda row: (row.part.look.order, row.part.look.title)))
        for group, these in sorted(found.items())
    ]


def _default_action(part: Part[Any]) -> str:
    config = part.config
    action = config.default_action if issubclass(config, HeuristicConfig) else "warn"
    return action if action in ACTIONS else "info"


def _switch(bench: Bench, name: str, key: str) -> None:
    bench.set_rule(name, enabled=bool(st.session_state[key]))
    _look(name)


def _act(bench: Bench, name: str, key: str) -> None:
    bench.set_rule(name, action=st.session_state[key])


def _look(name: str) -> None:
    st.session_state[CHOSEN] = st.query_params["rule"] = name
