"""The rules of a profile: on or off, what a firing means, how often it fires."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

import streamlit as st

from grasp_ui.registry import Part
from grasp_ui.services.profile_effect import RuleEffect
from grasp_ui.tagging.arming import FAMILIES
from grasp_ui.tagging.heuristic import HEURISTICS, HeuristicConfig
from grasp_ui.ui import theme
from grasp_ui.ui.following import follow
from grasp_ui.ui.profile_bar import Bench

CHOSEN = "tagging.rule"
ACTIONS = ("reject", "warn", "info")


def effect_row(bench: Bench) -> None:
    """What the draft would keep and drop of the conversations it is tried on."""
    if not len(bench.meter):
        return
    effect = bench.effect
    first, second, third, fourth = st.columns(4)
    change = len(effect.newly_kept) - len(effect.newly_dropped)
    first.metric("Kept", f"{effect.kept:,}", delta=f"{change:+,}" if change else None)
    second.metric("Dropped", f"{effect.dropped:,}", help="Every thread of them is rejected.")
    third.metric("Disputed", f"{effect.disputed:,}", help="Reviewers are split.")
    fourth.metric("Looked at", f"{effect.looked_at:,}")
    if effect.newly_dropped or effect.newly_kept:
        st.caption(
            f"Against what counts in the store now: {len(effect.newly_dropped):,} would be dropped "
            f"that are kept, {len(effect.newly_kept):,} kept that are dropped."
        )


def rule_list(bench: Bench) -> None:
    """Every rule there is, by group."""
    effects = bench.effect.rules if len(bench.meter) else {}
    for group, parts in _groups(chain(*FAMILIES)):
        on = sum(bench.setting(part.name).enabled for part in parts)
        with st.container(border=True, gap="small"):
            st.markdown(f"**{group or 'Other'}** :small[:gray[{on} of {len(parts)} on]]")
            for part in parts:
                _row(bench, part, effects.get(part.name))


def chosen_rule(bench: Bench) -> Part[Any]:
    """The rule that is looked at: the last chosen, else the first that drops."""
    named = st.session_state.get(CHOSEN)
    for family in FAMILIES:
        if isinstance(named, str) and named in family:
            return family[named]
    effects = bench.effect.rules if len(bench.meter) else {}
    dropping = (name for name, effect in effects.items() if effect.drops)
    firing = (name for name, effect in effects.items() if effect.fires)
    name = next(dropping, None) or next(firing, None) or next(iter(HEURISTICS)).name
    return HEURISTICS[name]


def count_words(effect: RuleEffect | None) -> str:
    """How often a rule fires and what that drops, in a few words.

    Example:
        >>> count_words(RuleEffect(fires=12, drops=3)), count_words(RuleEffect())
        ('12 fire · :red[3 dropped]', ':gray[none]')
    """
    if effect is None:
        return ""
    if not effect.fires:
        return ":gray[none]"
    dropped = f" · :red[{effect.drops:,} dropped]" if effect.drops else ""
    return f"{effect.fires:,} fire{dropped}"


def _row(bench: Bench, part: Part[Any], effect: RuleEffect | None) -> None:
    setting = bench.setting(part.name)
    key = f"tagging.{bench.name}.{part.name}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"rule-{part.name}"):
        follow(f"{key}.on", setting.enabled, setting.enabled)
        st.toggle(
            part.look.title, value=setting.enabled, key=f"{key}.on", help=part.look.help,
            on_change=_switch, args=(bench, part.name, f"{key}.on"), width="stretch",
        )  # fmt: skip
        is_tried = part.name in HEURISTICS
        told = count_words(effect) if is_tried else ":gray[counted when applied]"
        st.markdown(f":small[{told}]" if setting.enabled else "", width="content")
        action = setting.action or _default_action(part)
        follow(f"{key}.action", action, action)
        st.selectbox(
            f"What {part.look.title} means", ACTIONS, index=ACTIONS.index(action),
            key=f"{key}.action", label_visibility="collapsed", width=112,
            disabled=not setting.enabled,
            format_func=lambda name: theme.ACTIONS[name].word,
            on_change=_act, args=(bench, part.name, f"{key}.action"),
        )  # fmt: skip
        st.button(
            "", key=f"{key}.look", icon=":material/tune:", type="tertiary",
            help=f"Thresholds and findings of {part.look.title}",
            on_click=_look, args=(part.name,),
        )  # fmt: skip


def _groups(parts: Iterable[Part[Any]]) -> list[tuple[str, list[Part[Any]]]]:
    found: dict[str, list[Part[Any]]] = {}
    for part in parts:
        found.setdefault(part.look.group, []).append(part)
    return [
        (group, sorted(these, key=lambda part: (part.look.order, part.look.title)))
        for group, these in sorted(found.items())
    ]


def _default_action(part: Part[Any]) -> str:
    config = part.config
    action = config.default_action if issubclass(config, HeuristicConfig) else "warn"
    return action if action in ACTIONS else "info"


def _switch(bench: Bench, name: str, key: str) -> None:
    bench.set_rule(name, enabled=bool(st.session_state[key]))
    st.session_state[CHOSEN] = name


def _act(bench: Bench, name: str, key: str) -> None:
    bench.set_rule(name, action=st.session_state[key])


def _look(name: str) -> None:
    st.session_state[CHOSEN] = name
